// What happens to HDF5 when the interpreter ends.
//
// Threads that are no daemons have ended before. Daemon threads run on until Python destroys what
// they use. So the library lock is taken for good while everything still works, and they wait for
// it until the process has ended. Files that are still open are closed last
// (hdf5/startup/at_exit.hpp).

#include <atomic>
#include <chrono>
#include <exception>
#include <thread>

#include <unistd.h>

#include "hdf5/call/lock.hpp"
#include "hdf5/startup/at_exit.hpp"
#include "support/binding.hpp"
#include "support/bindings.hpp"
#include "support/gil.hpp"

namespace hyperslab::python {
namespace {

// The maximum time to wait for the lock. A thread may hold it while it reads or writes, but one
// that never releases it must not keep the process alive.
constexpr std::chrono::seconds kPatience{30};

// The thread that ends the interpreter. It alone goes on running Python meanwhile.
std::atomic<std::thread::id> ending_thread;

[[noreturn]] void sleep_for_good() {
    for (;;) {
        ::pause();
    }
}

bool other_threads_exist() {
    PyInterpreterState* const interpreter = PyInterpreterState_Get();
    return PyThreadState_Next(PyInterpreterState_ThreadHead(interpreter)) != nullptr;
}

void keep_other_threads_out() {
    if (!other_threads_exist()) {
        return;
    }
    const GilReleased released;  // the holder of the library lock may need it
    hdf5::library_lock().acquire_within(kPatience);
}

// Python's file objects do not outlive the interpreter.
void prepare_for_end() {
    ending_thread = std::this_thread::get_id();
    keep_other_threads_out();
    hdf5::close_files_on_devices();
}

// Holds a thread that Python ends. Its unwinding is no C++ exception, so `thrown` is null.
void hold_ended_thread(const std::exception_ptr& thrown, void* /*payload*/) {
    if (thrown == nullptr) {
        sleep_for_good();
    }
    std::rethrow_exception(thrown);
}

}  // namespace

bool holds_gil() noexcept {
    // In this order: what is forgotten is forgotten after the interpreter says that it is ending.
    return PyGILState_Check() != 0 &&
           (Py_IsInitialized() != 0 || ending_thread.load() == std::this_thread::get_id());
}

void take_gil_back(PyThreadState* state) noexcept {
    try {
        PyEval_RestoreThread(state);
    } catch (...) {
        sleep_for_good();
    }
}

GilTaken::GilTaken() {
    try {
        state_ = PyGILState_Ensure();
    } catch (...) {
        sleep_for_good();
    }
}

GilTaken::~GilTaken() {
    if (!holds_gil()) {  // the thread is being ended
        sleep_for_good();
    }
    PyGILState_Release(state_);
}

// After the other translators of exceptions: the last one is asked first.
void bind_interpreter_end(nb::module_& /*core*/) {
    nb::register_exception_translator(hold_ended_thread);
    nb::module_::import_("atexit").attr("register")(nb::cpp_function(&prepare_for_end));
}

}  // namespace hyperslab::python
