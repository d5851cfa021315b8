#include "hdf5/api/h5o.hpp"

#include "hdf5/api/h5i.hpp"
#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/handle.hpp"
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
    announce(
        location, "H5Olink", [&] { return in_quotes(name) + ", " + in_quotes(h5i::name(object)); });
    check({location, name}, [&] { return H5Olink(object, location, c_name(name), lcpl, lapl); });
}

namespace {

// Whether a copy would be made into a file that is open for reading only. libhdf5 asks first when
// the copy enters its cache, which chunks do not: their bytes wait for a file that takes none, and
// the file cannot be closed any more.
bool is_copied_to_read_only(Id source, const std::string& source_name, Id destination) {
    unsigned intent = 0;
    const Handle file(H5Iget_file_id(destination));
    return file.id() >= 0 && H5Fget_intent(file.id(), &intent) >= 0 &&
           (intent & H5F_ACC_RDWR) == 0 &&
           H5Oexists_by_name(source, c_name(source_name), H5P_DEFAULT) > 0;
}

// What libhdf5 says when it copies a group.
herr_t fail_for_lack_of_intent() {
    constexpr const char* kFunction = "H5Ocopy";
    H5Eclear2(H5E_DEFAULT);
    H5Epush2(H5E_DEFAULT,
             __FILE__,
             kFunction,
             __LINE__,
             H5E_ERR_CLS,
             H5E_CACHE,
             H5E_BADVALUE,
             "no write intent on file");
    H5Epush2(H5E_DEFAULT,
             __FILE__,
             kFunction,
             __LINE__,
             H5E_ERR_CLS,
             H5E_OHDR,
             H5E_CANTCOPY,
             "unable to synchronously copy object");
    return -1;
}

}  // namespace

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
        if (is_copied_to_read_only(source, source_name, destination)) {
            return fail_for_lack_of_intent();
        }
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
