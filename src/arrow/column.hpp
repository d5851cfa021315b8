// A column of Arrow that is being filled: elements as libhdf5 has them in memory go in, an
// ArrowArray comes out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "arrow/abi.hpp"
#include "arrow/field.hpp"

namespace hyperslab::arrow {

/// Finds the path of what a reference leads to. `kind` is the reference's.
class PathFinder {
public:
    virtual ~PathFinder() = default;
    /// \returns whether the reference leads anywhere; the path is then set
    virtual bool find(Field::Kind kind, const std::byte* element, std::string& path) = 0;
};

class Column {
public:
    Column() = default;
    Column(const Column&) = delete;
    Column& operator=(const Column&) = delete;
    virtual ~Column() = default;

    /// Adds `count` elements, the first at `first` and each `stride` bytes after the one before.
    /// \throws Error (type_mismatch) for a value that Arrow cannot hold; (invalid_argument) for
    /// more
    ///     than 2 GB of text or bytes
    virtual void append(const std::byte* first, std::size_t stride, std::uint64_t count) = 0;

    /// Makes room for `count` elements in all, where their size is known.
    virtual void reserve(std::uint64_t /*count*/) {}

    /// Adds `count` elements without values, whose bytes are Arrow's.
    /// \returns where they go, or null when the bytes are not the same
    virtual std::byte* append_plain(std::uint64_t /*count*/) { return nullptr; }

    /// Forgets all elements.
    virtual void clear() = 0;

    /// Hands the elements over. The column is empty afterwards.
    virtual ArrowArray finish() = 0;
};

}  // namespace hyperslab::arrow
