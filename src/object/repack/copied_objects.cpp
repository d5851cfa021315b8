#include "object/repack/copied_objects.hpp"

#include <algorithm>
#include <utility>

#include "core/little_endian.hpp"
#include "hdf5/api/h5r.hpp"

namespace hyperslab::object {

Address address_of(const hdf5::h5o::Identity& identity) {
    return core::load_little_endian<std::uint64_t>(identity.token.data());
}

hdf5::Handle open_at(hdf5::Id file, Address address) {
    hdf5::h5r::Reference reference;
    static_assert(sizeof address == hdf5::h5r::kObjectSize);
    std::copy_n(
        reinterpret_cast<const std::byte*>(&address), sizeof address, reference.bytes.begin());
    return hdf5::h5r::dereference(reference, file);
}

void CopiedObjects::add(CopiedObject object) {
    places_.emplace(object.source, objects_.size());
    objects_.push_back(std::move(object));
}

const CopiedObject* CopiedObjects::find(Address source) const {
    const auto found = places_.find(source);
    return found == places_.end() ? nullptr : &objects_[found->second];
}

}  // namespace hyperslab::object
