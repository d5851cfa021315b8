// Numbers and truth values that come inside other arguments, where nanobind converts nothing.
#pragma once

#include "integer.hpp"

namespace hyperslab::python {

/// A number as integer.hpp says: whatever Python makes an int of, floats included, but not text.
/// \throws TypeError or OverflowError
template <class T>
T integer_argument(nb::handle value) {
    Integer<T> number;
    if (!read_integer(value, number)) {
        index_object(value);  // says what it is instead
        throw nb::type_error("an integer is required");
    }
    return number;
}

/// True, False, or what equals one of them, like NumPy's bools.
/// \throws TypeError with this message
inline bool true_or_false(nb::handle value, const char* message) {
    if (!value.equal(nb::bool_(true)) && !value.equal(nb::bool_(false))) {
        throw nb::type_error(message);
    }
    return truth_of(value);
}

}  // namespace hyperslab::python
