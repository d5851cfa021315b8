// Makes a Selection of what a dataspace of HDF5 selects.
#pragma once

#include <cstddef>
#include <optional>
#include "hdf5/call/id.hpp"
#include "hyperslab/selection.hpp"

namespace hyperslab::object {

/// The selection in a dataspace, over its extent.
///
/// An irregular union of hyperslabs becomes a list of points. Where the count of an axis is
/// unlimited, as many blocks are selected as fit into the present extent.
/// \throws Error (out_of_range) when the selection reaches past the extent
Selection selection_of(hdf5::Id space);

/// The axis along which a selection has no end and grows with its extent, if there is one.
std::optional<std::size_t> unlimited_axis(hdf5::Id space);

}  // namespace hyperslab::object
