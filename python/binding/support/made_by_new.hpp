// Classes whose objects are whole when __new__ has made them.
//
// nanobind makes the C++ object in __init__. In h5py Cython's __cinit__ makes it, which runs
// whatever a subclass does, so a subclass may have an __init__ with other arguments that does not
// call ours. So these classes have a __new__ of their own, and an __init__ that does nothing.
//
//     nb::class_<DatasetID, ObjectID> c(m, "DatasetID", identifier_slots<DatasetID>(), "…");
#pragma once

#include <new>

#include "hdf5/call/handle.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// The number that an identifier is made of: the one argument of a call.
/// \throws python_error: TypeError or OverflowError
hdf5::Id identifier_number(PyTypeObject* type, PyObject* args, PyObject* kwds);

/// Whether the constructor of an object that takes no arguments refuses or ignores arguments.
enum class Arguments { refused, ignored };

/// tp_init, when __new__ has done all.
int accept_arguments(PyObject* self, PyObject* args, PyObject* kwds);
int refuse_arguments(PyObject* self, PyObject* args, PyObject* kwds);

namespace detail {

/// Allocates an object of a class or a subclass, and makes what is in it.
template <class T, class Make>
PyObject* new_object(PyTypeObject* type, Make&& make) {
    try {
        nb::object made = nb::inst_alloc(reinterpret_cast<PyObject*>(type));
        make(nb::inst_ptr<T>(made));
        nb::inst_mark_ready(made);
        return made.release().ptr();
    } catch (nb::python_error& error) {
        error.restore();
        return nullptr;
    }
}

template <class T>
PyObject* new_identifier(PyTypeObject* type, PyObject* args, PyObject* kwds) {
    return new_object<T>(
        type, [&](T* place) { new (place) T(hdf5::Handle(identifier_number(type, args, kwds))); });
}

template <class T>
PyObject* new_default(PyTypeObject* type, PyObject* /*args*/, PyObject* /*kwds*/) {
    return new_object<T>(type, [](T* place) { new (place) T(); });
}

template <class T>
inline const PyType_Slot kIdentifierSlots[] = {
    {Py_tp_new, reinterpret_cast<void*>(&new_identifier<T>)},
    {Py_tp_init, reinterpret_cast<void*>(&accept_arguments)},
    {},
};

template <class T, Arguments arguments>
inline const PyType_Slot kDefaultSlots[] = {
    {Py_tp_new, reinterpret_cast<void*>(&new_default<T>)},
    {Py_tp_init,
     reinterpret_cast<void*>(arguments == Arguments::ignored ? &accept_arguments
                                                             : &refuse_arguments)},
    {},
};

}  // namespace detail

/// The slots of the class of an identifier, which is made from its number.
template <class T>
nb::type_slots identifier_slots() {
    return nb::type_slots(detail::kIdentifierSlots<T>);
}

/// The slots of a class whose objects are made without arguments.
template <class T, Arguments arguments = Arguments::refused>
nb::type_slots default_slots() {
    return nb::type_slots(detail::kDefaultSlots<T, arguments>);
}

}  // namespace hyperslab::python
