#include "call_errors.hpp"

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace hyperslab::python {
namespace {

// nanobind has a handful of functions that parse arguments, one for each kind of signature.
constexpr std::size_t kMaxKinds = 16;
std::array<vectorcallfunc, kMaxKinds> nanobinds{};

bool is_nanobinds(nb::handle error) {
    const nb::object text = nb::steal(PyObject_Str(error.ptr()));
    return text.is_valid() && nb::cast<std::string>(text).contains(
                                  "(): incompatible function arguments. The following argument");
}

nb::dict keywords_of(PyObject* const* values, PyObject* names) {
    nb::dict keywords;
    for (Py_ssize_t i = 0; names != nullptr && i < PyTuple_GET_SIZE(names); ++i) {
        keywords[nb::handle(PyTuple_GET_ITEM(names, i))] = nb::handle(values[i]);
    }
    return keywords;
}

// nanobind has flags of its own beside that of vectorcall.
std::size_t count_of(std::size_t nargsf) { return nargsf & 0xFFFFFFFFU; }

void explain(PyObject* function, PyObject* const* arguments, std::size_t nargsf, PyObject* names) {
    if (PyErr_ExceptionMatches(PyExc_TypeError) == 0) {
        return;
    }
    nb::python_error raised;  // takes the error
    if (!is_nanobinds(raised.value())) {
        raised.restore();
        return;
    }
    try {
        const std::size_t count = count_of(nargsf);
        nb::list positional;
        for (std::size_t i = 0; i < count; ++i) {
            positional.append(nb::handle(arguments[i]));
        }
        const nb::module_ errors = nb::module_::import_("hyperslab._call_errors");
        const nb::object text = errors.attr("describe")(
            nb::handle(function), positional, keywords_of(arguments + count, names));
        PyErr_SetObject(PyExc_TypeError, text.ptr());
    } catch (nb::python_error& error) {
        error.restore();
    }
}

template <std::size_t kind>
PyObject* call(PyObject* function,
               PyObject* const* arguments,
               std::size_t nargsf,
               PyObject* names) {
    PyObject* const result = nanobinds[kind](function, arguments, nargsf, names);
    if (result == nullptr) [[unlikely]] {
        explain(function, arguments, nargsf, names);
    }
    return result;
}

template <std::size_t... kinds>
constexpr std::array<vectorcallfunc, sizeof...(kinds)> callers(std::index_sequence<kinds...>) {
    return {&call<kinds>...};
}

constexpr auto kCallers = callers(std::make_index_sequence<kMaxKinds>());

vectorcallfunc caller_for(vectorcallfunc original) {
    for (std::size_t i = 0; i < kMaxKinds; ++i) {
        if (nanobinds[i] == nullptr) {
            nanobinds[i] = original;
        }
        if (nanobinds[i] == original) {
            return kCallers[i];
        }
        if (kCallers[i] == original) {
            break;
        }
    }
    return original;
}

bool is_named(PyTypeObject* type, std::string_view name) {
    return std::string_view(type->tp_name).ends_with(name);
}

void explain_in(nb::handle members);

void explain_in_member(nb::handle member) {
    PyTypeObject* const type = Py_TYPE(member.ptr());
    if (is_named(type, "nb_func") || is_named(type, "nb_method")) {
        auto* const place = reinterpret_cast<vectorcallfunc*>(
            reinterpret_cast<char*>(member.ptr()) + type->tp_vectorcall_offset);
        *place = caller_for(*place);
    } else if (PyObject_TypeCheck(member.ptr(), &PyProperty_Type) != 0) {
        for (const char* const part : {"fget", "fset"}) {
            explain_in_member(nb::object(member.attr(part)));
        }
    } else if (PyType_Check(member.ptr()) || PyModule_Check(member.ptr())) {
        const auto name = nb::cast<std::string>(
            member.attr(PyModule_Check(member.ptr()) ? "__name__" : "__module__"));
        if (name.starts_with("hyperslab.")) {
            explain_in(nb::object(member.attr("__dict__")));
        }
    }
}

void explain_in(nb::handle members) {
    for (const nb::handle member : nb::object(members.attr("values")())) {
        explain_in_member(member);
    }
}

}  // namespace

void explain_call_errors(nb::module_& core) { explain_in(nb::object(core.attr("__dict__"))); }

}  // namespace hyperslab::python
