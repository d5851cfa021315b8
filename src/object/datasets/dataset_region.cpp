// Parts of datasets by reference, and members of their elements.

#include "engine/library/select.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5r.hpp"
#include "hdf5/call/lock.hpp"
#include "hyperslab/dataset.hpp"
#include "object/datasets/space_selection.hpp"
#include "object/elements/memory_type.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab {

namespace h5r = hdf5::h5r;
using object::Access;
using object::id_of;

Selection Dataset::select_region(const RegionReference& region) const {
    const object::ObjectState& state = Access::state(static_cast<const Object&>(*this));
    return object::naming(state, [&] {
        const hdf5::LockGuard guard;
        if (region.null()) {
            throw Error(ErrorCode::invalid_argument, "A null region reference points to nothing");
        }
        if (dereference(region) != *this) {
            throw Error(ErrorCode::invalid_argument,
                        "A region reference that points into another dataset was given");
        }
        const h5r::Reference reference{h5r::Type::region, region.bytes};
        return object::selection_of(h5r::region(reference, state.id()).id());
    });
}

RegionReference Dataset::reference_to(const IndexExpression& expression) const {
    const hdf5::LockGuard guard;
    return reference_to(select(expression));
}

RegionReference Dataset::reference_to(const Selection& selection) const {
    const hdf5::LockGuard guard;
    const hdf5::Id id = id_of(*this);
    const hdf5::Handle space = hdf5::h5d::space(id);
    engine::apply_selection(detail::require_extent(*this, selection), space.id());
    // The reference is kept in the file.
    return object::changing(Access::state(static_cast<const Object&>(*this)), [&] {
        return RegionReference{h5r::create_region(id, ".", space.id()).bytes};
    });
}

Field Dataset::field(const std::string& name) const { return Field(*this, {name}); }

Field::Field(Dataset dataset, std::vector<std::string> path)
    : dataset_(std::move(dataset)), path_(std::move(path)) {
    datatype();
}

Datatype Field::datatype() const {
    const Object& dataset = dataset_;
    return object::naming(Access::state(dataset),
                          [&] { return object::member_type(dataset_.datatype(), path_); });
}

Field Field::field(const std::string& name) const {
    std::vector<std::string> path = path_;
    path.push_back(name);
    return Field(dataset_, std::move(path));
}

}  // namespace hyperslab
