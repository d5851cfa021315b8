// References: elements and attribute values that point to an object, or to a part of a dataset.
//
//     file.create_dataset("latest", flux.reference());
//     hs::Dataset latest = file.dereference(file.dataset("latest").get<hs::ObjectReference>());
//
// A reference is bytes that mean something in the file that they were made for, and there only.
// Without a file it can be copied, stored and compared; Object::dereference follows it.
#pragma once

#include <array>
#include <cstddef>
#include <functional>

namespace hyperslab {

/// Points to a group, dataset or committed datatype. Made by Object::reference().
/// Source: hobj_ref_t.
struct ObjectReference {
    std::array<std::byte, 8> bytes{};

    /// Whether the reference points to nothing.
    bool null() const { return *this == ObjectReference{}; }
    std::size_t hash() const;

    friend bool operator==(const ObjectReference&, const ObjectReference&) = default;
};

/// Points to elements of a dataset. Made by Dataset::region_reference(). Source: hdset_reg_ref_t.
struct RegionReference {
    std::array<std::byte, 12> bytes{};

    bool null() const { return *this == RegionReference{}; }
    std::size_t hash() const;

    friend bool operator==(const RegionReference&, const RegionReference&) = default;
};

}  // namespace hyperslab

template <>
struct std::hash<hyperslab::ObjectReference> {
    std::size_t operator()(const hyperslab::ObjectReference& reference) const {
        return reference.hash();
    }
};
template <>
struct std::hash<hyperslab::RegionReference> {
    std::size_t operator()(const hyperslab::RegionReference& reference) const {
        return reference.hash();
    }
};
