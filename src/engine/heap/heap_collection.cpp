#include "engine/heap/heap_collection.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "core/little_endian.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

constexpr std::size_t kAlignment = 8;
// The header of a collection has a signature, a version and a size; the header of an object has an
// index, a count of references and a size.
constexpr std::size_t kHeaderBytes = 16;
constexpr std::size_t kVersionAt = 4;
constexpr std::size_t kSizeAt = 8;
constexpr std::byte kVersion{1};
constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 34;
// Most objects take more bytes than this guess, which saves growing the list.
constexpr std::size_t kUsualObjectBytes = 40;

[[noreturn]] void throw_damaged(const std::string& what) {
    throw Error(ErrorCode::io, "damaged global heap collection: " + what);
}

}  // namespace

std::uint64_t HeapCollection::size_of(std::span<const std::byte> begin, unsigned length_size) {
    if (begin.size() < kSmallest || std::memcmp(begin.data(), "GCOL", kVersionAt) != 0 ||
        begin[kVersionAt] != kVersion) {
        throw_damaged("it does not begin like one");
    }
    const std::uint64_t size = core::load_size(begin.data() + kSizeAt, length_size);
    if (size < kSmallest || size > kMaxBytes) {
        throw_damaged("it claims " + std::to_string(size) + " bytes");
    }
    return size;
}

HeapCollection::HeapCollection(std::span<std::byte> bytes, unsigned length_size)
    : begin_(bytes.data()), length_size_(length_size) {
    const std::size_t size = bytes.size() - 1;
    if (size != size_of(bytes, length_size)) {
        throw_damaged("it says another size than before");
    }
    parse(size);
    sort();
}

// The NUL behind an object may fall on the header of the next one, so the next header is read
// first.
void HeapCollection::parse(std::size_t size) {
    entries_.reserve(size / kUsualObjectBytes);
    std::byte* behind_last = nullptr;
    std::size_t free_bytes = 0;
    std::size_t at = kHeaderBytes;
    while (size - at >= kHeaderBytes) {
        const std::byte* const header = begin_ + at;
        const auto index = core::load_little_endian<std::uint16_t>(header);
        const std::uint64_t length = core::load_size(header + kSizeAt, length_size_);
        if (behind_last != nullptr) {
            *behind_last = std::byte{0};
            behind_last = nullptr;
        }
        if (index == 0) {  // free space, whose size includes its header
            if (length == 0) {
                throw EndlessHeap(ErrorCode::io,
                                  "damaged global heap collection: its free space has no bytes");
            }
            if (length > size - at || length % kAlignment != 0) {
                throw_damaged("its free space has " + std::to_string(length) + " bytes");
            }
            free_bytes = length;
            at += length;
            continue;
        }
        const std::size_t room = size - at - kHeaderBytes;
        if (length > room || (length + kAlignment - 1) / kAlignment * kAlignment > room) {
            throw_damaged("object " + std::to_string(index) + " claims " + std::to_string(length) +
                          " bytes");
        }
        entries_.push_back({index, static_cast<std::uint32_t>(at / kAlignment)});
        behind_last = begin_ + at + kHeaderBytes + length;
        at += kHeaderBytes + (length + kAlignment - 1) / kAlignment * kAlignment;
    }
    // A rest that is too small for a header is free space as well.
    if (at != size && (free_bytes != 0 || (size - at) % kAlignment != 0)) {
        throw_damaged("something is left behind its free space");
    }
    if (behind_last != nullptr) {
        *behind_last = std::byte{0};
    }
}

// libhdf5 writes objects in the order of their indexes until one is deleted. Of two objects with
// one index it finds the last.
void HeapCollection::sort() {
    const auto in_order = [](const Entry& a, const Entry& b) { return a.index < b.index; };
    const auto not_rising = [](const Entry& a, const Entry& b) { return a.index >= b.index; };
    if (std::ranges::adjacent_find(entries_, not_rising) == entries_.end()) {
        return;
    }
    std::ranges::reverse(entries_);
    std::ranges::stable_sort(entries_, in_order);
    const auto rest = std::ranges::unique(entries_, {}, &Entry::index);
    entries_.erase(rest.begin(), rest.end());
}

std::span<const std::byte> HeapCollection::object(std::uint32_t index) const {
    // When no index is missing, each object is at the place of its index.
    const Entry* found = nullptr;
    if (index - 1 < entries_.size() && entries_[index - 1].index == index) {
        found = &entries_[index - 1];
    } else {
        const auto at = std::ranges::lower_bound(entries_, index, {}, &Entry::index);
        if (at == entries_.end() || at->index != index) {
            throw_damaged("it has no object " + std::to_string(index));
        }
        found = &*at;
    }
    const std::byte* const header = begin_ + std::size_t{found->place} * kAlignment;
    return {header + kHeaderBytes, core::load_size(header + kSizeAt, length_size_)};
}

}  // namespace hyperslab::engine
