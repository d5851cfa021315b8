#include "hdf5/api/h5l.hpp"

#include "hdf5/api/h5i.hpp"
#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/text.hpp"
#include "hdf5/changes/announce.hpp"
#include "hdf5/changes/name_removals.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5l {
namespace {

static_assert(static_cast<int>(Type::external) == H5L_TYPE_EXTERNAL);

/// A soft or user-defined link's value, which must be of one kind.
std::vector<char> value_of(Id location, const std::string& name, Type type, Id lapl) {
    const Info found = info(location, name, lapl);
    if (found.type != type) {
        throw Error(ErrorCode::type_mismatch, "Link must be either a soft or external link");
    }
    // One more, so that it ends with a NUL whatever the file holds.
    std::vector<char> value(found.value_size + 1);
    check({location, name},
          [&] { return H5Lget_val(location, c_name(name), value.data(), found.value_size, lapl); });
    return value;
}

}  // namespace

bool exists(Id location, const std::string& name, Id lapl) {
    return check_true({location, name}, [&] { return H5Lexists(location, c_name(name), lapl); });
}

std::string soft_value(Id location, const std::string& name, Id lapl) {
    const LockGuard guard;
    return value_of(location, name, Type::soft, lapl).data();
}

ExternalTarget external_value(Id location, const std::string& name, Id lapl) {
    const LockGuard guard;
    const std::vector<char> value = value_of(location, name, Type::external, lapl);
    unsigned flags = 0;
    const char* file = nullptr;
    const char* path = nullptr;
    check({location, name}, [&] {
        return H5Lunpack_elink_val(value.data(), value.size() - 1, &flags, &file, &path);
    });
    return {file, path};
}

void create_hard(Id object_location,
                 const std::string& object_name,
                 Id link_location,
                 const std::string& link_name,
                 Id lcpl,
                 Id lapl) {
    announce(link_location, "H5Lcreate_hard", [&] {
        return in_quotes(link_name) + ", " + in_quotes(object_name);
    });
    check({link_location, link_name}, [&] {
        return H5Lcreate_hard(
            object_location, c_name(object_name), link_location, c_name(link_name), lcpl, lapl);
    });
}

void create_soft(
    const std::string& target, Id location, const std::string& name, Id lcpl, Id lapl) {
    announce(
        location, "H5Lcreate_soft", [&] { return in_quotes(name) + ", " + in_quotes(target); });
    check({location, name},
          [&] { return H5Lcreate_soft(c_name(target), location, c_name(name), lcpl, lapl); });
}

void create_external(const std::string& file,
                     const std::string& path,
                     Id location,
                     const std::string& name,
                     Id lcpl,
                     Id lapl) {
    announce(
        location, "H5Lcreate_external", [&] { return in_quotes(name) + ", " + in_quotes(path); });
    check({location, name}, [&] {
        return H5Lcreate_external(c_name(file), c_name(path), location, c_name(name), lcpl, lapl);
    });
}

void remove(Id location, const std::string& name, Id lapl) {
    h5i::require_open(location);
    announce(location, "H5Ldelete", [&] { return in_quotes(name); });
    const LockGuard guard;
    count_name_removal();
    check({location, name}, [&] {
#if HYPERSLAB_HAS_GUNLINK
        if (lapl == H5P_DEFAULT) {  // as h5py does; its errors have other words
            return H5Gunlink(location, c_name(name));
        }
#endif
        return H5Ldelete(location, c_name(name), lapl);
    });
}

void move(Id source,
          const std::string& source_name,
          Id destination,
          const std::string& destination_name,
          Id lcpl,
          Id lapl) {
    announce(source, "H5Lmove", [&] {
        return in_quotes(source_name) + " to " + in_quotes(destination_name);
    });
    const LockGuard guard;
    count_name_removal();
    check({source, source_name}, [&] {
        return H5Lmove(
            source, c_name(source_name), destination, c_name(destination_name), lcpl, lapl);
    });
}

void copy(Id source,
          const std::string& source_name,
          Id destination,
          const std::string& destination_name,
          Id lcpl,
          Id lapl) {
    announce(source, "H5Lcopy", [&] {
        return in_quotes(source_name) + " to " + in_quotes(destination_name);
    });
    check({source, source_name}, [&] {
        return H5Lcopy(
            source, c_name(source_name), destination, c_name(destination_name), lcpl, lapl);
    });
}

std::string name_by_index(
    Id group, std::uint64_t index, const Iteration& iteration, const std::string& name, Id lapl) {
    return read_text({group, name}, [&](char* text, size_t size) {
        return H5Lget_name_by_idx(group,
                                  c_name(name),
                                  static_cast<H5_index_t>(iteration.index),
                                  static_cast<H5_iter_order_t>(iteration.order),
                                  index,
                                  text,
                                  size,
                                  lapl);
    });
}

}  // namespace hyperslab::hdf5::h5l
