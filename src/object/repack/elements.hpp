// Copies the elements of a dataset.
#pragma once

#include "object/repack/work.hpp"

namespace hyperslab::object {

/// The bytes of the old file that copying the elements takes, for reports of progress.
std::uint64_t stored_bytes(hdf5::Id dataset);

void copy_elements(Repacking& work, const CopiedObject& dataset, hdf5::Id source, hdf5::Id target);

}  // namespace hyperslab::object
