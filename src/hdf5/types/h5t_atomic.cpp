// H5T: what integers, floats, strings and opaque types say of themselves.

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/text.hpp"
#include "hdf5/types/h5t.hpp"

namespace hyperslab::hdf5::h5t {

Order order(Id type) {
    return static_cast<Order>(check({}, [&] { return H5Tget_order(type); }));
}

void set_order(Id type, Order order) {
    check({}, [&] { return H5Tset_order(type, static_cast<H5T_order_t>(order)); });
}

std::size_t precision(Id type) {
    return check_nonzero({}, [&] { return H5Tget_precision(type); });
}

void set_precision(Id type, std::size_t bits) {
    check({}, [&] { return H5Tset_precision(type, bits); });
}

int offset(Id type) {
    return check({}, [&] { return H5Tget_offset(type); });
}

void set_offset(Id type, std::size_t bits) {
    check({}, [&] { return H5Tset_offset(type, bits); });
}

Padding pad(Id type) {
    H5T_pad_t low{};
    H5T_pad_t high{};
    check({}, [&] { return H5Tget_pad(type, &low, &high); });
    return {static_cast<Pad>(low), static_cast<Pad>(high)};
}

void set_pad(Id type, Padding padding) {
    check({}, [&] {
        return H5Tset_pad(
            type, static_cast<H5T_pad_t>(padding.low), static_cast<H5T_pad_t>(padding.high));
    });
}

Sign sign(Id type) {
    return static_cast<Sign>(check({}, [&] { return H5Tget_sign(type); }));
}

void set_sign(Id type, Sign sign) {
    check({}, [&] { return H5Tset_sign(type, static_cast<H5T_sign_t>(sign)); });
}

Fields fields(Id type) {
    Fields f;
    check({}, [&] {
        return H5Tget_fields(type,
                             &f.sign_position,
                             &f.exponent_position,
                             &f.exponent_size,
                             &f.mantissa_position,
                             &f.mantissa_size);
    });
    return f;
}

void set_fields(Id type, const Fields& f) {
    check({}, [&] {
        return H5Tset_fields(type,
                             f.sign_position,
                             f.exponent_position,
                             f.exponent_size,
                             f.mantissa_position,
                             f.mantissa_size);
    });
}

// 0 is a bias that a float may have, and libhdf5's way to say that it failed.
std::size_t exponent_bias(Id type) {
    fields(type);
    const InsideLibrary inside;
    return H5Tget_ebias(type);
}

void set_exponent_bias(Id type, std::size_t bias) {
    check({}, [&] { return H5Tset_ebias(type, bias); });
}

Norm norm(Id type) {
    return static_cast<Norm>(check({}, [&] { return H5Tget_norm(type); }));
}

void set_norm(Id type, Norm norm) {
    check({}, [&] { return H5Tset_norm(type, static_cast<H5T_norm_t>(norm)); });
}

Pad inner_pad(Id type) {
    return static_cast<Pad>(check({}, [&] { return H5Tget_inpad(type); }));
}

void set_inner_pad(Id type, Pad pad) {
    check({}, [&] { return H5Tset_inpad(type, static_cast<H5T_pad_t>(pad)); });
}

CharacterSet character_set(Id type) {
    return static_cast<CharacterSet>(check({}, [&] { return H5Tget_cset(type); }));
}

void set_character_set(Id type, CharacterSet set) {
    check({}, [&] { return H5Tset_cset(type, static_cast<H5T_cset_t>(set)); });
}

StringPad string_pad(Id type) {
    return static_cast<StringPad>(check({}, [&] { return H5Tget_strpad(type); }));
}

void set_string_pad(Id type, StringPad pad) {
    check({}, [&] { return H5Tset_strpad(type, static_cast<H5T_str_t>(pad)); });
}

bool is_variable_string(Id type) {
    return check_true({}, [&] { return H5Tis_variable_str(type); });
}

std::string tag(Id type) {
    return take_text(check({}, [&] { return H5Tget_tag(type); }));
}

void set_tag(Id type, const std::string& tag) {
    check({}, [&] { return H5Tset_tag(type, tag.c_str()); });
}

}  // namespace hyperslab::hdf5::h5t
