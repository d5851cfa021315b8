#include "group_iter.hpp"

#include <algorithm>

#include "group_id.hpp"
#include "hdf5/h5g.hpp"
#include "hdf5/h5l.hpp"

namespace hyperslab::python {

GroupIter::GroupIter(nb::object group, bool reversed)
    : group_(std::move(group)), reversed_(reversed) {
    hdf5::h5g::link_count(nb::cast<const GroupID&>(group_).id());
}

void GroupIter::take_names() {
    started_ = true;
    const hdf5::Id id = nb::cast<const GroupID&>(group_).id();
    if (hdf5::h5g::link_count(id) == 0) {
        return;
    }
    const hdf5::IndexType index = hdf5::h5g::tracks_creation_order(id)
                                      ? hdf5::IndexType::creation_order
                                      : hdf5::IndexType::name;
    names_ = hdf5::h5l::names(id, {.index = index});
    if (reversed_) {
        std::reverse(names_.begin(), names_.end());
    }
}

nb::bytes GroupIter::next() {
    if (!started_) {
        take_names();
    }
    if (position_ == names_.size()) {
        group_.reset();
        throw nb::stop_iteration();
    }
    return to_bytes(names_[position_++]);
}

}  // namespace hyperslab::python
