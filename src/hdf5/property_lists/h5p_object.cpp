#include "hdf5/property_lists/h5p_object.hpp"
#include "hdf5/call/c_name.hpp"

#include <limits>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5p {

static_assert(kCreationOrderTracked == H5P_CRT_ORDER_TRACKED);
static_assert(kCreationOrderIndexed == H5P_CRT_ORDER_INDEXED);

void set_attr_phase_change(Id ocpl, PhaseChange phase_change) {
    check({}, [&] {
        return H5Pset_attr_phase_change(ocpl, phase_change.max_compact, phase_change.min_dense);
    });
}

PhaseChange get_attr_phase_change(Id ocpl) {
    PhaseChange value;
    check({}, [&] { return H5Pget_attr_phase_change(ocpl, &value.max_compact, &value.min_dense); });
    return value;
}

void set_attr_creation_order(Id ocpl, unsigned flags) {
    check({}, [&] { return H5Pset_attr_creation_order(ocpl, flags); });
}

unsigned get_attr_creation_order(Id ocpl) {
    unsigned flags = 0;
    check({}, [&] { return H5Pget_attr_creation_order(ocpl, &flags); });
    return flags;
}

void set_obj_track_times(Id ocpl, bool track) {
    check({}, [&] { return H5Pset_obj_track_times(ocpl, track); });
}

bool get_obj_track_times(Id ocpl) {
    hbool_t track = false;
    check({}, [&] { return H5Pget_obj_track_times(ocpl, &track); });
    return track;
}

void set_link_creation_order(Id gcpl, unsigned flags) {
    check({}, [&] { return H5Pset_link_creation_order(gcpl, flags); });
}

unsigned get_link_creation_order(Id gcpl) {
    unsigned flags = 0;
    check({}, [&] { return H5Pget_link_creation_order(gcpl, &flags); });
    return flags;
}

void set_link_phase_change(Id gcpl, PhaseChange phase_change) {
    check({}, [&] {
        return H5Pset_link_phase_change(gcpl, phase_change.max_compact, phase_change.min_dense);
    });
}

PhaseChange get_link_phase_change(Id gcpl) {
    PhaseChange value;
    check({}, [&] { return H5Pget_link_phase_change(gcpl, &value.max_compact, &value.min_dense); });
    return value;
}

void set_est_link_info(Id gcpl, unsigned count, unsigned name_length) {
    check({}, [&] { return H5Pset_est_link_info(gcpl, count, name_length); });
}

std::pair<unsigned, unsigned> get_est_link_info(Id gcpl) {
    std::pair<unsigned, unsigned> info;
    check({}, [&] { return H5Pget_est_link_info(gcpl, &info.first, &info.second); });
    return info;
}

void set_local_heap_size_hint(Id gcpl, std::size_t bytes) {
    if (bytes > std::numeric_limits<std::uint32_t>::max()) {  // libhdf5 cuts it off, or aborts
        throw Error(ErrorCode::invalid_argument, "The size hint of a local heap is below 4 GiB");
    }
    check({}, [&] { return H5Pset_local_heap_size_hint(gcpl, bytes); });
}

std::size_t get_local_heap_size_hint(Id gcpl) {
    std::size_t bytes = 0;
    check({}, [&] { return H5Pget_local_heap_size_hint(gcpl, &bytes); });
    return bytes;
}

void set_copy_object(Id ocpypl, unsigned flags) {
    check({}, [&] { return H5Pset_copy_object(ocpypl, flags); });
}

unsigned get_copy_object(Id ocpypl) {
    unsigned flags = 0;
    check({}, [&] { return H5Pget_copy_object(ocpypl, &flags); });
    return flags;
}

void add_merge_committed_dtype_path(Id ocpypl, const std::string& path) {
    check({}, [&] { return H5Padd_merge_committed_dtype_path(ocpypl, c_name(path)); });
}

void free_merge_committed_dtype_paths(Id ocpypl) {
    check({}, [&] { return H5Pfree_merge_committed_dtype_paths(ocpypl); });
}

}  // namespace hyperslab::hdf5::h5p
