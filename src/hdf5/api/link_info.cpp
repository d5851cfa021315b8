#include "hdf5/api/link_info.hpp"

#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"

namespace hyperslab::hdf5::h5l {

Info link_info(Id location, const H5L_info2_t& raw) {
    Info info{.type = static_cast<Type>(raw.type),
              .creation_order_valid = raw.corder_valid,
              .creation_order = raw.corder,
              .character_set = static_cast<int>(raw.cset)};
    if (raw.type == H5L_TYPE_HARD) {
        haddr_t address = HADDR_UNDEF;
        check({location},
              [&] { return H5VLnative_token_to_addr(location, raw.u.token, &address); });
        info.address = address;
    } else {
        info.value_size = raw.u.val_size;
    }
    return info;
}

Info info(Id location, const std::string& name, Id lapl) {
    const LockGuard guard;
    H5L_info2_t raw{};
    check({location, name}, [&] { return H5Lget_info2(location, c_name(name), &raw, lapl); });
    return link_info(location, raw);
}

}  // namespace hyperslab::hdf5::h5l
