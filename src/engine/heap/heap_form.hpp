// Elements that hold strings or sequences: how they lie in the file, and what they become in
// memory.
//
// In the file such a part is a heap reference: the number of values, the address of a global heap
// collection, and the index of an object in it. In memory it is what libhdf5 gives: a char pointer
// or a hvl_t, which points into the collection itself unless the values have to be converted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/arena.hpp"
#include "core/checked.hpp"
#include "core/little_endian.hpp"
#include "datatype/conversion.hpp"
#include "hyperslab/datatype.hpp"

namespace hyperslab::engine {

class HeapReader;

/// A type as its elements lie in a file, where heap references are plain bytes.
/// \param type  as libhdf5 describes it: with sizes and offsets in memory
/// \param offset_size  the file's "size of offsets": 4 or 8
/// \throws Error (invalid_argument) for a type that no file can hold
Datatype stored_form(const Datatype& type, unsigned offset_size);

struct HeapReference {
    std::uint32_t length = 0;   ///< the number of values
    std::uint64_t address = 0;  ///< of the collection; 0: there is nothing
    std::uint32_t index = 0;    ///< of the object
};

class HeapForm {
public:
    /// The form between two types, or an empty optional when only libhdf5 can convert.
    static std::optional<HeapForm> between(const Datatype& stored,
                                           const Datatype& memory,
                                           unsigned offset_size);

    std::size_t stored_size() const { return stored_size_; }
    std::size_t memory_size() const { return memory_size_; }

    /// Calls visit(address of a collection, bytes that an object in it must have) for every heap
    /// reference of a stored element.
    template <class Visit>
    void for_each_object(const std::byte* element, Visit&& visit) const {
        for (const HeapPart& part : heap_parts_) {
            const HeapReference reference = load(element + part.from);
            if (reference.address != 0) {
                visit(reference.address,
                      core::checked_multiply(reference.length, part.value_size()));
            }
        }
    }

    /// Converts stored elements to elements in memory, which point into the heap or, where values
    /// are converted, into the arena. Parts that the file lacks keep their bytes.
    /// \throws Error (io) for a reference to nothing
    void convert(const std::byte* stored,
                 std::byte* memory,
                 std::size_t count,
                 const HeapReader& heap,
                 core::Arena& arena) const;

private:
    struct HeapPart {
        std::size_t from;
        std::size_t to;
        std::optional<datatype::Conversion> values;  // empty for a string

        std::size_t value_size() const { return values ? values->from_size() : 1; }
    };

    HeapForm(std::size_t stored_size, std::size_t memory_size, unsigned offset_size)
        : stored_size_(stored_size), memory_size_(memory_size), offset_size_(offset_size) {}

    HeapReference load(const std::byte* from) const {
        return {core::load_little_endian<std::uint32_t>(from),
                core::load_size(from + 4, offset_size_),
                core::load_little_endian<std::uint32_t>(from + 4 + offset_size_)};
    }

    bool add_parts(const Datatype& stored,
                   const Datatype& memory,
                   std::size_t from,
                   std::size_t to);
    bool add_heap_part(const Datatype& stored,
                       const Datatype& memory,
                       std::size_t from,
                       std::size_t to);
    bool add_members(const Datatype& stored,
                     const Datatype& memory,
                     std::size_t from,
                     std::size_t to);
    void convert_part(const HeapPart& part,
                      const std::byte* stored,
                      std::byte* memory,
                      std::size_t count,
                      const HeapReader& heap,
                      core::Arena& arena) const;

    std::size_t stored_size_;
    std::size_t memory_size_;
    unsigned offset_size_;
    std::vector<HeapPart> heap_parts_;
    std::optional<datatype::Conversion> plain_;  // of all other parts
};

}  // namespace hyperslab::engine
