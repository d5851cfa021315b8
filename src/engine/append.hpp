// Making a dataset longer, and writing what is added, as one step.
#pragma once

#include <cstddef>

#include "engine/engine.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::engine {

/// The selection of `shape` elements that begins at `first` along an axis, and at 0 along the
/// others.
Selection selection_along(const Shape& extent,
                          std::size_t axis,
                          std::uint64_t first,
                          const Shape& shape);

/// The shape of what is appended to a dataset of that rank. One row may come without the axis,
/// which it gets.
Shape with_axis(Shape shape, std::size_t rank, std::size_t axis);

/// What is appended: elements of a shape, in C order, after the last ones along an axis.
struct Appended {
    std::size_t axis;
    /// The shape of the dataset, except along the axis.
    Shape shape;
    /// HDF5 type of the elements in memory.
    hdf5::Id memory_type;
    const void* elements;
    hdf5::Id dxpl = hdf5::kDefault;
};

/// Appends to a chunked dataset. When the elements cannot be written it has its old extent again.
/// The caller holds the library lock, and has found that the shape fits.
/// \throws Error as h5d::set_extent and write() do
void append(OpenDataset& dataset, const Appended& appended);

}  // namespace hyperslab::engine
