#include "hdf5/api/h5z.hpp"

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5::h5z {

int class_version() { return H5Z_CLASS_T_VERS; }

bool filter_avail(FilterId id) {
    return check_true({}, [&] { return H5Zfilter_avail(id); });
}

unsigned get_filter_info(FilterId id) {
    unsigned flags = 0;
    check({}, [&] { return H5Zget_filter_info(id, &flags); });
    return flags;
}

void register_filter(const void* filter_class) {
    check({}, [&] { return H5Zregister(filter_class); });
}

void unregister_filter(FilterId id) {
    check({}, [&] { return H5Zunregister(id); });
}

}  // namespace hyperslab::hdf5::h5z
