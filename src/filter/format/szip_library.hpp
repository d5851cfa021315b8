// Libsz's settings for a dataset, and the form of a chunk: its size before encoding in four bytes,
// little-endian, followed by libsz's stream. Only for builds with libaec (HYPERSLAB_HAS_SZIP).
#pragma once

#include <array>
#include <cstddef>

#include "filter/format/stage.hpp"
#include "filter/format/szip.hpp"

extern "C" {  // libaec before 1.1 does not say so itself
#include <szlib.h>
}

namespace hyperslab::filter {

static_assert(kSzipMostPixelsPerBlock == SZ_MAX_PIXELS_PER_BLOCK &&
              kSzipMostPixelsPerScanline == SZ_MAX_PIXELS_PER_SCANLINE);

inline constexpr std::size_t kSzipHeaderBytes = 4;

/// \throws Refusal when the parameters are not those of a dataset
inline SZ_com_t szip_settings(const Parameters& parameters) {
    if (parameters.size() != 4) {
        throw Refusal("filter szip: four parameters are expected");
    }
    const auto [mask, block, bits, scanline] =
        std::array{parameters[0], parameters[1], parameters[2], parameters[3]};
    if (!szip_parameters_fit(mask, block, bits, scanline)) {
        throw Refusal("filter szip: its parameters are out of range");
    }
    return {.options_mask = static_cast<int>(mask),
            .bits_per_pixel = static_cast<int>(bits),
            .pixels_per_block = static_cast<int>(block),
            .pixels_per_scanline = static_cast<int>(scanline)};
}

}  // namespace hyperslab::filter
