// The extension module: hyperslab._core.

#include "binding.hpp"
#include "call_errors.hpp"
#include "core/dialect.hpp"
#include "gil.hpp"
#include "hdf5/call/lock.hpp"
#include "high_level.hpp"
#include "index_arguments.hpp"
#include "native_method.hpp"
#include "numpy_api.hpp"
#include "warn.hpp"

namespace hyperslab::python {
namespace {

// A thread that waits for the library lock gives up the interpreter's lock meanwhile: whoever holds
// the library lock may need it.
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
    find_numpy();
    bind_errors(core);
    bind_objects(core);
    bind_h5(core);
    bind_h5ac(core);
    bind_h5i(core);
    bind_h5p(core);
    bind_h5s(core);
    bind_h5t(core);
    bind_h5r(core);
    bind_h5z(core);
    bind_h5pl(core);
    bind_h5fd(core);
    bind_h5g(core);
    bind_h5l(core);
    bind_h5o(core);
    bind_h5a(core);
    bind_h5d(core);
    bind_h5ds(core);
    bind_h5f(core);
    bind_base(core);
    bind_dataset(core);
    bind_group(core);
    bind_files(core);
    bind_attrs(core);
    bind_filters(core);
    bind_vds(core);
    bind_dims(core);
    bind_selections(core);
    bind_utils(core);
    bind_engine(core);
    bind_native_method(core);
    bind_warnings(core);
    bind_progress(core);
    bind_explanation(core);
    bind_signatures(core);
    bind_interpreter_end(core);
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
