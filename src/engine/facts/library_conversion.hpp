// Conversions of our own, where they are known to give what libhdf5 gives.
#pragma once

#include <optional>

#include "datatype/conversion.hpp"
#include "hyperslab/datatype.hpp"

namespace hyperslab::engine {

/// How elements of one type become those of another; none when only libhdf5 knows. May take the
/// library lock.
std::optional<datatype::Conversion> conversion_as_in_libhdf5(const Datatype& from,
                                                             const Datatype& to);

}  // namespace hyperslab::engine
