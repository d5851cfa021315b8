// Szip's parameters: {options, pixels per block}. H5Zpublic.h's numbers, for those who do not see
// that header.
#pragma once

namespace hyperslab::filter {

/// Bits of the first parameter: how differences are coded.
inline constexpr unsigned kSzipEntropy = 4;
inline constexpr unsigned kSzipNearestNeighbour = 32;
inline constexpr unsigned kSzipMostPixelsPerBlock = 32;

}  // namespace hyperslab::filter
