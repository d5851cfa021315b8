#include "hdf5/drivers/device_class.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "hdf5/call/lock.hpp"

namespace hyperslab::hdf5 {
namespace {

// All open devices. The list is used under the library lock and never destroyed, because files may
// be closed after static destructors have run.
auto& open_devices = *new std::vector<OpenDevice*>;

std::string text_of(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "unknown exception";
    }
}

// Calls a function that may throw, where libhdf5 does not learn of a failure.
template <class Function>
herr_t unnoticed(DeviceLoss loss, Function&& function) noexcept {
    try {
        function();
    } catch (...) {
        keep_device_failure(std::current_exception(), loss);
    }
    return 0;
}

// Closing is the last chance for bytes that wait.
herr_t close(H5FD_t* file) {
    const std::unique_ptr<OpenDevice> opened(&as_open(file));
    return unnoticed(DeviceLoss::final, [&] {
        if (!opened->file.settled()) {
            opened->file.settle();
        }
        opened->file.device()->close();
    });
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
    // libhdf5 forgets a chunk that it could not write, even one of an earlier write. So it learns
    // of a failure only when there are too many bytes to keep.
    if (type == H5FD_MEM_DRAW && TransferScope::active() && !device.can_keep(size)) {
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
    OpenDevice& opened = as_open(file);
    if (opened.file.size() == opened.end_of_address) {
        return 0;
    }
    return unnoticed(DeviceLoss::none, [&] { opened.file.truncate(opened.end_of_address); });
}

}  // namespace

OpenDevice::OpenDevice(const std::shared_ptr<ByteDevice>& device) : H5FD_t{}, file(device) {
    open_devices.push_back(this);
}

OpenDevice::~OpenDevice() { std::erase(open_devices, this); }

OpenDevice* OpenDevice::with_number(unsigned long number) {
    const auto found = std::ranges::find(open_devices, number, &H5FD_t::fileno);
    return found == open_devices.end() ? nullptr : *found;
}

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

H5FD_class_t device_class(const char* name, int number) {
    H5FD_class_t driver{};
    driver.version = H5FD_CLASS_VERSION;
    driver.value = static_cast<H5FD_class_value_t>(number);
    driver.name = name;
    driver.maxaddr = std::numeric_limits<std::int64_t>::max();
    driver.fc_degree = H5F_CLOSE_WEAK;
    driver.close = close;
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

std::size_t device_files_open() {
    const LockGuard guard;
    return open_devices.size();
}

}  // namespace hyperslab::hdf5
