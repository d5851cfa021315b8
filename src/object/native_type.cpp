// The parts of NativeType that need not be compiled for every type.

#include "hyperslab/native_type.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <utility>

#include "core/checked.hpp"
#include "hyperslab/array.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/record.hpp"

namespace hyperslab::detail {
namespace {

// hvl_t
struct RawSequence {
    std::size_t length;
    const void* elements;
};

}  // namespace

void load_text(const std::byte* element, std::string& value) {
    const char* text = nullptr;
    std::memcpy(&text, element, sizeof text);
    if (text == nullptr) {
        value.clear();
    } else {
        value = text;
    }
}

void store_text(const char* text, std::byte* element) { std::memcpy(element, &text, sizeof text); }

void store_text(std::string_view text, std::byte* element, ElementMemory& memory) {
    std::byte* const copy = memory.allocate(text.size() + 1);  // zeroed, so it ends with a NUL
    std::memcpy(copy, text.data(), text.size());
    store_text(reinterpret_cast<const char*>(copy), element);
}

Datatype array_of(const Datatype& element, std::size_t count) {
    Shape dims{count};
    if (element.type_class() != TypeClass::array) {
        return Datatype::array(element, std::move(dims));
    }
    dims.insert(dims.end(), element.array_dims().begin(), element.array_dims().end());
    return Datatype::array(element.base(), std::move(dims));
}

Sequence load_sequence(const std::byte* element) {
    RawSequence raw{};
    std::memcpy(&raw, element, sizeof raw);
    return {raw.elements == nullptr ? 0 : raw.length, static_cast<const std::byte*>(raw.elements)};
}

void store_sequence(Sequence sequence, std::byte* element) {
    const RawSequence raw{sequence.length, sequence.length == 0 ? nullptr : sequence.elements};
    std::memcpy(element, &raw, sizeof raw);
}

Datatype record_type(std::vector<CompoundMember> members, std::size_t struct_size, bool packed) {
    if (!packed) {
        return Datatype::compound(struct_size, std::move(members));
    }
    std::size_t size = 0;
    for (CompoundMember& member : members) {
        member.offset = size;
        size += member.type.size();
    }
    return Datatype::compound(size, std::move(members));
}

std::size_t array_size(const Shape& shape, std::size_t element_size) {
    const std::uint64_t count = element_count(shape);
    core::checked_size(core::checked_multiply(count, element_size));
    return static_cast<std::size_t>(count);
}

// Filling pages of the usual size costs more than reading what fills them. NumPy draws the line at
// the same size.
void prefer_large_pages(void* memory, std::size_t size) {
#if defined(MADV_HUGEPAGE)
    constexpr std::size_t kLarge = 4U << 20;
    if (size >= kLarge) {
        const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
        const auto begin = reinterpret_cast<std::uintptr_t>(memory);
        const std::uintptr_t skipped = (page - begin % page) % page;
        // No more than a wish: where it fails nothing is lost.
        ::madvise(static_cast<std::byte*>(memory) + skipped, size - skipped, MADV_HUGEPAGE);
    }
#else
    static_cast<void>(memory);
    static_cast<void>(size);
#endif
}

void require_position(const Shape& shape, std::initializer_list<std::uint64_t> position) {
    if (position.size() != shape.size()) {
        throw Error(
            ErrorCode::invalid_argument,
            std::to_string(position.size()) + " indices for an array of shape " + to_string(shape));
    }
    auto length = shape.begin();
    for (const std::uint64_t index : position) {
        if (index >= *length++) {
            throw Error(ErrorCode::out_of_range,
                        "Index " + std::to_string(index) + " is outside an array of shape " +
                            to_string(shape));
        }
    }
}

void require_element_count(const Shape& shape, std::size_t count) {
    if (element_count(shape) != count) {
        throw Error(
            ErrorCode::invalid_argument,
            std::to_string(count) + " elements do not make an array of shape " + to_string(shape));
    }
}

}  // namespace hyperslab::detail
