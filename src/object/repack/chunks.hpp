// Copies chunks without libhdf5's filters: as they are, or decoded and encoded on all cores.
#pragma once

#include "engine/store/open_dataset.hpp"
#include "object/repack/work.hpp"

namespace hyperslab::object {

/// Copies all chunks of a dataset whose chunks have the same shape in both files and whose elements
/// mean the same in any file.
/// \param as_they_are  whether the filters are the same, too
/// \returns false when that cannot be done here; then nothing was written
/// \throws Error (io) naming the chunk that cannot be read or decoded
bool copy_chunks(Repacking& work,
                 engine::OpenDataset& source,
                 engine::OpenDataset& target,
                 bool as_they_are);

}  // namespace hyperslab::object
