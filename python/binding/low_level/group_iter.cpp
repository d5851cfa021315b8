#include "low_level/group_iter.hpp"

#include <algorithm>

#include "hdf5/api/h5g.hpp"
#include "hdf5/api/h5l.hpp"
#include "ids/group_id.hpp"

namespace hyperslab::python {

GroupIter::GroupIter(nb::object group, bool reversed)
    : group_(std::move(group)), reversed_(reversed) {
    hdf5::h5g::link_count(nb::cast<const GroupID&>(group_).id());
}

std::unique_ptr<std::vector<std::string>> GroupIter::take_names() const {
    auto names = std::make_unique<std::vector<std::string>>();
    const nb::object group = group_;  // the last name may be given out meanwhile
    const hdf5::Id id = nb::cast<const GroupID&>(group).id();
    if (hdf5::h5g::link_count(id) == 0) {
        return names;
    }
    const hdf5::IndexType index = hdf5::h5g::tracks_creation_order(id)
                                      ? hdf5::IndexType::creation_order
                                      : hdf5::IndexType::name;
    *names = hdf5::h5l::names(id, {.index = index});
    if (reversed_) {
        std::ranges::reverse(*names);
    }
    return names;
}

nb::bytes GroupIter::next() {
    const std::vector<std::string>& names = names_.get([this] { return take_names(); });
    if (position_ == names.size()) {
        group_.reset();
        throw nb::stop_iteration();
    }
    return to_bytes(names[position_++]);
}

}  // namespace hyperslab::python
