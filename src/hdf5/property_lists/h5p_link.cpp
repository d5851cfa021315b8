#include "hdf5/property_lists/h5p_link.hpp"
#include "hdf5/call/c_name.hpp"

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/text.hpp"
#include "hdf5/drivers/plain_file_driver.hpp"
#include "hdf5/property_lists/h5p_class.hpp"

namespace hyperslab::hdf5::h5p {

static_assert(static_cast<int>(CharEncoding::ascii) == H5T_CSET_ASCII);
static_assert(static_cast<int>(CharEncoding::utf8) == H5T_CSET_UTF8);

void set_char_encoding(Id lcpl, CharEncoding encoding) {
    check({}, [&] { return H5Pset_char_encoding(lcpl, static_cast<H5T_cset_t>(encoding)); });
}

CharEncoding get_char_encoding(Id lcpl) {
    H5T_cset_t encoding = H5T_CSET_ASCII;
    check({}, [&] { return H5Pget_char_encoding(lcpl, &encoding); });
    return static_cast<CharEncoding>(encoding);
}

void set_create_intermediate_group(Id lcpl, bool create) {
    check({}, [&] { return H5Pset_create_intermediate_group(lcpl, create ? 1 : 0); });
}

bool get_create_intermediate_group(Id lcpl) {
    unsigned create = 0;
    check({}, [&] { return H5Pget_create_intermediate_group(lcpl, &create); });
    return create != 0;
}

void set_nlinks(Id lapl, std::size_t count) {
    check({}, [&] { return H5Pset_nlinks(lapl, count); });
}

std::size_t get_nlinks(Id lapl) {
    std::size_t count = 0;
    check({}, [&] { return H5Pget_nlinks(lapl, &count); });
    return count;
}

void set_elink_prefix(Id lapl, const std::string& prefix) {
    check({}, [&] { return H5Pset_elink_prefix(lapl, c_name(prefix)); });
}

std::string get_elink_prefix(Id lapl) {
    return read_text(
        [&](char* text, std::size_t size) { return H5Pget_elink_prefix(lapl, text, size); });
}

void set_elink_fapl(Id lapl, Id fapl) {
    const LockGuard guard;
    const Handle covered = fapl == kDefault ? Handle() : with_plain_file_drivers(fapl);
    check({}, [&] { return H5Pset_elink_fapl(lapl, covered ? covered.id() : kDefault); });
}

Handle get_elink_fapl(Id lapl) {
    const LockGuard guard;
    const Id fapl = check({}, [&] { return H5Pget_elink_fapl(lapl); });
    if (fapl == kDefault) {
        return create(ListClass::file_access);
    }
    Handle list(fapl);
    without_plain_file_driver(list.id());
    return list;
}

void set_elink_acc_flags(Id lapl, unsigned flags) {
    check({}, [&] { return H5Pset_elink_acc_flags(lapl, flags); });
}

unsigned get_elink_acc_flags(Id lapl) {
    unsigned flags = 0;
    check({}, [&] { return H5Pget_elink_acc_flags(lapl, &flags); });
    return flags;
}

}  // namespace hyperslab::hdf5::h5p
