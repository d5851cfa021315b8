// Codecs that more than one filter uses, on one block; the mirror of filter/block_codecs.hpp.
#pragma once

#include <cstddef>
#include <optional>

#include "filter/encode/encoder.hpp"

namespace hyperslab::filter {

/// A zstd frame. \returns the bytes written; empty optional when the frame does not fit
std::optional<std::size_t> zstd_encode(Bytes input,
                                       Room output,
                                       int level,
                                       EncodeScratch::State& scratch);
std::size_t zstd_max_encoded(std::size_t size);

/// An LZ4 block. \returns the bytes written; empty optional when it does not fit
std::optional<std::size_t> lz4_encode(Bytes input, Room output);
std::size_t lz4_max_encoded(std::size_t size);

}  // namespace hyperslab::filter
