// The extension module: hyperslab._core.

#include "call_errors.hpp"
#include "core/dialect.hpp"
#include "dtypes/numpy_api.hpp"
#include "elements/index_arguments.hpp"
#include "hdf5/call/lock.hpp"
#include "ids/python_classes.hpp"
#include "support/binding.hpp"
#include "support/bindings.hpp"
#include "support/gil.hpp"
#include "support/native_method.hpp"
#include "support/warn.hpp"

namespace hyperslab::python {
namespace {

// A thread that waits for the library lock gives up the interpreter's lock meanwhile, because the
// holder of the library lock may need it.
void install_lock_hooks() {
    hdf5::library_lock().set_wait_hooks(
        {[]() -> void* { return holds_gil() ? PyEval_SaveThread() : nullptr; },
         [](void* state) {
             if (state != nullptr) {
                 take_gil_back(static_cast<PyThreadState*>(state));
             }
         }});
}

void finish_import(nb::object dataset,
                   nb::object group,
                   nb::object file,
                   nb::object datatype,
                   nb::object attributes,
                   nb::object empty,
                   nb::handle multi_block_slice,
                   nb::handle selection) {
    classes() = {std::move(dataset),
                 std::move(group),
                 std::move(file),
                 std::move(datatype),
                 std::move(attributes),
                 std::move(empty),
                 nb::steal(PyUnicode_InternFromString("_id"))};
    set_index_classes(multi_block_slice, selection);
}

}  // namespace

NB_MODULE(_core, core) {
    // Python objects kept for good (NumPy's functions, the classes) are no leak.
    nb::set_leak_warnings(false);
    hyperslab::core::set_dialect(hyperslab::core::Dialect::python);
    install_lock_hooks();
    core.attr("__version__") = HYPERSLAB_VERSION;
    core.attr("hdf5_build") = HYPERSLAB_HDF5_BUILD;
    find_numpy();
#define HYPERSLAB_CALL_BINDING(name) bind_##name(core);
    HYPERSLAB_BINDINGS(HYPERSLAB_CALL_BINDING)
#undef HYPERSLAB_CALL_BINDING
    core.def("finish_import",
             &finish_import,
             nb::arg("dataset"),
             nb::arg("group"),
             nb::arg("file"),
             nb::arg("datatype"),
             nb::arg("attributes"),
             nb::arg("empty"),
             nb::arg("multi_block_slice"),
             nb::arg("selection"));
    explain_call_errors(core);
}

}  // namespace hyperslab::python
