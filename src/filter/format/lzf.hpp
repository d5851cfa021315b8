// The LZF codec: Lempel-Ziv with a window of 8 KiB and no entropy coding, made for speed.
//
// A stream is a row of commands, each opened by a control byte c:
//   c < 32         c + 1 literal bytes follow
//   c >= 32        copy from earlier output. Length is (c >> 5) + 2, or when c >> 5 is 7, 9 plus
//                  the next byte. Distance is ((c & 31) << 8 | last byte of the command) + 1.
// Knows nothing of chunks or HDF5.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace hyperslab::filter {

/// Compresses `input` into `output`.
/// \returns the number of bytes written, or nothing when they do not fit
std::optional<std::size_t> lzf_compress(std::span<const std::byte> input,
                                        std::span<std::byte> output);

/// Compresses a chunk as h5py's filter does. A chunk that would gain less than that filter wants is
/// not compressed, since programs without LZF can read it then.
std::optional<std::size_t> lzf_compress_chunk(std::span<const std::byte> input,
                                              std::span<std::byte> output);

/// Decompresses `input` into `output`.
/// \returns the number of bytes written, or nothing when they do not fit
/// \throws Error (io) when the stream is damaged
std::optional<std::size_t> lzf_decompress(std::span<const std::byte> input,
                                          std::span<std::byte> output);

}  // namespace hyperslab::filter
