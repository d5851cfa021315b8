// What the files that bind datatype classes share.
#pragma once

#include "type_id.hpp"

namespace hyperslab::python {

/// A class of datatypes whose constructor takes over an identifier's number.
template <class Type, class Base>
nb::class_<Type, Base> bind_type_class(nb::module_& m, const char* name, const char* doc) {
    nb::class_<Type, Base> bound(m, name, doc);
    bound.def(
        "__init__",
        [](Type* self, hdf5::Id id) { new (self) Type(hdf5::Handle(id)); },
        nb::arg("id"));
    return bound;
}

/// Integers, floats, complex numbers, bitfields: h5t_atomic.cpp.
void bind_atomic_type_classes(nb::module_& m);

/// Compound types and enumerations: h5t_composite.cpp.
void bind_composite_type_classes(nb::module_& m);

}  // namespace hyperslab::python
