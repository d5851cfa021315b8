// A filter of a pipeline as a file describes it, and what coding and decoding it have in common.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <stdexcept>
#include <vector>

namespace hyperslab::filter {

using Bytes = std::span<const std::byte>;
using Room = std::span<std::byte>;
using Parameters = std::vector<unsigned>;

/// One filter of a pipeline, in the order of writing.
struct Stage {
    int id = 0;
    unsigned flags = 0;
    Parameters parameters{};
};

/// The bit of a stage's flags that says that chunks may skip it (H5Z_FLAG_OPTIONAL).
inline constexpr unsigned kOptionalFlag = 1;

/// The numbers of plug-ins as registered with The HDF Group.
inline constexpr int kBlosc = 32001;
inline constexpr int kLz4 = 32004;
inline constexpr int kBitshuffle = 32008;
inline constexpr int kZstd = 32015;

/// Whether a chunk's filter mask says that a stage was not applied.
inline bool is_skipped(unsigned mask, std::size_t stage) {
    return stage < std::numeric_limits<unsigned>::digits && ((mask >> stage) & 1U) != 0;
}

/// What a stage may know of the dataset, beside its own parameters.
struct ChunkTraits {
    std::size_t element_size;
    std::size_t chunk_bytes;
};

/// The reason why a stage cannot be coded here, which the pipeline's refusal() returns.
class Refusal : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace hyperslab::filter
