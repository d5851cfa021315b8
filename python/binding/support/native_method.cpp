#include "support/native_method.hpp"

#include <frameobject.h>

#include <cstddef>

#include "support/bindings.hpp"

namespace hyperslab::python {
namespace {

struct NativeMethod {
    PyObject ob_base;
    vectorcallfunc vectorcall;
    PyObject* native;
    PyObject* function;
    Py_ssize_t required;
};

NativeMethod& self_of(PyObject* object) { return *reinterpret_cast<NativeMethod*>(object); }

// The traceback of a failure must name the method, because programs look there for the cause.
void add_to_traceback(PyObject* function) {
    PyObject* type = nullptr;
    PyObject* value = nullptr;
    PyObject* traceback = nullptr;
    PyErr_Fetch(&type, &value, &traceback);  // no exception may be set while a frame is made
    PyFrameObject* const frame =
        PyFrame_New(PyThreadState_Get(),
                    reinterpret_cast<PyCodeObject*>(PyFunction_GetCode(function)),
                    PyFunction_GetGlobals(function),
                    nullptr);
    PyErr_Clear();
    PyErr_Restore(type, value, traceback);
    if (frame != nullptr) {
        PyTraceBack_Here(frame);
        Py_DECREF(frame);
    }
}

PyObject* call(PyObject* object,
               PyObject* const* arguments,
               std::size_t count,
               PyObject* keywords) {
    const NativeMethod& self = self_of(object);
    if (keywords != nullptr || PyVectorcall_NARGS(count) != self.required) {
        return PyObject_Vectorcall(self.function, arguments, count, keywords);
    }
    PyObject* const result = PyObject_Vectorcall(self.native, arguments, count, nullptr);
    if (result == nullptr && PyFunction_Check(self.function)) {
        add_to_traceback(self.function);
    }
    return result;
}

PyObject* bind(PyObject* object, PyObject* instance, PyObject* /*type*/) {
    return instance == nullptr ? Py_NewRef(object) : PyMethod_New(object, instance);
}

PyObject* of_function(PyObject* object, void* name) {
    return PyObject_GetAttrString(self_of(object).function, static_cast<const char*>(name));
}

PyObject* wrapped(PyObject* object, void* /*closure*/) {
    return Py_NewRef(self_of(object).function);
}

PyObject* get_attribute(PyObject* object, PyObject* name) {
    PyObject* const found = PyObject_GenericGetAttr(object, name);
    if (found != nullptr || PyErr_ExceptionMatches(PyExc_AttributeError) == 0) {
        return found;
    }
    PyErr_Clear();
    return PyObject_GetAttr(self_of(object).function, name);
}

// Pickled, and copied, by name, as functions are.
PyObject* reduce(PyObject* object, PyObject* /*unused*/) {
    return PyObject_GetAttrString(self_of(object).function, "__qualname__");
}

PyObject* represent(PyObject* object) { return PyObject_Repr(self_of(object).function); }

int traverse(PyObject* object, visitproc visit, void* arg) {
    Py_VISIT(self_of(object).native);
    Py_VISIT(self_of(object).function);
    return 0;
}

int clear(PyObject* object) {
    Py_CLEAR(self_of(object).native);
    Py_CLEAR(self_of(object).function);
    return 0;
}

void destroy(PyObject* object) {
    PyObject_GC_UnTrack(object);
    clear(object);
    PyObject_GC_Del(object);
}

// Written to by the interpreter, never here: no cast away of const.
PyGetSetDef attributes[] = {
    {"__doc__", &of_function, nullptr, nullptr, const_cast<char*>("__doc__")},
    {"__module__", &of_function, nullptr, nullptr, const_cast<char*>("__module__")},
    {"__wrapped__", &wrapped, nullptr, nullptr, nullptr},
    {},
};

PyMethodDef methods[] = {{"__reduce__", &reduce, METH_NOARGS, nullptr}, {}};

PyTypeObject method_type = [] {
    PyTypeObject made{PyVarObject_HEAD_INIT(nullptr, 0)};
    made.tp_name = "hyperslab._core.method";
    made.tp_basicsize = sizeof(NativeMethod);
    made.tp_dealloc = &destroy;
    made.tp_vectorcall_offset = offsetof(NativeMethod, vectorcall);
    made.tp_repr = &represent;
    made.tp_call = &PyVectorcall_Call;
    made.tp_getattro = &get_attribute;
    made.tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL |
                    Py_TPFLAGS_METHOD_DESCRIPTOR;
    made.tp_traverse = &traverse;
    made.tp_clear = &clear;
    made.tp_methods = methods;
    made.tp_getset = attributes;
    made.tp_descr_get = &bind;
    return made;
}();

nb::object native_method(nb::handle native, nb::handle function) {
    const auto arguments = nb::cast<Py_ssize_t>(function.attr("__code__").attr("co_argcount"));
    const nb::object defaults = function.attr("__defaults__");
    auto* const made = PyObject_GC_New(NativeMethod, &method_type);
    if (made == nullptr) {
        throw nb::python_error();
    }
    made->vectorcall = &call;
    made->native = native.inc_ref().ptr();
    made->function = function.inc_ref().ptr();
    made->required =
        arguments - (defaults.is_none() ? 0 : static_cast<Py_ssize_t>(nb::len(defaults)));
    auto* const object = reinterpret_cast<PyObject*>(made);
    PyObject_GC_Track(object);
    return nb::steal(object);
}

}  // namespace

void bind_native_method(nb::module_& core) {
    if (PyType_Ready(&method_type) != 0) {
        throw nb::python_error();
    }
    core.def(
        "native_method",
        [](const nb::object& native) {
            return nb::cpp_function(
                [native](nb::handle function) { return native_method(native, function); });
        },
        nb::arg("native"),
        "A decorator: calls of the method go to the function `native` of C++, without a Python "
        "frame; in all else it stays the Python function.");
}

}  // namespace hyperslab::python
