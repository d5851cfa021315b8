#include "hdf5/api/h5o.hpp"

#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/text.hpp"
#include "hdf5/changes/announce.hpp"
#include "hdf5/changes/data_changes.hpp"
#include "hdf5/changes/extent_changes.hpp"
#include "hdf5/changes/name_removals.hpp"

namespace hyperslab::hdf5::h5o {

static_assert(static_cast<int>(Type::map) == H5O_TYPE_MAP);
static_assert(kCopyPreserveNull == H5O_COPY_PRESERVE_NULL_FLAG);
static_assert(kCopyExpandReference == H5O_COPY_EXPAND_REFERENCE_FLAG);
static_assert(sizeof(Identity::token) == sizeof(H5O_token_t));

Handle open(Id location, const std::string& name, Id lapl) {
    return Handle(check({location, name}, [&] { return H5Oopen(location, c_name(name), lapl); }));
}

bool exists_by_name(Id location, const std::string& name, Id lapl) {
    return check_true({location, name},
                      [&] { return H5Oexists_by_name(location, c_name(name), lapl); });
}

void link(Id object, Id location, const std::string& name, Id lcpl, Id lapl) {
    announce(location, "H5Olink", [&] { return in_quotes(name); });
    check({location, name}, [&] { return H5Olink(object, location, c_name(name), lcpl, lapl); });
}

void copy(Id source,
          const std::string& source_name,
          Id destination,
          const std::string& destination_name,
          Id copy_plist,
          Id lcpl) {
    announce(destination, "H5Ocopy", [&] {
        return in_quotes(source_name) + " to " + in_quotes(destination_name);
    });
    check({source, source_name}, [&] {
        return H5Ocopy(
            source, c_name(source_name), destination, c_name(destination_name), copy_plist, lcpl);
    });
}

std::string comment(Id location, const std::string& name, Id lapl) {
    return read_text({location, name}, [&](char* text, size_t size) {
        return H5Oget_comment_by_name(location, c_name(name), text, size, lapl);
    });
}

void set_comment(Id location, const char* comment, const std::string& name, Id lapl) {
    check({location, name},
          [&] { return H5Oset_comment_by_name(location, c_name(name), comment, lapl); });
}

void flush(Id object) {
    check({object}, [&] { return H5Oflush(object); });
}

void refresh(Id object) {
    const LockGuard guard;
    count_extent_change();
    count_data_change();
    count_name_removal();
    check({object}, [&] { return H5Orefresh(object); });
}

}  // namespace hyperslab::hdf5::h5o
