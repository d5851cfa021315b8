// Which transfers of a dataset all processes of its file take part in.
#pragma once

#include "engine/facts/dataset_facts.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::engine {

/// Whether each process reads the dataset for itself, past libhdf5 where it can: nobody writes to
/// the file, so nothing is gained by waiting for others. The library engine does as the program
/// says.
bool is_read_by_each(DatasetFacts& dataset);

/// Whether all processes of the dataset's file take part in transfers with this list.
bool is_collective(DatasetFacts& dataset, hdf5::Id dxpl);
bool is_collective(hdf5::Id dataset, hdf5::Id dxpl);

/// The list to transfer with: `dxpl`, or the dataset's own where that is the default.
hdf5::Id transfer_list_of(DatasetFacts& dataset, hdf5::Id dxpl);

}  // namespace hyperslab::engine
