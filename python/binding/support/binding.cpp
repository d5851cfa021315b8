#include "support/binding.hpp"

namespace hyperslab::python {

bool truth_of(nb::handle object) {
    const int truth = PyObject_IsTrue(object.ptr());
    if (truth < 0) {
        throw nb::python_error();
    }
    return truth == 1;
}

nb::object index_object(nb::handle object) {
    nb::object number = nb::steal(PyNumber_Index(object.ptr()));
    if (!number.is_valid()) {
        throw nb::python_error();
    }
    return number;
}

nb::module_ low_level_module(nb::module_& core, const char* name) {
    nb::module_ module_ = core.def_submodule(name);
    const std::string package =
        nb::cast<std::string>(core.attr("__name__").attr("rpartition")(".")[0]);
    module_.attr("__name__") = package + "." + name;
    return module_;
}

}  // namespace hyperslab::python
