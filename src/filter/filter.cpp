#include "hyperslab/filter.hpp"

#include <utility>

#include "filter/format/szip.hpp"

namespace hyperslab {
namespace {

// H5Zpublic.h's numbers; this room does not see that header.
constexpr unsigned kScaleDecimal = 0;
constexpr unsigned kScaleInteger = 2;

}  // namespace

Filter custom_filter(FilterId id, std::vector<unsigned> options, bool optional) {
    return {id, std::move(options), optional, {}};
}

Filter deflate(unsigned level) { return custom_filter(filter_id::kDeflate, {level}, true); }

Filter shuffle() { return custom_filter(filter_id::kShuffle, {}, true); }

Filter fletcher32() { return custom_filter(filter_id::kFletcher32); }

Filter lzf() { return custom_filter(filter_id::kLzf, {}, true); }

Filter szip_nearest_neighbour(unsigned pixels_per_block) {
    return custom_filter(filter_id::kSzip, {filter::kSzipNearestNeighbour, pixels_per_block}, true);
}

Filter szip_entropy(unsigned pixels_per_block) {
    return custom_filter(filter_id::kSzip, {filter::kSzipEntropy, pixels_per_block}, true);
}

Filter scaleoffset_integer(unsigned bits) {
    return custom_filter(filter_id::kScaleoffset, {kScaleInteger, bits}, true);
}

Filter scaleoffset_decimal(unsigned digits) {
    return custom_filter(filter_id::kScaleoffset, {kScaleDecimal, digits}, true);
}

}  // namespace hyperslab
