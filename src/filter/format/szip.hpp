// Szip's parameters: {options, pixels per block}. H5Zpublic.h's numbers, for those who do not see
// that header.
#pragma once

namespace hyperslab::filter {

/// Bits of the first parameter: how differences are coded.
inline constexpr unsigned kSzipEntropy = 4;
inline constexpr unsigned kSzipNearestNeighbour = 32;
inline constexpr unsigned kSzipMostPixelsPerBlock = 32;
inline constexpr unsigned kSzipMostPixelsPerScanline = 4096;

/// Whether libsz takes a dataset's four parameters.
constexpr bool szip_parameters_fit(unsigned mask,
                                   unsigned block,
                                   unsigned bits,
                                   unsigned scanline) {
    const bool known_bits = (bits >= 1 && bits <= 24) || bits == 32 || bits == 64;
    return block != 0 && block % 2 == 0 && block <= kSzipMostPixelsPerBlock && scanline >= block &&
           scanline <= kSzipMostPixelsPerScanline && known_bits && mask <= 255;
}

}  // namespace hyperslab::filter
