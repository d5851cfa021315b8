#include "support/place_in_program.hpp"

#include "support/binding.hpp"

namespace hyperslab::python {
namespace {

bool is_ours(nb::handle frame) {
    const nb::object name = nb::object(frame.attr("f_globals")).attr("get")("__name__");
    return nb::isinstance<nb::str>(name) && nb::cast<std::string>(name).starts_with("hyperslab.");
}

std::string innermost_line() {
    nb::object frame = nb::module_::import_("sys").attr("_getframe")(0);
    while (!frame.is_none() && is_ours(frame)) {
        frame = frame.attr("f_back");
    }
    if (frame.is_none()) {
        return {};
    }
    return nb::cast<std::string>(nb::object(frame.attr("f_code").attr("co_filename"))) + ":" +
           nb::cast<std::string>(nb::str(nb::object(frame.attr("f_lineno"))));
}

}  // namespace

std::string place_in_program() {
    if (Py_IsInitialized() == 0) {
        return {};
    }
    const nb::gil_scoped_acquire acquired;
    try {
        return innermost_line();
    } catch (const std::exception&) {  // a thread without Python code: no place is no harm
        PyErr_Clear();
        return {};
    }
}

}  // namespace hyperslab::python
