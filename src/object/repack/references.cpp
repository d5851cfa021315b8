#include "object/repack/references.hpp"

#include <algorithm>
#include <cstring>

#include "core/checked.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/api/h5r.hpp"

namespace hyperslab::object {
namespace {

namespace h5r = hdf5::h5r;
using hdf5::Handle;

/// A sequence as libhdf5 has it in memory (hvl_t).
struct Sequence {
    std::size_t length;
    void* elements;
};

h5r::Reference reference_at(h5r::Type type, const std::byte* element) {
    h5r::Reference reference{type, {}};
    std::copy_n(element, h5r::size_of(type), reference.bytes.begin());
    return reference;
}

}  // namespace

TurnedReferences::TurnedReferences(Repacking& work,
                                   const Datatype& type,
                                   std::byte* elements,
                                   std::size_t count)
    : work_(work) {
    if (type.has_reference()) {
        turn_each(type, elements, count);
    }
}

TurnedReferences::~TurnedReferences() {
    for (const auto& [place, bytes] : before_) {
        std::copy(bytes.begin(), bytes.end(), place);
    }
}

void TurnedReferences::turn_each(const Datatype& type, std::byte* elements, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        turn(type, elements + i * type.size());
    }
}

void TurnedReferences::turn(const Datatype& type, std::byte* element) {
    if (!type.has_reference()) {
        return;
    }
    switch (type.type_class()) {
        case TypeClass::reference:
            switch (type.reference_kind()) {
                case ReferenceKind::object:
                    return turn_object(element);
                case ReferenceKind::region:
                    return turn_region(element);
                case ReferenceKind::standard:
                    return turn_standard(element);
            }
            return;
        case TypeClass::compound:
            for (const CompoundMember& member : type.members()) {
                turn(member.type, element + member.offset);
            }
            return;
        case TypeClass::array:
            return turn_each(
                type.base(), element, core::checked_size(core::checked_product(type.array_dims())));
        case TypeClass::vlen: {
            Sequence sequence{};
            std::memcpy(&sequence, element, sizeof sequence);
            return turn_each(
                type.base(), static_cast<std::byte*>(sequence.elements), sequence.length);
        }
        default:
            return;
    }
}

void TurnedReferences::turn_object(std::byte* element) {
    Address address = 0;
    std::memcpy(&address, element, sizeof address);
    if (address == 0) {
        return;
    }
    const CopiedObject* const found = work_.objects.find(address);
    lost_ += found == nullptr ? 1 : 0;
    address = found == nullptr ? 0 : found->target;
    std::memcpy(element, &address, sizeof address);
}

void TurnedReferences::turn_region(std::byte* element) {
    h5r::Reference reference = reference_at(h5r::Type::region, element);
    if (reference.null()) {
        return;
    }
    h5r::Reference made{h5r::Type::region, {}};
    try {
        const Handle dataset = h5r::dereference(reference, work_.source);
        const CopiedObject* const found =
            work_.objects.find(address_of(hdf5::h5o::identity(dataset.id())));
        if (found != nullptr) {
            const Handle region = h5r::region(reference, work_.source);
            const Handle target = open_at(work_.target, found->target);
            made = h5r::create_region(target.id(), ".", region.id());
        }
    } catch (const Error&) {  // it leads to what was deleted
        made = {h5r::Type::region, {}};
    }
    lost_ += made.null() ? 1 : 0;
    std::copy_n(made.bytes.begin(), h5r::kRegionSize, element);
}

void TurnedReferences::turn_standard(std::byte* element) {
    const bool is_null = std::all_of(
        element, element + h5r::kStandardSize, [](std::byte b) { return b == std::byte{0}; });
    if (is_null) {
        return;
    }
    const h5r::StandardReference old = h5r::StandardReference::copy_of(element);
    if (old.null() || old.file_name() != hdf5::h5f::name(work_.source)) {
        return;  // to another file, which stays where it is
    }
    Bytes bytes{};
    std::copy_n(element, bytes.size(), bytes.begin());
    before_.emplace_back(element, bytes);
    h5r::StandardReference made;
    try {
        made = turned(old);
    } catch (const Error&) {  // it leads to what was deleted
        made = {};
    }
    if (made.null()) {
        ++lost_;
        std::fill_n(element, h5r::kStandardSize, std::byte{0});
        return;
    }
    made.put_into(element);
    made_.push_back(std::move(made));
}

h5r::StandardReference TurnedReferences::turned(const h5r::StandardReference& old) {
    const Handle object = old.open_object();
    const CopiedObject* const found =
        work_.objects.find(address_of(hdf5::h5o::identity(object.id())));
    if (found == nullptr) {
        return {};
    }
    const Handle target = open_at(work_.target, found->target);
    switch (old.type()) {
        case h5r::StandardType::region:
            return h5r::StandardReference::to_region(target.id(), ".", old.open_region().id());
        case h5r::StandardType::attribute:
            return h5r::StandardReference::to_attribute(target.id(), ".", old.attribute_name());
        case h5r::StandardType::object:
            break;
    }
    return h5r::StandardReference::to_object(target.id(), ".");
}

}  // namespace hyperslab::object
