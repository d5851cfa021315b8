// Applies a filter pipeline: the bytes of a chunk's elements in, the bytes to store out. It is the
// mirror of filter/decode/decode.hpp.
//
// Knows nothing of libhdf5, files or selections. What it makes is what libhdf5 with the filter
// would make, or something that the filter decodes to the same bytes. A filter that is optional and
// cannot make a chunk smaller is skipped for that chunk, as libhdf5 does it, and the chunk's filter
// mask says so.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "filter/encode/scratch.hpp"
#include "filter/format/stage.hpp"

namespace hyperslab::filter {

class Encoder;  // one stage of the pipeline

/// A chunk as it is stored.
struct EncodedChunk {
    Bytes bytes;       ///< in the scratch, or the chunk itself; valid until the scratch's next use
    unsigned skipped;  ///< the filter mask: bit i is set when stage i was not applied
};

/// The filters of one dataset. Once built, and maybe tuned, it is used by many threads at once.
class EncodePipeline {
public:
    /// \param element_size  bytes of one element of the file's type
    /// \param chunk_bytes  a full chunk before it is encoded
    EncodePipeline(const std::vector<Stage>& stages,
                   std::size_t element_size,
                   std::size_t chunk_bytes);
    ~EncodePipeline();
    EncodePipeline(EncodePipeline&& other) noexcept;
    EncodePipeline& operator=(EncodePipeline&& other) noexcept;

    /// The reason why chunks cannot be encoded here; empty when they can.
    const std::string& refusal() const { return refusal_; }

    /// Whether a chunk's filter mask may be another than 0.
    bool may_skip() const;

    /// Chooses by a chunk how the filters take the least time without making more bytes than
    /// libhdf5's filters would. This takes the time of encoding a few chunks.
    void tune(std::span<const std::byte> chunk);

    /// Encodes one chunk.
    /// \param chunk  chunk_bytes bytes
    /// \throws Error (io) where a mandatory filter fails; (unsupported) when there is a refusal;
    ///     (out_of_memory)
    EncodedChunk encode(std::span<const std::byte> chunk, EncodeScratch& scratch) const;

private:
    struct Ready {
        std::unique_ptr<const Encoder> encoder;
        bool optional;
        int id;
    };

    std::vector<Ready> stages_;
    std::size_t chunk_bytes_ = 0;
    std::string refusal_;
};

}  // namespace hyperslab::filter
