// Makes the stored bytes of one chunk after the other, past libhdf5: gather from the caller's
// memory, convert, fill what is not written, encode. Any number of threads make chunks of one write
// at once; nothing is stored here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "datatype/conversion.hpp"
#include "engine/store/storage_facts.hpp"
#include "filter/encode/encode.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {

/// A chunk as it lies in the file.
struct StoredBytes {
    std::vector<std::byte> bytes{};
    unsigned skipped = 0;  ///< the filter mask
};

class ChunkWriter {
public:
    struct Target {
        const StorageFacts& facts;
        const filter::EncodePipeline& filters;
        const selection::ChunkedSelection& parts;
        std::span<const std::byte> fill_value;  ///< one element in the file
    };

    struct Source {
        const datatype::Conversion& conversion;  ///< from memory to the file
        const std::byte* memory;
    };

    ChunkWriter(const Target& target, const Source& source) : target_(target), source_(source) {}

    /// Whether the i-th chunk that the selection touches is written whole, so that nothing of what
    /// it held before is needed.
    bool is_whole(std::size_t i) const;

    /// What is written to the i-th chunk, before it is encoded; fill values are around it.
    std::vector<std::byte> elements(std::size_t i) const;

    /// Puts elements of other writers into a chunk, decoded and in full shape.
    using Amend = std::function<void(std::span<std::byte>)>;

    /// Makes the i-th chunk.
    /// \param before  what it was, where it is not whole; empty optional when it was never written
    /// \param made  gets the chunk; its memory is used where it is large enough
    /// \param amend  is called before this writer's elements are put in; may be empty
    /// \throws Error naming the chunk
    void make(std::size_t i,
              const std::optional<StoredBytes>& before,
              StoredBytes& made,
              const Amend& amend = {}) const;

private:
    void make_chunk(std::size_t i,
                    const std::optional<StoredBytes>& before,
                    StoredBytes& made,
                    const Amend& amend) const;
    void encode(std::span<const std::byte> chunk, StoredBytes& made) const;
    void decode(std::size_t i, const StoredBytes& stored, std::span<std::byte> chunk) const;
    void gather(std::size_t i, std::byte* chunk) const;
    void gather_apart(const selection::ChunkRun& run,
                      const std::byte* from,
                      std::byte* chunk) const;

    Target target_;
    Source source_;
};

}  // namespace hyperslab::engine
