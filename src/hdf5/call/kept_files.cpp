#include "hdf5/call/kept_files.hpp"

#include <algorithm>
#include <vector>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5 {
namespace {

// The files that are kept. The list is used under the library lock and outlives static destructors.
auto& kept_files = *new std::vector<Id>();

std::vector<Id> ids_of(Id file, unsigned types) {
    const ssize_t count = H5Fget_obj_count(file, types);
    std::vector<Id> ids(count > 0 ? static_cast<std::size_t>(count) : 0);
    if (!ids.empty() && H5Fget_obj_ids(file, types, ids.size(), ids.data()) < 0) {
        ids.clear();
    }
    return ids;
}

bool same_file(Id a, Id b) {
    unsigned long number_a = 0;
    unsigned long number_b = 1;
    return H5Fget_fileno(a, &number_a) >= 0 && H5Fget_fileno(b, &number_b) >= 0 &&
           number_a == number_b;
}

// The number of other identifiers of the same file that are in use.
std::vector<Id> twins(Id file) {
    std::vector<Id> ids = ids_of(static_cast<Id>(H5F_OBJ_ALL), H5F_OBJ_FILE);
    std::erase_if(ids, [&](Id id) { return id == file || is_kept(id) || !same_file(id, file); });
    return ids;
}

// Whether elements have parts, of which one may be of varying length.
bool has_members(Id dataset) {
    const Id type = H5Dget_type(dataset);
    const H5T_class_t kind = H5Tget_class(type);
    H5Tclose(type);
    return kind == H5T_COMPOUND || kind == H5T_ARRAY || kind == H5T_VLEN;
}

}  // namespace

bool keep_file(Id file) noexcept {
    try {
        for (const Id twin : twins(file)) {
            const std::vector<Id> datasets = ids_of(twin, H5F_OBJ_DATASET | H5F_OBJ_LOCAL);
            if (std::ranges::any_of(datasets, has_members)) {
                kept_files.push_back(file);
                return true;
            }
        }
    } catch (const std::bad_alloc&) {
        return false;
    }
    return false;
}

void close_kept_files() noexcept {
    std::vector<Id>& kept = kept_files;
    for (std::size_t i = 0; i < kept.size();) {
        const Id file = kept[i];
        bool needed = false;
        try {
            needed = !twins(file).empty();
        } catch (const std::bad_alloc&) {
            return;
        }
        if (needed) {
            ++i;
            continue;
        }
        kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(i));
        while (H5Iis_valid(file) > 0 && H5Idec_ref(file) >= 0) {
        }
    }
}

bool keep_last_reference(Id file) noexcept { return H5Iget_ref(file) == 1 && keep_file(file); }

bool is_kept(Id file) noexcept { return std::ranges::find(kept_files, file) != kept_files.end(); }

}  // namespace hyperslab::hdf5
