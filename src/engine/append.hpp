// Making a dataset longer, and writing what is added, as one step.
#pragma once

#include <cstddef>

#include "engine/engine.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::engine {

/// What is appended: elements of a shape, in C order, after the last ones along an axis.
struct Appended {
    std::size_t axis;
    /// That of the dataset, but for the axis.
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
