// Elements that libhdf5 has read, and what it keeps in memory for some of them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "hdf5/call/id.hpp"
#include "hdf5/types/h5t.hpp"
#include "object/elements/memory_type.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab::object {

/// Gives back what libhdf5 keeps for standard references among elements, when it dies. Strings and
/// sequences lie in the arena of the property list, which frees them itself.
class ReadElements {
public:
    ReadElements(const MemoryType& type, std::uint64_t count, std::byte* data, hdf5::Id dxpl)
        : type_(type),
          count_(has_standard_reference(type.type) ? count : 0),
          data_(data),
          dxpl_(dxpl) {}
    ~ReadElements() {
        if (count_ != 0) {
            hdf5::h5t::reclaim(type_.id(), static_cast<std::size_t>(count_), data_, dxpl_);
        }
    }
    ReadElements(const ReadElements&) = delete;
    ReadElements& operator=(const ReadElements&) = delete;

private:
    const MemoryType& type_;
    std::uint64_t count_;
    std::byte* data_;
    hdf5::Id dxpl_;
};

}  // namespace hyperslab::object
