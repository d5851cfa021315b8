// Fills the structs of Arrow's C data interface, and gives back what they hold.
#pragma once

#include <cstdint>
#include <vector>

#include "arrow/abi.hpp"
#include "arrow/buffer.hpp"
#include "arrow/field.hpp"

namespace hyperslab::arrow {

/// What an ArrowArray is made of.
struct ArrayParts {
    std::int64_t length = 0;
    std::int64_t null_count = 0;
    bool has_validity = false;      ///< whether the first of `buffers` is the validity bitmap
    std::vector<Buffer> buffers{};  ///< without the validity bitmap when there is none
    std::vector<ArrowArray> children{};
    std::vector<ArrowArray> dictionary{};  ///< at most one
};

/// The array that owns its parts, until it is released.
ArrowArray make_array(ArrayParts parts);

/// The schema of a field.
ArrowSchema make_schema(const Field& field);

/// Releases what has not been released or moved.
template <class Struct>
void release(Struct& owner) {
    if (owner.release != nullptr) {
        owner.release(&owner);
    }
}

/// A struct of Arrow that is released unless it is taken over.
template <class Struct>
class Owned {
public:
    explicit Owned(Struct value) : value_(value) {}
    ~Owned() { release(value_); }
    Owned(const Owned&) = delete;
    Owned& operator=(const Owned&) = delete;

    Struct take() {
        const Struct taken = value_;
        value_.release = nullptr;
        return taken;
    }

private:
    Struct value_;
};

}  // namespace hyperslab::arrow
