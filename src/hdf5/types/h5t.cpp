#include "hdf5/types/h5t.hpp"

#include <algorithm>

#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/changes/announce.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5t {
namespace {

static_assert(static_cast<int>(Class::array) == H5T_ARRAY);
static_assert(static_cast<int>(Order::none) == H5T_ORDER_NONE);
static_assert(static_cast<int>(Sign::twos_complement) == H5T_SGN_2);
static_assert(static_cast<int>(StringPad::space_padded) == H5T_STR_SPACEPAD);
static_assert(static_cast<int>(Norm::none) == H5T_NORM_NONE);
static_assert(static_cast<int>(CharacterSet::utf8) == H5T_CSET_UTF8);
static_assert(static_cast<int>(Pad::background) == H5T_PAD_BACKGROUND);
static_assert(static_cast<int>(Background::yes) == H5T_BKG_YES);
static_assert(kVariable == H5T_VARIABLE);

// libhdf5 has a type's size only in the encoded bytes themselves. It gets room to stumble in: a
// copy with zeros behind it, where names end and versions are invalid.
constexpr std::size_t kRoomBehindEncoded = 1 << 16;

}  // namespace

Handle create(Class type_class, std::size_t size) {
    return Handle(check({}, [&] { return H5Tcreate(static_cast<H5T_class_t>(type_class), size); }));
}

Handle open(Id location, const std::string& name, Id tapl) {
    return Handle(check({location, name}, [&] { return H5Topen2(location, c_name(name), tapl); }));
}

Handle array_create(Id base, const Shape& dims) {
    return Handle(check({}, [&] {
        return H5Tarray_create2(base, static_cast<unsigned>(dims.size()), as_hsize(dims.data()));
    }));
}

Handle enum_create(Id base) {
    return Handle(check({}, [&] { return H5Tenum_create(base); }));
}

Handle vlen_create(Id base) {
    return Handle(check({}, [&] { return H5Tvlen_create(base); }));
}

Handle copy(Id type) {
    return Handle(check({}, [&] { return H5Tcopy(type); }));
}

Handle decode(std::span<const std::byte> encoded) {
    std::vector<std::byte> bytes(encoded.size() + kRoomBehindEncoded);
    std::copy(encoded.begin(), encoded.end(), bytes.begin());
    return Handle(check({}, [&] { return decode_type(bytes.data(), encoded.size()); }));
}

std::vector<std::byte> encode(Id type) {
    std::size_t size = 0;
    check({}, [&] { return H5Tencode(type, nullptr, &size); });
    std::vector<std::byte> encoded(size);
    check({}, [&] { return H5Tencode(type, encoded.data(), &size); });
    return encoded;
}

void commit(Id location, const std::string& name, Id type, Id lcpl) {
    announce(location, "H5Tcommit", [&] {
        return in_quotes(name) + ", " + to_string(describe_type(type));
    });
    check({location, name},
          [&] { return H5Tcommit2(location, c_name(name), type, lcpl, H5P_DEFAULT, H5P_DEFAULT); });
}

void commit_anonymous(Id location, Id type, Id tcpl) {
    check({location}, [&] { return H5Tcommit_anon(location, type, tcpl, H5P_DEFAULT); });
}

bool committed(Id type) {
    return check_true({}, [&] { return H5Tcommitted(type); });
}

bool equal(Id a, Id b) {
    return check_true({}, [&] { return H5Tequal(a, b); });
}

void lock(Id type) {
    check({}, [&] { return H5Tlock(type); });
}

Class type_class(Id type) {
    return static_cast<Class>(check({}, [&] { return H5Tget_class(type); }));
}

bool detect_class(Id type, Class type_class) {
    return check_true({},
                      [&] { return H5Tdetect_class(type, static_cast<H5T_class_t>(type_class)); });
}

std::size_t size(Id type) {
    return check_nonzero({}, [&] { return H5Tget_size(type); });
}

void set_size(Id type, std::size_t size) {
    check({}, [&] { return H5Tset_size(type, size); });
}

Handle super(Id type) {
    return Handle(check({}, [&] { return H5Tget_super(type); }));
}

Handle native(Id type) {
    return Handle(check({}, [&] { return H5Tget_native_type(type, H5T_DIR_DEFAULT); }));
}

Handle create_plist(Id type) {
    return Handle(check({}, [&] { return H5Tget_create_plist(type); }));
}

void flush(Id type) {
    check({type}, [&] { return H5Tflush(type); });
}

void refresh(Id type) {
    check({type}, [&] { return H5Trefresh(type); });
}

int array_rank(Id type) {
    return check({}, [&] { return H5Tget_array_ndims(type); });
}

Shape array_dims(Id type) {
    Shape dims(static_cast<std::size_t>(array_rank(type)));
    check({}, [&] { return H5Tget_array_dims2(type, as_hsize(dims.data())); });
    return dims;
}

void convert(
    Id source, Id destination, std::size_t count, void* buffer, void* background, Id dxpl) {
    check({}, [&] { return H5Tconvert(source, destination, count, buffer, background, dxpl); });
}

std::optional<Background> find_conversion(Id source, Id destination) {
    const InsideLibrary inside;
    H5T_cdata_t* data = nullptr;
    if (H5Tfind(source, destination, &data) == nullptr || data == nullptr) {
        return std::nullopt;
    }
    return static_cast<Background>(data->need_bkg);
}

void reclaim(Id type, std::size_t count, void* buffer, Id dxpl) noexcept {
    const InsideLibrary inside;
    const hsize_t elements = count;
    const Id space = H5Screate_simple(1, &elements, nullptr);
    if (space > 0) {
        H5Treclaim(type, space, dxpl, buffer);
        H5Sclose(space);
    }
}

}  // namespace hyperslab::hdf5::h5t
