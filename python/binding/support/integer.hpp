// An integer argument that becomes a C integer.
//
// As h5py takes it: anything that Python can make an int of, but not text; a value that the C type
// cannot hold is an OverflowError (nanobind's own conversion would say TypeError).
#pragma once

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "support/binding.hpp"

namespace hyperslab::python {

template <class T>
class Integer {
public:
    Integer() = default;
    Integer(T value) : value_(value) {}  // implicit: it stands for a T
    static Integer out_of_range(bool negative) {
        Integer none;
        none.fits_ = false;
        none.negative_ = negative;
        return none;
    }

    /// \throws OverflowError
    operator T() const {
        if (!fits_) {
            throw std::overflow_error(std::is_unsigned_v<T> && negative_
                                          ? "can't convert negative value to an unsigned integer"
                                          : "value too large to convert to a C integer");
        }
        return value_;
    }

    T raw() const { return value_; }

private:
    T value_ = 0;
    bool fits_ = true;
    bool negative_ = false;
};

using Int = Integer<int>;
using Unsigned = Integer<unsigned>;
using Size = Integer<std::size_t>;
using Int64 = Integer<std::int64_t>;

/// Reads an int object. Returns false, with no Python error set, when it is not an integer.
template <class T>
bool read_integer(nb::handle source, Integer<T>& result) noexcept {
    const PyNumberMethods* const number = Py_TYPE(source.ptr())->tp_as_number;
    if (number == nullptr || (number->nb_index == nullptr && number->nb_int == nullptr)) {
        return false;
    }
    const nb::object value = nb::steal(PyNumber_Long(source.ptr()));
    if (!value.is_valid()) {
        PyErr_Clear();
        return false;
    }
    int overflow = 0;
    const long long number_value = PyLong_AsLongLongAndOverflow(value.ptr(), &overflow);
    if (overflow > 0 && std::is_unsigned_v<T> && sizeof(T) == sizeof(unsigned long long)) {
        const unsigned long long large = PyLong_AsUnsignedLongLong(value.ptr());
        if (PyErr_Occurred() == nullptr) {
            result = Integer<T>(static_cast<T>(large));
            return true;
        }
        PyErr_Clear();
    }
    if (overflow != 0 || !std::in_range<T>(number_value)) {
        result = Integer<T>::out_of_range(overflow < 0 || (overflow == 0 && number_value < 0));
        return true;
    }
    result = Integer<T>(static_cast<T>(number_value));
    return true;
}

}  // namespace hyperslab::python

namespace nanobind::detail {

template <class T>
struct type_caster<hyperslab::python::Integer<T>> {
    NB_TYPE_CASTER(hyperslab::python::Integer<T>, const_name("int"))

    bool from_python(handle source, uint32_t, cleanup_list*) noexcept {
        return hyperslab::python::read_integer(source, value);
    }
    static handle from_cpp(const hyperslab::python::Integer<T>& source,
                           rv_policy,
                           cleanup_list*) noexcept {
        if constexpr (std::is_unsigned_v<T>) {
            return PyLong_FromUnsignedLongLong(source.raw());
        } else {
            return PyLong_FromLongLong(source.raw());
        }
    }
};

}  // namespace nanobind::detail
