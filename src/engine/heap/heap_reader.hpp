// The global heap collections that a read needs, fetched past libhdf5.
//
// A number of them is fetched at a time and held until others are needed. Each is fetched once for
// all objects that are wanted of it, in the order of the file, and neighbours are fetched together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/heap/heap_collection.hpp"
#include "storage/file.hpp"

namespace hyperslab::engine {

/// How a file stores addresses, and which addresses it has.
struct HeapPlace {
    unsigned offset_size = 8;  ///< the file's "size of offsets"
    unsigned length_size = 8;  ///< the file's "size of lengths"
    std::uint64_t base = 0;    ///< what addresses count from: the size of the user block
    std::uint64_t end = 0;     ///< the address where nothing is allocated any more
};

class HeapReader {
public:
    HeapReader(const storage::File& file, const HeapPlace& place) : file_(file), place_(place) {}

    /// Frees the collections that are held, and fetches others.
    /// \param addresses  sorted, each once
    /// \param however_large  whether they are fetched even when they are too large to be held at
    ///     once
    /// \returns false when they are too large, so that nothing is held
    /// \throws Error (io) when there is no collection, or it is damaged
    bool hold(std::span<const std::uint64_t> addresses, bool however_large);

    /// The size in bytes that a collection is expected to have.
    std::size_t usual_size() const { return usual_size_; }

    /// A collection that is held.
    const HeapCollection& collection(std::uint64_t address) const;

private:
    /// Collections that are fetched together.
    struct Range {
        std::size_t first, last;  // which
        std::uint64_t begin;      // address
        std::size_t bytes;
        std::size_t place;  // the place in the window
    };

    std::vector<Range> plan() const;
    void fetch(const Range& range);
    bool fetch_large(bool however_large);
    std::uint64_t size_of(std::size_t i, std::span<const std::byte> begin) const;
    void read(std::uint64_t address, std::span<std::byte> bytes) const;
    void learn();

    const storage::File& file_;
    HeapPlace place_;
    std::size_t usual_size_ = HeapCollection::kSmallest;
    std::vector<std::uint64_t> addresses_;
    std::vector<std::uint64_t> sizes_;
    std::vector<std::optional<HeapCollection>> collections_;
    std::unique_ptr<std::byte[]> window_;
    std::size_t window_bytes_ = 0;
    std::vector<std::unique_ptr<std::byte[]>> large_;  // the collections that did not fit there
};

}  // namespace hyperslab::engine
