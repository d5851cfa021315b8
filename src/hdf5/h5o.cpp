#include "hdf5/h5o.hpp"

#include <string_view>

#include "hdf5/call.hpp"
#include "hdf5/capi.hpp"
#include "hdf5/data_changes.hpp"
#include "hdf5/extent_changes.hpp"
#include "hdf5/text.hpp"

namespace hyperslab::hdf5::h5o {

static_assert(static_cast<int>(Type::map) == H5O_TYPE_MAP);
static_assert(kCopyPreserveNull == H5O_COPY_PRESERVE_NULL_FLAG);
static_assert(kCopyExpandReference == H5O_COPY_EXPAND_REFERENCE_FLAG);
static_assert(sizeof(Identity::token) == sizeof(H5O_token_t));

Handle open(Id location, const std::string& name, Id lapl) {
    return Handle(check({location, name}, [&] { return H5Oopen(location, name.c_str(), lapl); }));
}

bool exists_by_name(Id location, const std::string& name, Id lapl) {
    return check_true({location, name},
                      [&] { return H5Oexists_by_name(location, name.c_str(), lapl); });
}

void link(Id object, Id location, const std::string& name, Id lcpl, Id lapl) {
    check({location, name}, [&] { return H5Olink(object, location, name.c_str(), lcpl, lapl); });
}

void copy(Id source,
          const std::string& source_name,
          Id destination,
          const std::string& destination_name,
          Id copy_plist,
          Id lcpl) {
    check({source, source_name}, [&] {
        return H5Ocopy(
            source, source_name.c_str(), destination, destination_name.c_str(), copy_plist, lcpl);
    });
}

std::string comment(Id location, const std::string& name, Id lapl) {
    return read_text({location, name}, [&](char* text, size_t size) {
        return H5Oget_comment_by_name(location, name.c_str(), text, size, lapl);
    });
}

void set_comment(Id location, const char* comment, const std::string& name, Id lapl) {
    check({location, name},
          [&] { return H5Oset_comment_by_name(location, name.c_str(), comment, lapl); });
}

namespace {

// Basic information is all that a walk may ask for, and it hides a damaged dataset. Opening tells,
// and follows no index. Only where that fails is the question asked that h5py's walk asks of every
// object: how large its metadata are.
bool is_sound(hid_t start, const char* path, const H5O_info2_t& info) noexcept {
    const hid_t object = H5Oopen_by_token(start, info.token);
    if (object >= 0) {
        return H5Oclose(object) >= 0;
    }
    H5O_native_info_t sizes;
    return H5Oget_native_info_by_name(
               start, path, &sizes, H5O_NATIVE_INFO_META_SIZE, H5P_DEFAULT) >= 0;
}

}  // namespace

std::vector<std::string> visit_names(Id location,
                                     VisitCheck check_of,
                                     const Iteration& iteration,
                                     const std::string& name,
                                     Id lapl) {
    struct Found {
        bool open_datasets;
        std::vector<std::string> names;
    };
    Found found{check_of == VisitCheck::datasets, {}};
    const auto collect =
        [](hid_t start, const char* path, const H5O_info2_t* info, void* data) noexcept {
            auto& into = *static_cast<Found*>(data);
            if (std::string_view(path) == ".") {
                return H5_ITER_CONT;
            }
            if (into.open_datasets && info->type == H5O_TYPE_DATASET &&
                !is_sound(start, path, *info)) {
                return H5_ITER_ERROR;
            }
            into.names.emplace_back(path);
            return H5_ITER_CONT;
        };
    check({location, name}, [&] {
        return H5Ovisit_by_name3(location,
                                 name.c_str(),
                                 static_cast<H5_index_t>(iteration.index),
                                 static_cast<H5_iter_order_t>(iteration.order),
                                 collect,
                                 &found,
                                 H5O_INFO_BASIC,
                                 lapl);
    });
    return std::move(found.names);
}

void flush(Id object) {
    check({object}, [&] { return H5Oflush(object); });
}

void refresh(Id object) {
    const LockGuard guard;
    count_extent_change();
    count_data_change();
    check({object}, [&] { return H5Orefresh(object); });
}

}  // namespace hyperslab::hdf5::h5o
