// What reading and writing have in common.
#pragma once

#include <span>
#include <string>

#include "hdf5/handle.hpp"
#include "hyperslab/detail/array_access.hpp"
#include "hyperslab/detail/element_codec.hpp"
#include "object/object_state.hpp"

namespace hyperslab::object {

/// The HDF5 type of the elements of a codec in memory, when they are those of a dataset or of a
/// member of it.
hdf5::Handle transfer_type(DatasetState& state,
                           std::span<const std::string> field,
                           const detail::ElementCodec& codec);

}  // namespace hyperslab::object
