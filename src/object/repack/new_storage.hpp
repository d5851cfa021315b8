// How a dataset of the old file lies in the new one: its creation list there.
#pragma once

#include <string>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/repack.hpp"

namespace hyperslab::object {

struct NewStorage {
    hdf5::Handle dcpl{};
    bool filters_kept = true;  ///< the filters are those of the old dataset
    bool layout_kept = true;   ///< the layout is that of the old dataset, with its chunks
    std::string note{};        ///< the reason why something that was asked for is not so
};

/// How the dataset is to lie when it stays as it is.
NewStorage same_storage(hdf5::Id dataset);

/// How the dataset is to lie as the options ask for, as far as it can.
NewStorage new_storage(hdf5::Id dataset, const RepackOptions& options);

/// \throws Error (invalid_argument) for options that no dataset can have
void require_possible(const RepackOptions& options);

}  // namespace hyperslab::object
