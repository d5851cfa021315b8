// Numbers of one kind and size to numbers of another, with HDF5's rules.
//
// An integer that does not fit becomes the nearest that does; a float loses its fraction and does
// the same; a float too large for its new size becomes infinite. What depends on how libhdf5 was
// built, and on the processor (NaN as an integer), is not offered.
#pragma once

#include <cstddef>

#include "hyperslab/datatype.hpp"

namespace hyperslab::datatype {

/// Converts `count` elements that lie side by side.
using NumberKernel = void (*)(const std::byte* from, std::byte* to, std::size_t count);

/// Null when there is none for these two.
NumberKernel find_number_kernel(const Datatype& from, const Datatype& to);

}  // namespace hyperslab::datatype
