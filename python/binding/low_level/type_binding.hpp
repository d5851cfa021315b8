// Functions for the files that bind classes of datatypes.
#pragma once

#include "ids/type_id.hpp"
#include "support/made_by_new.hpp"

namespace hyperslab::python {

/// A class of datatypes, made of an identifier's number.
template <class Type, class Base>
nb::class_<Type, Base> bind_type_class(nb::module_& m, const char* name, const char* doc) {
    return nb::class_<Type, Base>(m, name, identifier_slots<Type>(), doc);
}

/// All of them, with their methods: h5t_classes.cpp.
void bind_type_classes(nb::module_& m);

/// Integers, floats, complex numbers, bitfields: h5t_atomic.cpp.
void bind_atomic_type_classes(nb::module_& m);

/// Compound types and enumerations: h5t_composite.cpp.
void bind_composite_type_classes(nb::module_& m);

}  // namespace hyperslab::python
