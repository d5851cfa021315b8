#include "hdf5/api/h5ds.hpp"

#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/text.hpp"
#include "hdf5/changes/name_removals.hpp"

namespace hyperslab::hdf5::h5ds {

void set_scale(Id dataset, const std::string& name) {
    const LockGuard guard;
    count_name_removal();  // of a scale that gets another name
    check({dataset}, [&] { return H5DSset_scale(dataset, c_name(name)); });
}

bool is_scale(Id dataset) {
    return check_true({dataset}, [&] { return H5DSis_scale(dataset); });
}

// Attaching and detaching replace the attributes that say so.

void attach_scale(Id dataset, Id scale, unsigned axis) {
    const LockGuard guard;
    count_name_removal();
    check({dataset}, [&] { return H5DSattach_scale(dataset, scale, axis); });
}

void detach_scale(Id dataset, Id scale, unsigned axis) {
    const LockGuard guard;
    count_name_removal();
    check({dataset}, [&] { return H5DSdetach_scale(dataset, scale, axis); });
}

bool is_attached(Id dataset, Id scale, unsigned axis) {
    return check_true({dataset}, [&] { return H5DSis_attached(dataset, scale, axis); });
}

int scale_count(Id dataset, unsigned axis) {
    return check({dataset}, [&] { return H5DSget_num_scales(dataset, axis); });
}

std::string label(Id dataset, unsigned axis) {
    return read_text({dataset}, [&](char* text, size_t size) {
        return H5DSget_label(dataset, axis, text, size);
    });
}

void set_label(Id dataset, unsigned axis, const std::string& label) {
    check({dataset}, [&] { return H5DSset_label(dataset, axis, c_name(label)); });
}

std::string scale_name(Id scale) {
    return read_text(
        {scale}, [&](char* text, size_t size) { return H5DSget_scale_name(scale, text, size); });
}

std::vector<Handle> scales(Id dataset, unsigned axis, int start) {
    const auto collect = [](hid_t, unsigned, hid_t scale, void* found) noexcept -> herr_t {
        // The iteration closes its identifier, so ours needs a reference of its own.
        if (H5Iinc_ref(scale) < 0) {
            return -1;
        }
        static_cast<std::vector<Handle>*>(found)->emplace_back(scale);
        return 0;
    };
    std::vector<Handle> found;
    int position = start;
    check({dataset}, [&] { return H5DSiterate_scales(dataset, axis, &position, collect, &found); });
    return found;
}

}  // namespace hyperslab::hdf5::h5ds
