// libhdf5's driver over a ByteDevice that the file access list names.
//
// libhdf5 knows the property that names the device as a pointer to a shared_ptr on the heap, which
// it copies and frees through us.

#include <cerrno>
#include <functional>
#include <memory>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/drivers/byte_device.hpp"
#include "hdf5/drivers/device_class.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

using DevicePointer = std::shared_ptr<ByteDevice>;

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

// When a file is created, an existing one is emptied, or refused when there must not be one.
void prepare(DeviceFile& file, unsigned flags) {
    if ((flags & H5F_ACC_RDWR) != 0) {
        file.device()->allow_writing();
    }
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
        auto opened = std::make_unique<OpenDevice>(*device);
        prepare(opened->file, flags);
        return static_cast<H5FD_t*>(opened.release());
    });
}

int compare(const H5FD_t* a, const H5FD_t* b) {
    const void* const left = as_open(a).file.device()->identity();
    const void* const right = as_open(b).file.device()->identity();
    return left == right ? 0 : (std::less<>{}(left, right) ? -1 : 1);
}

// There is no data sieving, so raw data that were written are on the device, and a failure is
// reported at once.
herr_t query(const H5FD_t* /*file*/, unsigned long* flags) {
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA |
             H5FD_FEAT_AGGREGATE_SMALLDATA;
    return 0;
}

H5FD_class_t driver_class() {
    // Numbers from 512 on may be used within one site; no file contains this number.
    H5FD_class_t driver = device_class("fileobj", 512);
    driver.fapl_size = sizeof(DevicePointer);
    driver.fapl_get = property_of;
    driver.fapl_copy = copy_property;
    driver.fapl_free = free_property;
    driver.open = open;
    driver.cmp = compare;
    driver.query = query;
    return driver;
}

const H5FD_class_t kRegisteredClass = driver_class();
Id registered_id = kInvalidId;  // guarded by the library lock

}  // namespace

Id device_driver() {
    const LockGuard guard;
    if (registered_id == kInvalidId) {
        registered_id = check({}, [&] { return H5FDregister(&kRegisteredClass); });
    }
    return registered_id;
}

namespace h5p {

void set_device_driver(Id fapl, std::shared_ptr<ByteDevice> device) {
    const Id driver = device_driver();
    check({}, [&] { return H5Pset_driver(fapl, driver, &device); });
}

}  // namespace h5p

}  // namespace hyperslab::hdf5
