// A global heap collection: a block of a file that holds strings and sequences, its objects.
//
// It parses bytes that were read from a file, so it believes nothing: an object that it returns
// lies within the block. It knows no file and no thread. What libhdf5 would not read is an Error,
// and so is whatever looks strange; libhdf5 then has the last word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "hyperslab/error.hpp"

namespace hyperslab::engine {

/// The error for a collection that libhdf5 must not be asked to read, because it would never end
/// (seen in 1.14.6).
class EndlessHeap : public Error {
public:
    using Error::Error;
};

class HeapCollection {
public:
    /// The minimum size of a collection in bytes.
    static constexpr std::size_t kSmallest = 4096;

    /// The size in bytes of the collection that begins with these bytes, as its header says.
    /// \param begin  kSmallest bytes or more
    /// \param length_size  the file's "size of lengths": 4 or 8
    /// \throws Error (io) when no collection begins with these bytes
    static std::uint64_t size_of(std::span<const std::byte> begin, unsigned length_size);

    /// Finds the objects, and writes a NUL behind each so that a string can be used where it lies.
    /// \param bytes  a whole collection and one byte more; they stay the caller's
    /// \throws Error (io), of which EndlessHeap is one
    HeapCollection(std::span<std::byte> bytes, unsigned length_size);

    /// \throws Error (io) when there is no object of that index
    std::span<const std::byte> object(std::uint32_t index) const;

private:
    struct Entry {
        std::uint32_t index;
        std::uint32_t place;  // place of the object's header, in units of the alignment
    };

    void parse(std::size_t size);
    void sort();

    std::byte* begin_;
    unsigned length_size_;
    std::vector<Entry> entries_;  // sorted by index
};

}  // namespace hyperslab::engine
