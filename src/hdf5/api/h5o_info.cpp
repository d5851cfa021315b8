// H5O: what libhdf5 knows about an object.

#include <bit>

#include "hdf5/api/h5o.hpp"
#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5o {
namespace {

constexpr unsigned kBasicFields = H5O_INFO_BASIC | H5O_INFO_TIME | H5O_INFO_NUM_ATTRS;

Header header_from(const H5O_hdr_info_t& raw) {
    return {.version = raw.version,
            .message_count = raw.nmesgs,
            .chunk_count = raw.nchunks,
            .flags = raw.flags,
            .total_space = raw.space.total,
            .metadata_space = raw.space.meta,
            .message_space = raw.space.mesg,
            .free_space = raw.space.free,
            .messages_present = raw.mesg.present,
            .messages_shared = raw.mesg.shared};
}

Basics basics_from(const H5O_info2_t& raw) {
    return {.type = static_cast<Type>(raw.type),
            .reference_count = raw.rc,
            .identity = {raw.fileno, std::bit_cast<std::array<std::byte, 16>>(raw.token)}};
}

Info info_from(Id location, const H5O_info2_t& raw, const H5O_native_info_t& native) {
    haddr_t address = HADDR_UNDEF;
    check({location}, [&] { return H5VLnative_token_to_addr(location, raw.token, &address); });
    return {.file_number = raw.fileno,
            .address = address,
            .token = std::bit_cast<std::array<std::byte, 16>>(raw.token),
            .type = static_cast<Type>(raw.type),
            .reference_count = raw.rc,
            .access_time = raw.atime,
            .modification_time = raw.mtime,
            .change_time = raw.ctime,
            .birth_time = raw.btime,
            .attribute_count = raw.num_attrs,
            .header = header_from(native.hdr),
            .object_size = {native.meta_size.obj.index_size, native.meta_size.obj.heap_size},
            .attribute_size = {native.meta_size.attr.index_size, native.meta_size.attr.heap_size}};
}

/// Asks for information with two functions: `get` fills that of the object, `get_native` that of
/// the file format.
template <class Get, class GetNative>
Info collect(const Subject& subject, Detail detail, Get&& get, GetNative&& get_native) {
    const LockGuard guard;
    H5O_info2_t raw{};
    H5O_native_info_t native{};
    check(subject, [&] { return get(&raw); });
    if (detail == Detail::all) {
        check(subject, [&] { return get_native(&native); });
    }
    return info_from(subject.location, raw, native);
}

}  // namespace

Basics basics(Id object) {
    H5O_info2_t raw{};
    check({object}, [&] { return H5Oget_info3(object, &raw, H5O_INFO_BASIC); });
    return basics_from(raw);
}

Basics basics_by_name(Id location, const std::string& name) {
    H5O_info2_t raw{};
    check({location, name}, [&] {
        return H5Oget_info_by_name3(location, c_name(name), &raw, H5O_INFO_BASIC, H5P_DEFAULT);
    });
    return basics_from(raw);
}

bool has_sound_header(Id location, const std::string& name) {
    H5O_native_info_t sizes;
    try {
        check({location, name}, [&] {
            return H5Oget_native_info_by_name(
                location, c_name(name), &sizes, H5O_NATIVE_INFO_META_SIZE, H5P_DEFAULT);
        });
    } catch (const Error&) {
        return false;
    }
    return true;
}

Identity identity(Id object) { return basics(object).identity; }

Type type(Id object) { return basics(object).type; }

Type type_by_name(Id location, const std::string& name, Id lapl) {
    H5O_info2_t raw{};
    check({location, name},
          [&] { return H5Oget_info_by_name3(location, c_name(name), &raw, H5O_INFO_BASIC, lapl); });
    return static_cast<Type>(raw.type);
}

Info info(Id object, Detail detail) {
    return collect(
        {object},
        detail,
        [&](H5O_info2_t* raw) { return H5Oget_info3(object, raw, kBasicFields); },
        [&](H5O_native_info_t* native) {
            return H5Oget_native_info(object, native, H5O_NATIVE_INFO_ALL);
        });
}

Header header(Id object) {
    H5O_native_info_t native{};
    check({object}, [&] { return H5Oget_native_info(object, &native, H5O_NATIVE_INFO_HDR); });
    return header_from(native.hdr);
}

Info info_by_name(Id location, const std::string& name, Detail detail, Id lapl) {
    return collect(
        {location, name},
        detail,
        [&](H5O_info2_t* raw) {
            return H5Oget_info_by_name3(location, c_name(name), raw, kBasicFields, lapl);
        },
        [&](H5O_native_info_t* native) {
            return H5Oget_native_info_by_name(
                location, c_name(name), native, H5O_NATIVE_INFO_ALL, lapl);
        });
}

Info info_by_index(Id location,
                   std::uint64_t index,
                   const Iteration& iteration,
                   Detail detail,
                   const std::string& group,
                   Id lapl) {
    const auto by = static_cast<H5_index_t>(iteration.index);
    const auto order = static_cast<H5_iter_order_t>(iteration.order);
    return collect(
        {location, group},
        detail,
        [&](H5O_info2_t* raw) {
            return H5Oget_info_by_idx3(
                location, c_name(group), by, order, index, raw, kBasicFields, lapl);
        },
        [&](H5O_native_info_t* native) {
            return H5Oget_native_info_by_idx(
                location, c_name(group), by, order, index, native, H5O_NATIVE_INFO_ALL, lapl);
        });
}

}  // namespace hyperslab::hdf5::h5o
