// Reference, RegionReference and StandardReference: references as Python holds them.
//
// The first two are values: copying bytes is all that reading and writing them takes. Only with an
// object of the file that they come from do they lead anywhere (h5r). A StandardReference owns what
// libhdf5 keeps for it and knows its file.
#pragma once

#include <cstddef>
#include <cstring>

#include "hdf5/api/h5r.hpp"
#include "hdf5/api/h5r_standard.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

struct Reference {
    static constexpr std::size_t kSize = hdf5::h5r::kObjectSize;

    /// An object reference from its 8 bytes.
    static Reference object(const std::byte* bytes) {
        Reference made;
        std::memcpy(made.value.bytes.data(), bytes, kSize);
        return made;
    }

    const std::byte* data() const { return value.bytes.data(); }
    bool is_region() const { return value.type == hdf5::h5r::Type::region; }

    hdf5::h5r::Reference value{};
};

struct RegionReference : Reference {
    static constexpr std::size_t kSize = hdf5::h5r::kRegionSize;

    RegionReference() { value.type = hdf5::h5r::Type::region; }

    /// A region reference from its 12 bytes.
    static RegionReference region(const std::byte* bytes) {
        RegionReference made;
        std::memcpy(made.value.bytes.data(), bytes, kSize);
        return made;
    }
};

struct StandardReference {
    hdf5::h5r::StandardReference value{};
};

}  // namespace hyperslab::python
