// Numbers and truth values that come inside other arguments, where nanobind converts nothing.
#pragma once

#include "support/integer.hpp"

namespace hyperslab::python {

/// A number as integer.hpp says: whatever Python makes an int of, floats included, but not text.
/// \throws TypeError or OverflowError
template <class T>
T integer_argument(nb::handle value) {
    Integer<T> number;
    if (!read_integer(value, number)) {
        index_object(value);  // throws the TypeError
        throw nb::type_error("an integer is required");
    }
    return number;
}

/// A number as a float. \throws TypeError
inline double real_argument(nb::handle value) {
    const double number = PyFloat_AsDouble(value.ptr());
    if (number == -1.0 && PyErr_Occurred() != nullptr) {
        throw nb::python_error();
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

/// The number of an axis, from 0.
/// \throws TypeError or ValueError, as `Dataset.resize` does
inline std::size_t axis_argument(nb::handle axis, std::size_t rank) {
    const auto index = integer_argument<std::int64_t>(axis);
    if (index < 0 || index >= static_cast<std::int64_t>(rank)) {
        throw nb::value_error(("Invalid axis (0 to " +
                               std::to_string(static_cast<std::int64_t>(rank) - 1) + " allowed)")
                                  .c_str());
    }
    return static_cast<std::size_t>(index);
}

}  // namespace hyperslab::python
