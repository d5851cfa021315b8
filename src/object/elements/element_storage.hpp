// What an ElementArray shares with its copies.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "hdf5/call/handle.hpp"
#include "hdf5/types/vlen_arena.hpp"
#include "hyperslab/datatype.hpp"
#include "hyperslab/element.hpp"
#include "hyperslab/shape.hpp"
#include "object/elements/element_buffer.hpp"

namespace hyperslab::detail {

class ElementStorage {
public:
    ElementStorage(Datatype type, Shape shape)
        : type_(std::move(type)),
          shape_(std::move(shape)),
          count_(element_count(shape_)),
          buffer_(count_, type_.size()) {}
    ElementStorage(const ElementStorage&) = delete;
    ElementStorage& operator=(const ElementStorage&) = delete;
    /// Gives back what the elements own, if they own it.
    ~ElementStorage();

    const Datatype& type() const { return type_; }
    const Shape& shape() const { return shape_; }
    std::uint64_t count() const { return count_; }
    object::ElementBuffer& buffer() { return buffer_; }
    const object::ElementBuffer& buffer() const { return buffer_; }

    /// The property list to read with: what elements point to is then kept here.
    hdf5::Id dxpl() {
        arena_.emplace();
        return arena_->dxpl();
    }

    /// Says that elements own what they point to: it came from libhdf5's malloc, or libhdf5 keeps
    /// it for references.
    void own(hdf5::Handle type) { owned_type_ = std::move(type); }

private:
    Datatype type_;
    Shape shape_;
    std::uint64_t count_;
    object::ElementBuffer buffer_;
    std::optional<hdf5::VlenArena> arena_;
    hdf5::Handle owned_type_;
};

}  // namespace hyperslab::detail
