#include "engine/store/known_indexes.hpp"

#include <algorithm>
#include <utility>

namespace hyperslab::engine {
namespace {

// The maximum number of indexes, through which a search is quick, and of their chunks, which take
// 32 MB.
constexpr std::size_t kMaxIndexes = 64;
constexpr std::size_t kMaxChunks = 1U << 20;

}  // namespace

const hdf5::h5d::IndexedChunk* LoadedIndex::find(std::uint64_t number) const {
    // When all chunks are stored, each is at the place of its number.
    if (number < chunks->size() && (*chunks)[number].number == number) {
        return &(*chunks)[number];
    }
    const auto found =
        std::ranges::lower_bound(*chunks, number, {}, &hdf5::h5d::IndexedChunk::number);
    return found != chunks->end() && found->number == number ? &*found : nullptr;
}

KnownIndexes& KnownIndexes::of(const storage::File& file) { return file.knowledge<KnownIndexes>(); }

const LoadedIndex* KnownIndexes::find(const hdf5::h5o::Identity& dataset,
                                      std::uint64_t generation) {
    const auto found = std::ranges::find(entries_, dataset, &Entry::dataset);
    if (found == entries_.end() || found->generation != generation) {
        return nullptr;
    }
    entries_.splice(entries_.begin(), entries_, found);
    return &found->index;
}

void KnownIndexes::keep(const hdf5::h5o::Identity& dataset,
                        std::uint64_t generation,
                        LoadedIndex index) {
    const auto old = std::ranges::find(entries_, dataset, &Entry::dataset);
    if (old != entries_.end()) {
        entries_.splice(entries_.end(), entries_, old);
        remove_last();
    }
    const std::size_t size = index.chunks->size();
    if (size > kMaxChunks) {
        return;
    }
    while (entries_.size() == kMaxIndexes || chunks_ + size > kMaxChunks) {
        remove_last();
    }
    entries_.push_front({dataset, generation, std::move(index)});
    chunks_ += size;
}

void KnownIndexes::remove_last() {
    chunks_ -= entries_.back().index.chunks->size();
    entries_.pop_back();
}

}  // namespace hyperslab::engine
