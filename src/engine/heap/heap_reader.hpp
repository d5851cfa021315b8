// The global heap collections that a read needs, fetched past libhdf5.
//
// They are asked for some at a time and held until others are: each is fetched once for all who
// want an object in it, in the order of the file, those that lie side by side together.
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

/// How a file says addresses, and which there are.
struct HeapPlace {
    unsigned offset_size = 8;  ///< the file's "size of offsets"
    unsigned length_size = 8;  ///< and "size of lengths"
    std::uint64_t base = 0;    ///< what addresses count from: the size of the user block
    std::uint64_t end = 0;     ///< nothing is allocated from that address on
};

class HeapReader {
public:
    HeapReader(const storage::File& file, const HeapPlace& place) : file_(file), place_(place) {}

    /// Lets go of all and fetches these.
    /// \param addresses  sorted, each once
    /// \param however_large  or else they may be too much to be held at once
    /// \returns false when they are, and nothing is held
    /// \throws Error (io) when there is no collection, or it is damaged
    bool hold(std::span<const std::uint64_t> addresses, bool however_large);

    /// What a collection has to be expected to take, in bytes.
    std::size_t usual_size() const { return usual_size_; }

    /// One of those that are held.
    const HeapCollection& collection(std::uint64_t address) const;

private:
    /// Collections that are fetched together.
    struct Range {
        std::size_t first, last;  // which
        std::uint64_t begin;      // address
        std::size_t bytes;
        std::size_t place;  // in the window
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
    std::vector<std::unique_ptr<std::byte[]>> large_;  // those that did not fit there
};

}  // namespace hyperslab::engine
