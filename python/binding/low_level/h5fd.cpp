// h5fd: drivers. Names as in h5py.h5fd.

#include "hdf5/api/h5fd.hpp"

#include <cstdio>

#include "hdf5/call/device_failure.hpp"
#include "hdf5/drivers/byte_device.hpp"
#include "support/binding.hpp"
#include "support/bindings.hpp"
#include "support/pending_exception.hpp"
#include "support/python_device.hpp"

namespace hyperslab::python {
namespace {

namespace h5fd = hdf5::h5fd;

struct Constant {
    const char* name;
    int value;
};

// The constants of H5FDpublic.h, H5FDlog.h, H5FDmpio.h and H5FDsubfiling.h.
constexpr Constant kConstants[] = {
    {"MEM_DEFAULT", 0},
    {"MEM_SUPER", 1},
    {"MEM_BTREE", 2},
    {"MEM_DRAW", 3},
    {"MEM_GHEAP", 4},
    {"MEM_LHEAP", 5},
    {"MEM_OHDR", 6},
    {"MEM_NTYPES", 7},
    {"MPIO_INDEPENDENT", 0},
    {"MPIO_COLLECTIVE", 1},
    {"MPIPOSIX", -1},
    {"WINDOWS", -1},
    {"SELECT_IOC_ONE_PER_NODE", 0},
    {"SELECT_IOC_EVERY_NTH_RANK", 1},
    {"SELECT_IOC_TOTAL", 3},
    {"LOG_LOC_READ", 0x2},
    {"LOG_LOC_WRITE", 0x4},
    {"LOG_LOC_SEEK", 0x8},
    {"LOG_LOC_IO", 0xe},
    {"LOG_FILE_READ", 0x10},
    {"LOG_FILE_WRITE", 0x20},
    {"LOG_FILE_IO", 0x30},
    {"LOG_FLAVOR", 0x40},
    {"LOG_NUM_READ", 0x80},
    {"LOG_NUM_WRITE", 0x100},
    {"LOG_NUM_SEEK", 0x200},
    {"LOG_NUM_IO", 0x780},
    {"LOG_TIME_OPEN", 0x800},
    {"LOG_TIME_READ", 0x2000},
    {"LOG_TIME_WRITE", 0x4000},
    {"LOG_TIME_SEEK", 0x8000},
    {"LOG_TIME_CLOSE", 0x20000},
    {"LOG_TIME_IO", 0x3f800},
    {"LOG_ALLOC", 0x40000},
    {"LOG_ALL", 0xfffff},
};

void bind_drivers(nb::module_& m) {
    using h5fd::Driver;
    m.attr("CORE") = h5fd::driver(Driver::core);
    m.attr("DIRECT") = h5fd::driver(Driver::direct);
    m.attr("FAMILY") = h5fd::driver(Driver::family);
    m.attr("LOG") = h5fd::driver(Driver::log);
    m.attr("MPIO") = h5fd::driver(Driver::mpio);
    m.attr("MULTI") = h5fd::driver(Driver::multi);
    m.attr("ROS3D") = h5fd::driver(Driver::ros3);
    m.attr("SEC2") = h5fd::driver(Driver::sec2);
    m.attr("STDIO") = h5fd::driver(Driver::stdio);
    m.attr("fileobj_driver") = hdf5::device_driver();
    // They are there while MPI runs: not yet, perhaps, when the module is imported.
    m.def("_subfiling_driver", [] { return h5fd::driver(Driver::subfiling); });
    m.def("_ioc_driver", [] { return h5fd::driver(Driver::ioc); });
}

// Prints a failure when Python has ended, or has no sys.stderr any more.
void print_failure(const std::exception_ptr& failure) noexcept {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "hyperslab: a file could not be closed: %s\n", error.what());
    } catch (...) {
        std::fputs("hyperslab: a file could not be closed\n", stderr);
    }
}

// A file died without close() and could not be written: all that is left is to say so, as Python
// does for what a destructor raises.
void report_unraisable(const std::exception_ptr& failure) noexcept {
    if (Py_IsInitialized() == 0) {
        print_failure(failure);
        return;
    }
    const GilTaken gil;
    const ExceptionAside aside;
    try {
        std::rethrow_exception(failure);
    } catch (const PythonDeviceError& error) {
        error.raise();
    } catch (const std::exception& error) {
        PyErr_SetString(PyExc_OSError, error.what());
    } catch (...) {
        PyErr_SetString(PyExc_OSError, "unknown exception");
    }
    PyErr_WriteUnraisable(nullptr);
}

void raise_device_error(const std::exception_ptr& thrown, void* /*payload*/) {
    try {
        std::rethrow_exception(thrown);
    } catch (const PythonDeviceError& error) {
        error.raise();
    }
}

}  // namespace

void bind_h5fd(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5fd");
    for (const Constant& constant : kConstants) {
        m.attr(constant.name) = constant.value;
    }
    bind_drivers(m);
    nb::register_exception_translator(raise_device_error);
    hdf5::set_final_failure_handler(report_unraisable);
}

}  // namespace hyperslab::python
