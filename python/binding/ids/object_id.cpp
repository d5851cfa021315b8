// _objects: ObjectID, and `phil`, which is the library's one lock as Python sees it.

#include "ids/object_id.hpp"
#include "support/made_by_new.hpp"

#include <cstring>

#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/call/lock.hpp"
#include "support/bindings.hpp"
#include "support/pending_exception.hpp"

namespace hyperslab::python {
namespace {

/// Python's view of the library lock; every instance is the same lock.
class FastRLock {
public:
    bool acquire(bool blocking) {
        if (!blocking) {
            return hdf5::library_lock().try_acquire();
        }
        hdf5::library_lock().acquire();
        return true;
    }
    void release() {
        if (!is_owned()) {
            throw std::runtime_error("cannot release un-acquired lock");
        }
        hdf5::library_lock().release();
    }
    bool is_owned() const { return hdf5::library_lock().owned_by_this_thread(); }
};

struct BogoLock {};

// The argument of call_at_releases(). Tests of steps do other things there.
nb::object& at_release = *new nb::object;
thread_local bool inside_release = false;

// May be called while an exception is on its way, and from a destructor.
void call_at_release() {
    if (inside_release) {
        return;
    }
    inside_release = true;
    {
        const GilTaken gil;
        const ExceptionAside aside;
        const nb::object function = at_release;
        nb::object result;
        if (function.is_valid()) {
            result = nb::steal(PyObject_CallNoArgs(function.ptr()));
            if (!result.is_valid()) {
                PyErr_WriteUnraisable(function.ptr());
            }
        }
    }
    inside_release = false;
}

void call_at_releases(nb::handle function) {
    at_release = function.is_none() ? nb::object() : nb::borrow(function);
    const hdf5::LockGuard guard;
    hdf5::library_lock().set_release_hook(function.is_none() ? nullptr : &call_at_release);
}

bool is_valid(const ObjectID& self) { return self.locked || self.handle.valid(); }

Py_hash_t hash_of(ObjectID& self, nb::handle python_self) {
    if (const Py_hash_t known = self.hash; known != -1) {
        return known;
    }
    try {
        const hdf5::h5o::Identity identity = hdf5::h5o::identity(self.id());
        const nb::bytes token(reinterpret_cast<const char*>(identity.token.data()),
                              identity.token.size());
        self.hash = nb::hash(nb::make_tuple(identity.file_number, token));
    } catch (const std::exception&) {
        const auto name = nb::cast<std::string>(nb::type_name(python_self.type()));
        throw nb::type_error(("Objects of class " + name + " cannot be hashed").c_str());
    }
    return self.hash;
}

// Equal identifiers name one object; so do two identifiers of one place in one file.
nb::object equals(nb::handle self, nb::handle other) {
    ObjectID* a = nullptr;
    ObjectID* b = nullptr;
    if (!nb::try_cast(self, a) || !nb::try_cast(other, b) || b == nullptr) {
        return nb::bool_(false);
    }
    if (a->id() == b->id()) {
        return nb::bool_(true);
    }
    const Py_hash_t hash_a = PyObject_Hash(self.ptr());
    const Py_hash_t hash_b = hash_a == -1 ? -1 : PyObject_Hash(other.ptr());
    if (hash_b == -1) {
        PyErr_Clear();
        return nb::bool_(false);
    }
    return nb::bool_(hash_a == hash_b);
}

}  // namespace

void refuse_pickling(nb::handle self, const char* why) {
    const auto name = nb::cast<std::string>(nb::type_name(self.type()));
    throw nb::type_error(("cannot pickle '" + name + "' object: " + why +
                          " (no default __reduce__ due to non-trivial __cinit__)")
                             .c_str());
}

// libhdf5 takes other identifiers for lists and reads what is not there.
hdf5::Id id_or_default(const ObjectID* object) {
    if (object == nullptr) {
        return hdf5::kDefault;
    }
    const hdf5::Id id = object->id();
    if (id > 0 && hdf5::h5i::kind(id) != hdf5::h5i::Type::property_list) {
        throw nb::type_error("a property list is needed here");
    }
    return id;
}

namespace {

void bind_locks(nb::module_& m) {
    nb::class_<FastRLock>(m,
                          "FastRLock",
                          default_slots<FastRLock>(),
                          "The lock that every call into HDF5 holds; recursive.")
        .def("acquire", &FastRLock::acquire, nb::arg("blocking") = true)
        .def("release", &FastRLock::release)
        .def("_is_owned", &FastRLock::is_owned)
        .def("__enter__", [](FastRLock& self) { return self.acquire(true); })
        .def(
            "__exit__",
            [](FastRLock& self, nb::handle, nb::handle, nb::handle) { self.release(); },
            nb::arg("t").none(),
            nb::arg("v").none(),
            nb::arg("tb").none());
    m.attr("phil") = FastRLock();
    m.def(
        "_call_at_releases",
        &call_at_releases,
        nb::arg("function").none(),
        "For tests of what is one step: have a function called whenever the lock has been let go, "
        "which is where other threads come in. None: no more.");
    nb::class_<BogoLock>(m, "BogoLock", default_slots<BogoLock>(), "A context that locks nothing.")
        .def("__enter__", [](const BogoLock&) {})
        .def("__exit__", [](const BogoLock&, const nb::args&) {});
}

// The identifier.
void bind_identifier(nb::class_<ObjectID>& object_id) {
    object_id
        .def_prop_ro(
            "id",
            [](const ObjectID& self) { return self.id() == -1 ? 0 : self.id(); },
            "The identifier's number; 0 when it has been closed.")
        .def_prop_rw(
            "locked",
            [](const ObjectID& self) -> bool { return self.locked; },
            [](ObjectID& self, bool locked) { self.locked = locked; })
        .def_prop_ro("fileno",
                     [](const ObjectID& self) {
                         return nb::make_tuple(hdf5::h5o::identity(self.id()).file_number, 0);
                     })
        .def_prop_ro("valid", &is_valid, "Whether the object can still be used.")
        .def("__bool__", &is_valid)
        .def("_close",
             [](ObjectID& self) {
                 if (!self.locked) {
                     self.handle.close();
                 }
             })
        .def(
            "close",
            [](ObjectID& self) {
                if (!self.locked) {
                    self.handle.close();
                }
            },
            "Give the identifier back now. Source: H5Idec_ref.");
}

// Binds what makes an identifier a Python object.
void bind_python_object(nb::class_<ObjectID>& object_id) {
    object_id
        .def("__copy__",
             [](nb::handle self) {
                 const auto& object = nb::cast<const ObjectID&>(self);
                 const nb::object copy = self.type()(object.id());
                 hdf5::Handle::borrow(object.id()).release();
                 return copy;
             })
        .def("__hash__", [](nb::handle self) { return hash_of(nb::cast<ObjectID&>(self), self); })
        .def("__eq__", &equals, nb::arg("other").none())
        .def(
            "__ne__",
            [](nb::handle self, nb::handle other) { return !nb::cast<bool>(equals(self, other)); },
            nb::arg("other").none())
        .def("__reduce__", [](nb::handle self) -> nb::object {
            refuse_pickling(self, "it stands for something in this process");
        });
}

}  // namespace

void bind_objects(nb::module_& core) {
    nb::module_ m = low_level_module(core, "_objects");
    bind_locks(m);
    nb::class_<ObjectID> object_id(m,
                                   "ObjectID",
                                   identifier_slots<ObjectID>(),
                                   nb::is_weak_referenceable(),
                                   nb::dynamic_attr(),
                                   "An HDF5 identifier; it is given back when this object dies.");
    bind_no_order(object_id);
    bind_identifier(object_id);
    bind_python_object(object_id);
}

}  // namespace hyperslab::python
