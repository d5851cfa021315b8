#include "object/repack/group_list.hpp"

#include "hdf5/api/h5g.hpp"
#include "hdf5/property_lists/h5p.hpp"

namespace hyperslab::object {

namespace h5p = hdf5::h5p;

void copy_group_properties(hdf5::Id group, hdf5::Id to) {
    const hdf5::Handle gcpl = hdf5::h5g::create_plist(group);
    const hdf5::Id from = gcpl.id();
    h5p::set_link_creation_order(to, h5p::get_link_creation_order(from));
    h5p::set_link_phase_change(to, h5p::get_link_phase_change(from));
    const auto [links, name_length] = h5p::get_est_link_info(from);
    h5p::set_est_link_info(to, links, name_length);
    h5p::set_attr_creation_order(to, h5p::get_attr_creation_order(from));
    h5p::set_attr_phase_change(to, h5p::get_attr_phase_change(from));
    h5p::set_obj_track_times(to, h5p::get_obj_track_times(from));
}

hdf5::Handle group_list(hdf5::Id group) {
    hdf5::Handle made = h5p::create(h5p::ListClass::group_create);
    copy_group_properties(group, made.id());
    const hdf5::Handle before = hdf5::h5g::create_plist(group);
    h5p::set_local_heap_size_hint(made.id(), h5p::get_local_heap_size_hint(before.id()));
    const int filters = h5p::get_nfilters(before.id());
    for (int i = 0; i < filters; ++i) {
        const h5p::FilterStage stage = h5p::get_filter(before.id(), static_cast<unsigned>(i));
        h5p::set_filter(made.id(), stage.id, stage.flags, stage.values);
    }
    return made;
}

}  // namespace hyperslab::object
