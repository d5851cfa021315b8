// libhdf5's driver over a ByteDevice.
//
// libhdf5 knows a file as an H5FD_t, the base of our OpenFile; and the property that names the
// device as a pointer to a shared_ptr on the heap, which it copies and frees through us. No
// exception leaves a function that libhdf5 calls: `guarded` keeps it (device_failure.hpp).

#include <algorithm>
#include <cerrno>
#include <exception>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string>

#include "hdf5/byte_device.hpp"
#include "hdf5/call.hpp"
#include "hdf5/capi.hpp"
#include "hdf5/device_failure.hpp"
#include "hdf5/device_file.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

using DevicePointer = std::shared_ptr<ByteDevice>;

std::size_t open_files = 0;  // guarded by the library lock

// What libhdf5 holds of an open file.
struct OpenFile : H5FD_t {
    explicit OpenFile(const DevicePointer& device) : H5FD_t{}, file(device) { ++open_files; }
    ~OpenFile() { --open_files; }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    DeviceFile file;
    haddr_t end_of_address = 0;  // as far as libhdf5 has allocated
};

OpenFile& as_open(H5FD_t* file) { return *static_cast<OpenFile*>(file); }

const OpenFile& as_open(const H5FD_t* file) { return *static_cast<const OpenFile*>(file); }

std::string text_of(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "unknown exception";
    }
}

// For those who print libhdf5's error stack; our callers get the exception itself.
void push_on_error_stack(const std::exception_ptr& failure) {
    H5Epush2(H5E_DEFAULT,
             __FILE__,
             "device driver",
             __LINE__,
             H5E_ERR_CLS,
             H5E_VFL,
             H5E_CALLBACK,
             "%s",
             text_of(failure).c_str());
}

// Calls a function that may throw; the exception is kept for the caller of libhdf5, which is told
// `on_failure`.
template <class Result, class Function>
Result guarded(Result on_failure, Function&& function) noexcept {
    try {
        return function();
    } catch (...) {
        const std::exception_ptr failure = std::current_exception();
        push_on_error_stack(failure);
        keep_device_failure(failure);
        return on_failure;
    }
}

// The same where libhdf5 is told that all is well.
template <class Function>
herr_t unnoticed(DeviceLoss loss, Function&& function) noexcept {
    try {
        function();
    } catch (...) {
        keep_device_failure(std::current_exception(), loss);
    }
    return 0;
}

// ---- the device as a property of a file access list ----

void* copy_property(const void* property) {
    return new DevicePointer(*static_cast<const DevicePointer*>(property));
}

herr_t free_property(void* property) {
    delete static_cast<DevicePointer*>(property);
    return 0;
}

void* property_of(H5FD_t* file) { return new DevicePointer(as_open(file).file.device()); }

// ---- a file ----

// Creating: an existing file is emptied, or refused when there must not be one.
void prepare(DeviceFile& file, unsigned flags) {
    if ((flags & H5F_ACC_EXCL) != 0 && file.size() != 0) {
        throw Error(ErrorCode::io, "The file exists: it is not empty", EEXIST);
    }
    if ((flags & H5F_ACC_TRUNC) != 0 && file.size() != 0) {
        file.clear();
    }
}

H5FD_t* open(const char* /*name*/, unsigned flags, hid_t fapl, haddr_t /*max_address*/) {
    return guarded(static_cast<H5FD_t*>(nullptr), [&] {
        const auto* device = static_cast<const DevicePointer*>(H5Pget_driver_info(fapl));
        if (device == nullptr || *device == nullptr) {
            throw Error(ErrorCode::invalid_argument, "The file access list names no device");
        }
        auto opened = std::make_unique<OpenFile>(*device);
        prepare(opened->file, flags);
        return static_cast<H5FD_t*>(opened.release());
    });
}

// The last chance for bytes that wait.
herr_t close(H5FD_t* file) {
    const std::unique_ptr<OpenFile> opened(&as_open(file));
    if (opened->file.settled()) {
        return 0;
    }
    return unnoticed(DeviceLoss::final, [&] { opened->file.settle(); });
}

int compare(const H5FD_t* a, const H5FD_t* b) {
    const void* const left = as_open(a).file.device()->identity();
    const void* const right = as_open(b).file.device()->identity();
    return left == right ? 0 : (std::less<>{}(left, right) ? -1 : 1);
}

// No data sieving: raw data that were written are on the device, and a failure is told at once.
herr_t query(const H5FD_t* /*file*/, unsigned long* flags) {
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA |
             H5FD_FEAT_AGGREGATE_SMALLDATA;
    return 0;
}

haddr_t get_end_of_address(const H5FD_t* file, H5FD_mem_t /*type*/) {
    return as_open(file).end_of_address;
}

herr_t set_end_of_address(H5FD_t* file, H5FD_mem_t /*type*/, haddr_t address) {
    as_open(file).end_of_address = address;
    return 0;
}

haddr_t get_end_of_file(const H5FD_t* file, H5FD_mem_t /*type*/) {
    return as_open(file).file.size();
}

herr_t read(
    H5FD_t* file, H5FD_mem_t /*type*/, hid_t /*dxpl*/, haddr_t address, size_t size, void* bytes) {
    return guarded(herr_t{-1}, [&] {
        as_open(file).file.read(address, {static_cast<std::byte*>(bytes), size});
        return herr_t{0};
    });
}

herr_t write(H5FD_t* file,
             H5FD_mem_t type,
             hid_t /*dxpl*/,
             haddr_t address,
             size_t size,
             const void* bytes) {
    DeviceFile& device = as_open(file).file;
    const std::span data(static_cast<const std::byte*>(bytes), size);
    if (type == H5FD_MEM_DRAW && TransferScope::active()) {
        return guarded(herr_t{-1}, [&] {
            device.write(address, data);
            return herr_t{0};
        });
    }
    return unnoticed(DeviceLoss::none, [&] { device.write_or_keep(address, data); });
}

herr_t flush(H5FD_t* file, hid_t /*dxpl*/, hbool_t /*closing*/) {
    return unnoticed(DeviceLoss::none, [&] { as_open(file).file.settle(); });
}

herr_t truncate(H5FD_t* file, hid_t /*dxpl*/, hbool_t /*closing*/) {
    OpenFile& opened = as_open(file);
    if (opened.file.size() == opened.end_of_address) {
        return 0;
    }
    return unnoticed(DeviceLoss::none, [&] { opened.file.truncate(opened.end_of_address); });
}

H5FD_class_t driver_class() {
    H5FD_class_t driver{};
    driver.version = H5FD_CLASS_VERSION;
    // 512 and up may be used within one site; no file names this number.
    driver.value = static_cast<H5FD_class_value_t>(512);
    driver.name = "fileobj";
    driver.maxaddr = std::numeric_limits<std::int64_t>::max();
    driver.fc_degree = H5F_CLOSE_WEAK;
    driver.fapl_size = sizeof(DevicePointer);
    driver.fapl_get = property_of;
    driver.fapl_copy = copy_property;
    driver.fapl_free = free_property;
    driver.open = open;
    driver.close = close;
    driver.cmp = compare;
    driver.query = query;
    driver.get_eoa = get_end_of_address;
    driver.set_eoa = set_end_of_address;
    driver.get_eof = get_end_of_file;
    driver.read = read;
    driver.write = write;
    driver.flush = flush;
    driver.truncate = truncate;
    // Metadata and raw data are kept apart, as sec2 does.
    const H5FD_mem_t kinds[] = H5FD_FLMAP_DICHOTOMY;
    std::ranges::copy(kinds, driver.fl_map);
    return driver;
}

}  // namespace

Id device_driver() {
    static const H5FD_class_t driver = driver_class();
    static Id id = kInvalidId;  // guarded by the library lock
    const LockGuard guard;
    if (id == kInvalidId) {
        id = check({}, [&] { return H5FDregister(&driver); });
    }
    return id;
}

std::size_t device_files_open() {
    const LockGuard guard;
    return open_files;
}

namespace h5p {

void set_device_driver(Id fapl, std::shared_ptr<ByteDevice> device) {
    const Id driver = device_driver();
    check({}, [&] { return H5Pset_driver(fapl, driver, &device); });
}

}  // namespace h5p

}  // namespace hyperslab::hdf5
