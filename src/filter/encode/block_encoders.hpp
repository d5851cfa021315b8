// Codecs that more than one filter uses, on one block; the mirror of
// filter/decode/block_codecs.hpp.
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

/// An LZ4 block, made quickly or with an effort of 1 to 12. \returns the bytes written; empty
/// optional when it does not fit
std::optional<std::size_t> lz4_encode(Bytes input, Room output);
std::optional<std::size_t> lz4_encode_hard(Bytes input, Room output, int effort);
std::size_t lz4_max_encoded(std::size_t size);

/// A zlib stream. \returns the bytes written; empty optional when it does not fit
/// \param effort  libdeflate's level, 0 to 12
std::optional<std::size_t> deflate_encode(Bytes input,
                                          Room output,
                                          unsigned effort,
                                          EncodeScratch::State& scratch);

}  // namespace hyperslab::filter
