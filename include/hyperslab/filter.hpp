// Filters: what happens to a chunk on its way to the file and back.
//
//     DatasetOptions{.chunks = {64, 64}, .filters = {shuffle(), deflate(4)}}
//
// The order is that of writing; reading undoes it backwards.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hyperslab {

using FilterId = int;

/// The numbers of filters as registered with The HDF Group.
namespace filter_id {
inline constexpr FilterId kDeflate = 1;
inline constexpr FilterId kShuffle = 2;
inline constexpr FilterId kFletcher32 = 3;
inline constexpr FilterId kSzip = 4;
inline constexpr FilterId kNbit = 5;
inline constexpr FilterId kScaleoffset = 6;
inline constexpr FilterId kLzf = 32000;
}  // namespace filter_id

/// One stage of a filter pipeline: a filter and its parameters.
struct Filter {
    FilterId id = 0;
    std::vector<unsigned> options{};
    /// An optional filter that fails on a chunk is skipped for that chunk; a mandatory one fails
    /// the write.
    bool optional = false;
    /// The name as stored in the file; empty when a filter is asked for.
    std::string name{};

    friend bool operator==(const Filter&, const Filter&) = default;
};

/// Compresses by deflate (gzip), with a level from 0 to 9. Source: H5Pset_deflate.
Filter deflate(unsigned level = 4);

/// Groups the bytes of equal significance, which compresses better. Source: H5Pset_shuffle.
Filter shuffle();

/// A checksum on every chunk. Source: H5Pset_fletcher32.
Filter fletcher32();

/// Compresses by LZF, h5py's fast compressor.
Filter lzf();

/// Szip with nearest-neighbour ("nn") or entropy ("ec") coding. The number of pixels per block is
/// even and at most 32. Source: H5Pset_szip.
Filter szip_nearest_neighbour(unsigned pixels_per_block = 8);
Filter szip_entropy(unsigned pixels_per_block = 8);

/// Keeps `bits` bits of an integer (0 for as many as needed, without loss); scaleoffset_decimal
/// keeps `digits` decimal digits of a float. Source: H5Pset_scaleoffset.
Filter scaleoffset_integer(unsigned bits = 0);
Filter scaleoffset_decimal(unsigned digits);

/// A registered or plug-in filter by its number, with the parameters that its documentation names.
Filter custom_filter(FilterId id, std::vector<unsigned> options = {}, bool optional = false);

}  // namespace hyperslab
