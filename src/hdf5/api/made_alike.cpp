#include "hdf5/api/made_alike.hpp"

#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5 {

Handle create_attribute(Id object, const std::string& name, Id type, Id space, Id acpl) {
    return Handle(check({object}, [&] {
        return H5Acreate2(object, c_name(name), type, space, acpl, H5P_DEFAULT);
    }));
}

void commit_without_name(Id location, Id type, Id tcpl) {
    check({location}, [&] { return H5Tcommit_anon(location, type, tcpl, H5P_DEFAULT); });
}

void set_format(Id file, h5p::Libver low, h5p::Libver high) {
    check({file}, [&] {
        return H5Fset_libver_bounds(
            file, static_cast<H5F_libver_t>(low), static_cast<H5F_libver_t>(high));
    });
}

}  // namespace hyperslab::hdf5
