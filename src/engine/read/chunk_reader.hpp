// Reads one chunk after the other into the result of a read, past libhdf5: it fetches, decodes,
// converts and scatters. Any number of threads may read chunks of one read at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "datatype/conversion.hpp"
#include "engine/store/stored_dataset.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {

class ChunkReader {
public:
    struct Source {
        const StorageFacts& facts;
        const StoredElements& elements;
        const selection::ChunkedSelection& parts;
        ChunkCache& cache;
    };

    struct Target {
        const datatype::Conversion& conversion;
        std::span<const std::byte> fill_value;  ///< of one element in memory
        std::byte* memory;
        bool is_zeroed = false;  ///< whether all of the memory is zeros
    };

    ChunkReader(const Source& source, const Target& target) : source_(source), target_(target) {}

    /// Reads what is selected of the i-th chunk that the selection touches.
    /// \throws Error naming the chunk
    void read(std::size_t i) const;

    enum class Chunk { stored, missing, cached };

    /// What reading a chunk would take.
    struct Cost {
        Chunk chunk = Chunk::missing;
        std::uint64_t fetched = 0;  ///< bytes
        std::uint64_t decoded = 0;
    };
    Cost cost(std::size_t i) const;

private:
    void read_stored(std::size_t i) const;
    std::optional<std::uint64_t> raw_address(std::size_t i) const;
    bool is_filtered(std::size_t i) const;
    std::size_t bytes_inside(std::size_t i) const;
    template <class Window>
    void gather(std::size_t i, Window& window) const;
    void read_raw(std::size_t i, std::uint64_t address) const;
    void read_windows(std::size_t i, std::uint64_t address) const;
    void read_filtered(std::size_t i, const hdf5::h5d::IndexedChunk& chunk) const;
    void read_once(std::size_t i, const hdf5::h5d::IndexedChunk& chunk) const;
    bool can_be_kept() const;
    bool may_be_cached(std::size_t i) const;
    bool is_to_be_kept(std::size_t i) const;
    bool is_to_be_kept_at_once(std::size_t i) const;
    void keep(std::size_t i, ChunkBytes chunk) const;
    void note(std::size_t i, std::uint64_t bytes) const;
    bool scatter_cached(std::size_t i) const;
    void decode(std::size_t i,
                const hdf5::h5d::IndexedChunk& chunk,
                std::span<std::byte> output) const;
    void fill(std::size_t i) const;
    void scatter(std::size_t i, const std::byte* chunk) const;
    std::string name_of_chunk(std::size_t i) const;

    Source source_;
    Target target_;
};

}  // namespace hyperslab::engine
