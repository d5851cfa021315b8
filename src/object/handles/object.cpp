#include "hyperslab/object.hpp"

#include <algorithm>
#include <functional>
#include <string_view>

#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/api/h5r.hpp"
#include "hdf5/call/lock.hpp"
#include "hyperslab/attribute.hpp"
#include "hyperslab/dataset.hpp"
#include "hyperslab/file.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab {
namespace {

using object::Access;
using object::id_of;
namespace h5r = hdf5::h5r;

const char* article_and_name(ObjectKind kind) {
    switch (kind) {
        case ObjectKind::group:
            return "a group";
        case ObjectKind::dataset:
            return "a dataset";
        case ObjectKind::committed_datatype:
            break;
    }
    return "a committed datatype";
}

template <std::size_t N>
h5r::Reference as_reference(h5r::Type type, const std::array<std::byte, N>& bytes) {
    h5r::Reference reference{type, {}};
    std::copy(bytes.begin(), bytes.end(), reference.bytes.begin());
    return reference;
}

template <class Bytes>
std::size_t hash_of(const Bytes& bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return std::hash<std::string_view>{}(text);
}

Object follow(const Object& from, const h5r::Reference& reference) {
    const object::ObjectState& state = Access::state(from);
    return object::naming(state, [&] {
        const hdf5::LockGuard guard;
        if (reference.null()) {
            throw Error(ErrorCode::invalid_argument, "A null reference points to nothing");
        }
        return object::make_object(h5r::dereference(reference, state.id()));
    });
}

}  // namespace

Object::Object(const Object& object, ObjectKind kind) : state_(object.state_) {
    const object::ObjectState& state = Access::state(object);
    if (state.kind() != kind) {
        throw Error(ErrorCode::type_mismatch,
                    "The " + state.description() + " is not " + article_and_name(kind));
    }
}

bool Object::valid() const { return state_ != nullptr && state_->valid(); }

ObjectKind Object::kind() const { return Access::state(*this).kind(); }

std::string Object::name() const { return hdf5::h5i::name(id_of(*this)); }

File Object::file() const { return File(*this); }

Group Object::parent() const {
    const hdf5::LockGuard guard;
    const std::string path = name();
    if (path.empty()) {
        throw Error(ErrorCode::invalid_argument,
                    "The " + Access::state(*this).description() + " has no name and no parent");
    }
    const std::size_t slash = path.rfind('/');
    return file().group(slash == 0 ? "/" : path.substr(0, slash));
}

Attributes Object::attributes() const { return Attributes(*this); }

ObjectInfo Object::info() const {
    const hdf5::h5o::Info info = hdf5::h5o::info(id_of(*this), hdf5::h5o::Detail::basic);
    return {info.address, info.reference_count, info.change_time, info.attribute_count};
}

ObjectReference Object::reference() const {
    const h5r::Reference made = h5r::create_object(id_of(*this), ".");
    ObjectReference reference;
    std::copy_n(made.bytes.begin(), reference.bytes.size(), reference.bytes.begin());
    return reference;
}

Object Object::dereference(const ObjectReference& reference) const {
    return follow(*this, as_reference(h5r::Type::object, reference.bytes));
}

Dataset Object::dereference(const RegionReference& reference) const {
    return follow(*this, as_reference(h5r::Type::region, reference.bytes));
}

bool operator==(const Object& a, const Object& b) {
    if (a.state_ == b.state_) {
        return true;
    }
    const hdf5::LockGuard guard;
    return a.valid() && b.valid() &&
           hdf5::h5o::identity(a.state_->id()) == hdf5::h5o::identity(b.state_->id());
}

std::size_t Object::hash() const {
    const hdf5::h5o::Identity identity = hdf5::h5o::identity(id_of(*this));
    return hash_of(identity.token) ^ identity.file_number;
}

std::size_t ObjectReference::hash() const { return hash_of(bytes); }
std::size_t RegionReference::hash() const { return hash_of(bytes); }

}  // namespace hyperslab
