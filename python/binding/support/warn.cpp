#include "support/warn.hpp"

#include <string>

#include "hdf5/superblock/abandoned_file.hpp"
#include "support/bindings.hpp"

namespace hyperslab::python {
namespace {

/// The folder of the package, with a slash at its end.
std::string package_folder() {
    const nb::module_ core = nb::module_::import_("hyperslab._core");
    const auto file = nb::cast<std::string>(core.attr("__file__"));
    return file.substr(0, file.rfind('/') + 1);
}

bool lies_in(const std::string& folder, PyFrameObject* frame) {
    const nb::object code = nb::steal(reinterpret_cast<PyObject*>(PyFrame_GetCode(frame)));
    return nb::cast<std::string>(code.attr("co_filename")).starts_with(folder);
}

/// The number of frames up to the first one outside of the package, for Python's warnings.
Py_ssize_t level_of_caller() {
    const std::string folder = package_folder();
    Py_ssize_t level = 1;
    nb::object frame = nb::borrow(reinterpret_cast<PyObject*>(PyEval_GetFrame()));
    while (frame.is_valid()) {
        auto* const here = reinterpret_cast<PyFrameObject*>(frame.ptr());
        if (!lies_in(folder, here)) {
            break;
        }
        ++level;
        frame = nb::steal(reinterpret_cast<PyObject*>(PyFrame_GetBack(here)));
    }
    return level;
}

}  // namespace

void warn(nb::handle category, const char* text) {
    if (PyErr_WarnEx(category.ptr(), text, level_of_caller()) != 0) {
        throw nb::python_error();
    }
}

void warn_deprecated(const char* text) {
    const nb::module_ warnings = nb::module_::import_("hyperslab.h5py_warnings");
    warn(warnings.attr("H5pyDeprecationWarning"), text);
}

void warn_of_abandoned_files() {
    for (const std::string& name : hdf5::take_abandoned_files()) {
        const std::string text = "'" + name +
                                 "' was not closed by the program that wrote it; what that program "
                                 "had not flushed may be missing";
        warn(PyExc_UserWarning, text.c_str());
    }
}

void bind_warnings(nb::module_& core) {
    core.def(
        "warn",
        [](const char* text, nb::handle category) { warn(category, text); },
        nb::arg("text"),
        nb::arg("category"));
}

}  // namespace hyperslab::python
