// The signatures of the functions bound here, for inspect.signature().
//
// nanobind keeps a function's signature as text, for stub files; inspect asks for `__signature__`.
// So the types of nanobind's functions get one more attribute. They belong to this module alone
// (NB_DOMAIN), and refuse attributes set from Python only.

#include "support/binding.hpp"
#include "support/bindings.hpp"

namespace hyperslab::python {
namespace {

std::string signatures_module;

PyObject* signature_of(PyObject* function, void* /*closure*/) {
    try {
        const nb::module_ signatures = nb::module_::import_(signatures_module.c_str());
        return signatures.attr("of")(nb::handle(function)).release().ptr();
    } catch (nb::python_error& error) {
        error.restore();
        return nullptr;
    }
}

PyGetSetDef definition = {
    "__signature__", &signature_of, nullptr, "As inspect.signature() gives it.", nullptr};

void add_signature(PyTypeObject* type) {
    const nb::object descriptor = nb::steal(PyDescr_NewGetSet(type, &definition));
    if (!descriptor.is_valid() ||
        PyDict_SetItemString(type->tp_dict, definition.name, descriptor.ptr()) != 0) {
        throw nb::python_error();
    }
    PyType_Modified(type);
}

}  // namespace

void bind_signatures(nb::module_& core) {
    signatures_module =
        nb::cast<std::string>(core.attr("__name__").attr("rpartition")(".")[0]) + "._signatures";
    const nb::object function = core.attr("_errors").attr("silence_errors");
    const nb::object id_class = core.attr("_objects").attr("ObjectID");
    const nb::object lock = core.attr("_objects").attr("phil");
    add_signature(Py_TYPE(function.ptr()));
    add_signature(Py_TYPE(nb::object(id_class.attr("close")).ptr()));
    add_signature(Py_TYPE(nb::object(lock.attr("acquire")).ptr()));
}

}  // namespace hyperslab::python
