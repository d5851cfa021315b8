#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>
#include <utility>

#include "core/checked.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/selection.hpp"

namespace hyperslab {
namespace {

using Coordinates = std::array<std::uint64_t, kMaxRank>;

void check_mask(std::span<const std::uint64_t> extent, std::span<const std::uint8_t> mask) {
    if (extent.empty()) {
        throw Error(ErrorCode::invalid_argument, "A scalar cannot be indexed with a mask");
    }
    if (core::checked_product(extent) != mask.size()) {
        throw Error(
            ErrorCode::type_mismatch,
            "Boolean indexing array has incompatible shape: " + std::to_string(mask.size()) +
                " values for extent " + to_string(Shape(extent.begin(), extent.end())));
    }
}

using Word = std::uint64_t;
constexpr std::size_t kWord = sizeof(Word);
constexpr std::size_t kWordsTogether = 4;

Word word_at(const std::uint8_t* bytes) {
    Word word = 0;
    std::memcpy(&word, bytes, kWord);
    return std::endian::native == std::endian::big ? std::byteswap(word) : word;
}

// The highest bit of every byte that is not 0; the first byte is the lowest.
Word set_bytes(Word word) {
    constexpr Word kLowBits = 0x7f7f'7f7f'7f7f'7f7f;
    return (((word & kLowBits) + kLowBits) | word) & ~kLowBits;
}

// Calls visit(i) for every byte that is not 0. Masks are long and mostly 0: many are looked at
// together.
template <class Visit>
void for_each_set(std::span<const std::uint8_t> bytes, Visit&& visit) {
    const auto visit_word = [&](std::size_t i) {
        for (Word set = set_bytes(word_at(&bytes[i])); set != 0; set &= set - 1) {
            visit(i + static_cast<std::size_t>(std::countr_zero(set)) / 8);
        }
    };
    std::size_t i = 0;
    for (; i + kWordsTogether * kWord <= bytes.size(); i += kWordsTogether * kWord) {
        Word any = 0;
        for (std::size_t k = 0; k < kWordsTogether; ++k) {
            any |= word_at(&bytes[i + k * kWord]);
        }
        for (std::size_t k = 0; any != 0 && k < kWordsTogether; ++k) {
            visit_word(i + k * kWord);
        }
    }
    for (; i < bytes.size(); ++i) {
        if (bytes[i] != 0) {
            visit(i);
        }
    }
}

// Steps the coordinates of a row, which are all but the last, to the next row.
void next_row(Coordinates& at, std::span<const std::uint64_t> extent) {
    for (std::size_t d = extent.size() - 1; d-- > 0;) {
        if (++at[d] < extent[d]) {
            return;
        }
        at[d] = 0;
    }
}

}  // namespace

Selection Selection::from_mask(std::span<const std::uint64_t> extent,
                               std::span<const std::uint8_t> mask) {
    Selection result(SelectionKind::points, extent);
    check_mask(extent, mask);
    const std::size_t rank = extent.size();
    std::vector<std::uint64_t> coordinates;
    Coordinates at{};
    const std::size_t row_length = extent[rank - 1];
    for (std::size_t row = 0; row < mask.size(); row += row_length) {
        for_each_set(mask.subspan(row, row_length), [&](std::size_t i) {
            coordinates.insert(coordinates.end(), at.begin(), at.begin() + rank - 1);
            coordinates.push_back(i);
        });
        next_row(at, extent);
    }
    result.set_points(std::move(coordinates));
    return result;
}

}  // namespace hyperslab
