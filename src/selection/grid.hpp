// Boxes of equal shape that an extent is cut into, as chunks cut a dataset.
//
// They are numbered row-major. At the end of an axis a box may reach past the extent.
#pragma once

#include <cstddef>
#include <cstdint>

#include "hyperslab/shape.hpp"

namespace hyperslab::selection {

class Grid {
public:
    /// \param box  all positive, with the rank of the extent
    Grid(Shape extent, Shape box);

    /// The number of boxes.
    /// \throws Error (invalid_argument) when it needs more than 64 bits
    std::uint64_t size() const;

    /// The first position of a box.
    Shape offset(std::uint64_t number) const;

    /// The lengths that a box has inside the extent.
    /// \param offset  its first position
    Shape length(const Shape& offset) const;

    /// The number of the box with that position.
    std::uint64_t number(const Shape& position) const;

private:
    /// The number of boxes along an axis.
    std::uint64_t along(std::size_t axis) const;

    Shape extent_;
    Shape box_;
};

/// A box of whole smaller ones: as many of them, from the last axis on, as have `bytes` bytes
/// together; at least one.
Shape grown_box(const Shape& extent, Shape box, std::uint64_t element_size, std::uint64_t bytes);

}  // namespace hyperslab::selection
