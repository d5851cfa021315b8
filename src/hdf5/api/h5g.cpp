#include "hdf5/api/h5g.hpp"

#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/text.hpp"
#include "hdf5/changes/announce.hpp"
#include "hdf5/changes/name_removals.hpp"
#include "hdf5/property_lists/h5p.hpp"

namespace hyperslab::hdf5::h5g {

static_assert(static_cast<int>(MemberType::user_defined_link) == H5G_UDLINK);
static_assert(kCreationOrderTracked == H5P_CRT_ORDER_TRACKED);

Handle open(Id location, const std::string& name, Id gapl) {
    return Handle(check({location, name}, [&] { return H5Gopen2(location, c_name(name), gapl); }));
}

Handle create(Id location, const std::string& name, Id lcpl, Id gcpl) {
    announce_in_detail(
        location,
        "H5Gcreate",
        [&] { return in_quotes(name); },
        [&] {
            return ", in '" + h5i::name(location) + "', properties " + h5p::fingerprint_of(gcpl);
        });
    return Handle(check({location, name}, [&] {
        return H5Gcreate2(location, c_name(name), lcpl, gcpl, H5P_DEFAULT);
    }));
}

Handle create_anonymous(Id location, Id gcpl) {
    announce(location, "H5Gcreate_anon", [] { return ""; });
    return Handle(check({location}, [&] { return H5Gcreate_anon(location, gcpl, H5P_DEFAULT); }));
}

Handle create_plist(Id group) {
    return Handle(check({group}, [&] { return H5Gget_create_plist(group); }));
}

Info info(Id group) {
    H5G_info_t raw{};
    check({group}, [&] { return H5Gget_info(group, &raw); });
    return {static_cast<int>(raw.storage_type), raw.nlinks, raw.max_corder, raw.mounted};
}

std::uint64_t link_count(Id group) {
    hsize_t count = 0;
    check({group}, [&] { return H5Gget_num_objs(group, &count); });
    return count;
}

bool tracks_creation_order(Id group) {
    const LockGuard guard;
    // A file stands for its root group, whose creation properties are the file's.
    const Handle plist =
        h5i::type(group) == h5i::Type::file ? h5f::create_plist(group) : create_plist(group);
    unsigned flags = 0;
    check({group}, [&] { return H5Pget_link_creation_order(plist.id(), &flags); });
    return (flags & kCreationOrderTracked) != 0;
}

Stat stat(Id location, const std::string& name, bool follow_link) {
    H5G_stat_t raw{};
    check({location, name},
          [&] { return H5Gget_objinfo(location, c_name(name), follow_link, &raw); });
    return {.file_number = {raw.fileno[0], raw.fileno[1]},
            .object_number = {raw.objno[0], raw.objno[1]},
            .link_count = raw.nlink,
            .type = static_cast<MemberType>(raw.type),
            .modification_time = raw.mtime,
            .link_length = raw.linklen};
}

std::string member_name(Id group, std::uint64_t index) {
    return read_text({group}, [&](char* text, size_t size) {
        return H5Gget_objname_by_idx(group, index, text, size);
    });
}

MemberType member_type(Id group, std::uint64_t index) {
    return static_cast<MemberType>(
        check({group}, [&] { return H5Gget_objtype_by_idx(group, index); }));
}

void link(Id location,
          const std::string& target,
          int type,
          Id link_location,
          const std::string& link_name) {
    check({link_location, link_name}, [&] {
        return H5Glink2(location,
                        c_name(target),
                        static_cast<H5L_type_t>(type),
                        link_location,
                        c_name(link_name));
    });
}

void flush(Id group) {
    check({group}, [&] { return H5Gflush(group); });
}

void refresh(Id group) {
    const LockGuard guard;
    count_name_removal();
    check({group}, [&] { return H5Grefresh(group); });
}

}  // namespace hyperslab::hdf5::h5g
