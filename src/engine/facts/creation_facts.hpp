// How a dataset was created, as far as reading its elements depends on it.
//
// libhdf5 copies the whole creation list for each who asks, which takes as long as reading a small
// array: so it is asked once, and all of this is taken from the one copy.
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

    /// Whether elements that were never written may read as nothing at all, not even a fill value.
    bool may_leave_memory_untouched() const;
};

/// Takes the library lock.
CreationFacts creation_facts(hdf5::Id dataset);

}  // namespace hyperslab::engine
