// H5T: members of compound types and of enumerations.

#include <algorithm>
#include <cstring>

#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/text.hpp"
#include "hdf5/types/h5t.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5t {
namespace {

constexpr std::size_t kLongestEnumName = 1 << 16;

/// A buffer for a value of an enumeration in its base type, with room for what libhdf5 converts in
/// place.
std::vector<std::byte> value_buffer(Id type) {
    return std::vector<std::byte>(std::max(size(type), sizeof(long long)));
}

std::vector<std::byte> to_base(Id type, std::int64_t value) {
    const Handle base = super(type);
    std::vector<std::byte> buffer = value_buffer(type);
    std::memcpy(buffer.data(), &value, sizeof value);
    convert(H5T_NATIVE_LLONG, base.id(), 1, buffer.data());
    return buffer;
}

std::int64_t from_base(Id type, std::vector<std::byte> buffer) {
    const Handle base = super(type);
    convert(base.id(), H5T_NATIVE_LLONG, 1, buffer.data());
    std::int64_t value = 0;
    std::memcpy(&value, buffer.data(), sizeof value);
    return value;
}

void require_enumeration(Id type) {
    const Class found = type_class(type);
    if (found != Class::enumeration) {
        throw Error(ErrorCode::invalid_argument,
                    "This type (class " + std::to_string(static_cast<int>(found)) +
                        ") is not of class ENUM");
    }
}

}  // namespace

int member_count(Id type) {
    return check({}, [&] { return H5Tget_nmembers(type); });
}

std::string member_name(Id type, unsigned index) {
    return take_text(check({}, [&] { return H5Tget_member_name(type, index); }));
}

unsigned member_index(Id type, const std::string& name) {
    return static_cast<unsigned>(
        check({kInvalidId, name}, [&] { return H5Tget_member_index(type, c_name(name)); }));
}

Class member_class(Id type, unsigned index) {
    return static_cast<Class>(check({}, [&] { return H5Tget_member_class(type, index); }));
}

// libhdf5 returns 0 for a failure, which is also an offset that a member may have.
std::size_t member_offset(Id type, unsigned index) {
    member_class(type, index);
    const InsideLibrary inside;
    return H5Tget_member_offset(type, index);
}

Handle member_type(Id type, unsigned index) {
    return Handle(check({}, [&] { return H5Tget_member_type(type, index); }));
}

void insert(Id type, const std::string& name, std::size_t offset, Id field) {
    check({}, [&] { return H5Tinsert(type, c_name(name), offset, field); });
}

void pack(Id type) {
    check({}, [&] { return H5Tpack(type); });
}

void enum_insert(Id type, const std::string& name, std::int64_t value) {
    const LockGuard guard;
    require_enumeration(type);
    const std::vector<std::byte> buffer = to_base(type, value);
    check({}, [&] { return H5Tenum_insert(type, c_name(name), buffer.data()); });
}

std::string enum_name_of(Id type, std::int64_t value) {
    const LockGuard guard;
    require_enumeration(type);
    const std::vector<std::byte> buffer = to_base(type, value);
    std::string name(kLongestEnumName, '\0');
    check({}, [&] { return H5Tenum_nameof(type, buffer.data(), name.data(), name.size()); });
    name.resize(std::strlen(name.c_str()));
    return name;
}

std::int64_t enum_value_of(Id type, const std::string& name) {
    const LockGuard guard;
    require_enumeration(type);
    std::vector<std::byte> buffer = value_buffer(type);
    check({}, [&] { return H5Tenum_valueof(type, c_name(name), buffer.data()); });
    return from_base(type, std::move(buffer));
}

std::int64_t member_value(Id type, unsigned index) {
    const LockGuard guard;
    require_enumeration(type);
    std::vector<std::byte> buffer = value_buffer(type);
    check({}, [&] { return H5Tget_member_value(type, index, buffer.data()); });
    return from_base(type, std::move(buffer));
}

}  // namespace hyperslab::hdf5::h5t
