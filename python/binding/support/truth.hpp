// Truth values as arguments.
//
// h5py knows two kinds, and clients use both. A Truth is any object, by its truth value. A Flag is
// a C bool: an integer 0 or 1 (so a Python or NumPy bool), OverflowError for other integers and
// TypeError for other objects.
#pragma once

#include "support/binding.hpp"
#include "support/integer.hpp"

namespace hyperslab::python {

struct Truth {
    bool value = false;

    operator bool() const { return value; }  // implicit: it stands for a bool
};

class Flag {
public:
    Flag() = default;
    explicit Flag(Integer<std::uint8_t> value) : value_(value) {}

    /// \throws OverflowError
    operator bool() const {
        if (const std::uint8_t value = value_; value > 1) {
            throw std::overflow_error("value too large to convert to a C bool");
        }
        return value_ != 0;
    }

private:
    Integer<std::uint8_t> value_;
};

}  // namespace hyperslab::python

namespace nanobind::detail {

template <>
struct type_caster<hyperslab::python::Truth> {
    NB_TYPE_CASTER(hyperslab::python::Truth, const_name("bool"))

    bool from_python(handle source, uint32_t, cleanup_list*) noexcept {
        const int truth = PyObject_IsTrue(source.ptr());
        if (truth < 0) {
            PyErr_Clear();
            return false;
        }
        value.value = truth != 0;
        return true;
    }
};

template <>
struct type_caster<hyperslab::python::Flag> {
    NB_TYPE_CASTER(hyperslab::python::Flag, const_name("bool"))

    bool from_python(handle source, uint32_t, cleanup_list*) noexcept {
        hyperslab::python::Integer<std::uint8_t> number;
        if (!hyperslab::python::read_integer(source, number)) {
            return false;
        }
        value = hyperslab::python::Flag(number);
        return true;
    }
};

}  // namespace nanobind::detail
