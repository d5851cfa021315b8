// How a dataset was created, as far as reading its elements depends on it.
//
// libhdf5 copies the whole creation list whenever it is asked, which takes the time of reading a
// small array. So it is asked once, and all facts are taken from that copy.
#pragma once

#include <vector>

#include "filter/decode/decode.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/call/id.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::engine {

struct CreationFacts {
    hdf5::h5d::Layout layout = hdf5::h5d::Layout::contiguous;
    hdf5::h5p::FillValueStatus fill_value = hdf5::h5p::FillValueStatus::default_;
    hdf5::h5p::FillTime fill_time = hdf5::h5p::FillTime::ifset;
    bool external = false;  ///< its elements lie in other files
    Shape chunk{};          ///< empty unless it is chunked
    bool cut_chunks_are_raw = false;
    std::vector<filter::Stage> stages{};
    bool filters_available = true;  ///< libhdf5 has all of them

    /// Whether reading may leave the memory of elements untouched that were never written, because
    /// they have no fill value.
    bool may_leave_memory_untouched() const;

    /// Whether elements are filled when they get their place in the file. libhdf5 leaves that out
    /// where one call writes all of them.
    bool writes_fill_value() const;
};

/// Asks libhdf5 for the facts. It takes the library lock.
CreationFacts creation_facts(hdf5::Id dataset);

}  // namespace hyperslab::engine
