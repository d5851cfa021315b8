#include "hdf5/property_lists/h5p_transfer.hpp"

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5::h5p {

void set_buffer(Id dxpl, std::size_t bytes) {
    check({}, [&] { return H5Pset_buffer(dxpl, bytes, nullptr, nullptr); });
}

std::size_t get_buffer(Id dxpl) {
    return check_nonzero({}, [&] { return H5Pget_buffer(dxpl, nullptr, nullptr); });
}

void set_edc_check(Id dxpl, bool enabled) {
    check({}, [&] { return H5Pset_edc_check(dxpl, enabled ? H5Z_ENABLE_EDC : H5Z_DISABLE_EDC); });
}

bool get_edc_check(Id dxpl) {
    return check({}, [&] { return H5Pget_edc_check(dxpl); }) == H5Z_ENABLE_EDC;
}

void set_vlen_mem_manager(Id dxpl, const VlenMemoryManager& manager) {
    check({}, [&] {
        return H5Pset_vlen_mem_manager(
            dxpl, manager.allocate, manager.allocate_info, manager.free, manager.free_info);
    });
}

VlenMemoryManager get_vlen_mem_manager(Id dxpl) {
    VlenMemoryManager manager;
    check({}, [&] {
        return H5Pget_vlen_mem_manager(
            dxpl, &manager.allocate, &manager.allocate_info, &manager.free, &manager.free_info);
    });
    return manager;
}

void set_hyper_vector_size(Id dxpl, std::size_t pairs) {
    check({}, [&] { return H5Pset_hyper_vector_size(dxpl, pairs); });
}

std::size_t get_hyper_vector_size(Id dxpl) {
    std::size_t pairs = 0;
    check({}, [&] { return H5Pget_hyper_vector_size(dxpl, &pairs); });
    return pairs;
}

void set_preserve(Id dxpl, bool preserve) {
    check({}, [&] { return H5Pset_preserve(dxpl, preserve); });
}

bool get_preserve(Id dxpl) {
    return check_true({}, [&] { return H5Pget_preserve(dxpl); });
}

}  // namespace hyperslab::hdf5::h5p
