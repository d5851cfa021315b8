// Conversions of our own, where they are known to give what libhdf5 gives.
#pragma once

#include <optional>

#include "datatype/conversion.hpp"
#include "hyperslab/datatype.hpp"

namespace hyperslab::engine {

/// The conversion from one type to another, or an empty optional when only libhdf5 can convert. It
/// may take the library lock.
std::optional<datatype::Conversion> conversion_as_in_libhdf5(const Datatype& from,
                                                             const Datatype& to);

/// The same for elements that are converted apart from their dataset. The optional is empty also
/// where there is nothing to convert, where elements point to others, and where the conversion
/// leaves parts of an element as they were.
std::optional<datatype::Conversion> conversion_apart(const Datatype& from, const Datatype& to);

}  // namespace hyperslab::engine
