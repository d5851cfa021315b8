#include "hdf5/api/h5.hpp"

#include <cstdio>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5 {

std::array<unsigned, 3> library_version() {
    std::array<unsigned, 3> version{};
    check({}, [&] { return H5get_libversion(&version[0], &version[1], &version[2]); });
    return version;
}

std::array<unsigned, 3> headers_version() {
    return {H5_VERS_MAJOR, H5_VERS_MINOR, H5_VERS_RELEASE};
}

void set_error_printing(bool on) {
    check({}, [&] {
        return on ? H5Eset_auto2(
                        H5E_DEFAULT,
                        [](hid_t stack, void* stream) {
                            return H5Eprint2(stack, static_cast<std::FILE*>(stream));
                        },
                        stderr)
                  : H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    });
}

bool has_native_complex() { return HYPERSLAB_HAS_HDF5_2; }

bool has_mpi() {
#ifdef H5_HAVE_PARALLEL
    return true;
#else
    return false;
#endif
}

bool has_subfiling() {
#ifdef H5_HAVE_SUBFILING_VFD
    return true;
#else
    return false;
#endif
}

bool has_ros3() {
#ifdef H5_HAVE_ROS3_VFD
    return true;
#else
    return false;
#endif
}

bool has_direct_driver() {
#ifdef H5_HAVE_DIRECT
    return true;
#else
    return false;
#endif
}

void free_memory(void* memory) { H5free_memory(memory); }

}  // namespace hyperslab::hdf5
