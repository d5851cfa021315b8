// Undoes a filter pipeline: the bytes of a stored chunk in, the bytes of its elements out.
//
// It knows nothing of libhdf5, files or selections; it is given what the file says of the filters
// and the chunk. The idea: what a pipeline means is worked out once, when it is built, and
// everything that a call needs beside its input and output lies in a Scratch, so that any number of
// threads decode with one Pipeline and none of them allocates after its first chunk.
//
// Nothing that a chunk says about its own size is believed: the sizes before and after each stage
// are bounded by what chunk_bytes allows, and a stream that wants more is an error.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "filter/format/scratch.hpp"
#include "filter/format/stage.hpp"

namespace hyperslab::filter {

class Decoder;  // one stage of the pipeline

/// The filters of one dataset. Immutable: built once, used by many threads at once.
class Pipeline {
public:
    /// \param element_size  bytes of one element of the file's type
    /// \param chunk_bytes  a full chunk decoded
    Pipeline(const std::vector<Stage>& stages, std::size_t element_size, std::size_t chunk_bytes);
    ~Pipeline();
    Pipeline(Pipeline&& other) noexcept;
    Pipeline& operator=(Pipeline&& other) noexcept;

    bool empty() const;

    /// The reason why chunks cannot be decoded here: a filter that is unknown or not in this build,
    /// or parameters that mean nothing. It is empty when they can be decoded.
    const std::string& refusal() const;

    /// Decodes one stored chunk into `output`, which has chunk_bytes bytes.
    /// \param skipped  the chunk's filter mask: bit i is set when stage i was not applied
    /// \param needed  bytes that the chunk must hold; zeros take the place of those behind
    /// \throws Error (io) naming the filter and what is wrong with the chunk; `output` then holds
    ///     anything. Error (unsupported) when there is a refusal and a refused stage is not
    ///     skipped.
    void decode(std::span<const std::byte> stored,
                unsigned skipped,
                std::span<std::byte> output,
                Scratch& scratch,
                std::size_t needed) const;

private:
    std::span<const std::byte> undo(std::span<const std::byte> stored,
                                    unsigned skipped,
                                    std::span<std::byte> output,
                                    Scratch::State& scratch) const;
    std::size_t most_before(std::size_t stage, unsigned skipped) const;

    std::vector<std::unique_ptr<const Decoder>> decoders_;
    std::size_t chunk_bytes_ = 0;
    std::string refusal_;
};

}  // namespace hyperslab::filter
