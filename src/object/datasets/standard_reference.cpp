#include "hyperslab/standard_reference.hpp"

#include <algorithm>
#include <array>

#include "engine/library/select.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5r_standard.hpp"
#include "hdf5/call/lock.hpp"
#include "hyperslab/dataset.hpp"
#include "object/attributes/attribute_io.hpp"
#include "object/datasets/space_selection.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab {
namespace {

using hdf5::h5r::StandardType;
using object::id_of;

// Start, length of a block, distance of blocks and number of them; one block where they touch.
std::array<std::uint64_t, 4> blocks_of(const Selection& selection, std::size_t axis) {
    const std::uint64_t count = selection.count()[axis];
    const std::uint64_t block = selection.block()[axis];
    const std::uint64_t stride = selection.stride()[axis];
    const std::uint64_t start = selection.start()[axis];
    return count <= 1 || stride == block
               ? std::array{start, count * block, std::uint64_t{0}, std::uint64_t{1}}
               : std::array{start, block, stride, count};
}

bool is_same(const Selection& a, const Selection& b) {
    if (!std::ranges::equal(a.extent(), b.extent()) || a.start().empty() != b.start().empty() ||
        !std::ranges::equal(a.points(), b.points())) {
        return false;
    }
    for (std::size_t d = 0; d < a.start().size(); ++d) {
        if (blocks_of(a, d) != blocks_of(b, d)) {
            return false;
        }
    }
    return true;
}

}  // namespace

namespace object {

/// Copies of a public reference share it.
class HeldReference {
public:
    explicit HeldReference(hdf5::h5r::StandardReference given) : reference(std::move(given)) {}

    hdf5::h5r::StandardReference reference;
};

namespace {

std::shared_ptr<const HeldReference> held(hdf5::h5r::StandardReference reference) {
    return std::make_shared<const HeldReference>(std::move(reference));
}

const hdf5::h5r::StandardReference& reference_in(const std::shared_ptr<const HeldReference>& held) {
    if (held == nullptr) {
        throw Error(ErrorCode::invalid_argument, "A null reference points to nothing");
    }
    return held->reference;
}

}  // namespace
}  // namespace object

using Reference = hdf5::h5r::StandardReference;

StandardReference::StandardReference(const Object& object)
    : held_(object::held(Reference::to_object(id_of(object), "."))) {}

StandardReference::StandardReference(const Object& object, const std::string& attribute) {
    const hdf5::LockGuard guard;
    object::require_attribute(object, attribute);
    held_ = object::held(Reference::to_attribute(id_of(object), ".", attribute));
}

StandardReference::StandardReference(const Dataset& dataset, const Selection& selection) {
    const hdf5::LockGuard guard;
    const hdf5::Handle space = hdf5::h5d::space(id_of(dataset));
    engine::apply_selection(detail::require_extent(dataset, selection), space.id());
    held_ = object::held(Reference::to_region(id_of(dataset), ".", space.id()));
}

StandardReference::Kind StandardReference::kind() const {
    if (held_ == nullptr) {
        return Kind::null;
    }
    switch (held_->reference.type()) {
        case StandardType::object:
            return Kind::object;
        case StandardType::region:
            return Kind::region;
        case StandardType::attribute:
            break;
    }
    return Kind::attribute;
}

std::string StandardReference::file_name() const { return object::reference_in(held_).file_name(); }

std::string StandardReference::object_name() const {
    return object::reference_in(held_).object_name();
}

std::string StandardReference::attribute_name() const {
    return object::reference_in(held_).attribute_name();
}

Object StandardReference::object() const {
    const hdf5::LockGuard guard;
    return object::make_object(object::reference_in(held_).open_object());
}

Selection StandardReference::region() const {
    const hdf5::LockGuard guard;
    return object::selection_of(object::reference_in(held_).open_region().id());
}

// H5Requal is of no use: one that was read is not equal to the one that was written.
bool operator==(const StandardReference& a, const StandardReference& b) {
    if (a.held_ == b.held_ || a.kind() != b.kind()) {
        return a.held_ == b.held_;
    }
    const hdf5::LockGuard guard;
    if (a.object() != b.object()) {
        return false;
    }
    switch (a.kind()) {
        case StandardReference::Kind::attribute:
            return a.attribute_name() == b.attribute_name();
        case StandardReference::Kind::region:
            return is_same(a.region(), b.region());
        default:
            return true;
    }
}

void NativeType<StandardReference>::load(const std::byte* element, StandardReference& value) {
    Reference reference = Reference::copy_of(element);
    value.held_ = reference.null() ? nullptr : object::held(std::move(reference));
}

void NativeType<StandardReference>::store(const StandardReference& value,
                                          std::byte* element,
                                          detail::ElementMemory& /*memory*/) {
    (value.held_ == nullptr ? Reference() : value.held_->reference).put_into(element);
}

}  // namespace hyperslab
