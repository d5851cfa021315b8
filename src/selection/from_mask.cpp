#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <utility>
#include <vector>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
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
constexpr std::size_t kTogether = kWord * kWord;  // bytes, a bit of a word for each
constexpr std::size_t kBlock = 2048;              // bytes, a multiple of kTogether

#ifndef __SSE2__
Word word_at(const std::uint8_t* bytes) {
    Word word = 0;
    std::memcpy(&word, bytes, kWord);
    return std::endian::native == std::endian::big ? std::byteswap(word) : word;
}

// Returns a bit for every byte that is not 0. The first byte is the lowest byte, and its bit the
// lowest bit.
Word set_bytes(Word word) {
    constexpr Word kLowBits = 0x7f7f'7f7f'7f7f'7f7f;
    // The multiplication carries the bit of each byte to the highest byte, side by side.
    constexpr Word kTogetherOnTop = 0x0102'0408'1020'4080;
    const Word highest = (((word & kLowBits) + kLowBits) | word) & ~kLowBits;
    return ((highest >> 7) * kTogetherOnTop) >> 56;
}
#endif

// Returns a bit for every byte that is not 0, of kTogether bytes.
Word set_of_many(const std::uint8_t* bytes) {
#ifdef __SSE2__
    const auto set_of_16 = [bytes](std::size_t first) {
        const __m128i some = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + first));
        const int zero = _mm_movemask_epi8(_mm_cmpeq_epi8(some, _mm_setzero_si128()));
        return Word{static_cast<std::uint16_t>(~zero)} << first;
    };
    return set_of_16(0) | set_of_16(16) | set_of_16(32) | set_of_16(48);
#else
    Word set = 0;
    for (std::size_t k = 0; k < kTogether; k += kWord) {
        set |= set_bytes(word_at(bytes + k)) << k;
    }
    return set;
#endif
}

// Writes the positions of bits that are set, and up to two values more, which do not count. With a
// branch for each bit the processor would guess wrong half of the time, as masks are not regular.
std::uint64_t* write_positions(Word set, std::uint64_t first, std::uint64_t* to) {
    constexpr Word kTop = Word{1} << 63;  // so that there is always a lowest bit
    const Word rest = set & (set - 1);
    to[0] = first + static_cast<std::uint64_t>(std::countr_zero(set | kTop));
    to[1] = first + static_cast<std::uint64_t>(std::countr_zero(rest | kTop));
    to += static_cast<std::size_t>(set != 0) + static_cast<std::size_t>(rest != 0);
    for (Word more = rest & (rest - 1); more != 0; more &= more - 1) {
        *to++ = first + static_cast<std::uint64_t>(std::countr_zero(more));
    }
    return to;
}

// Calls take(positions of the bytes that are not 0), a block at a time. The position of the first
// byte is `first`.
template <class Take>
void for_each_set(std::span<const std::uint8_t> bytes, std::uint64_t first, Take&& take) {
    std::array<std::uint64_t, kBlock + 2> positions;
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t end = std::min(bytes.size(), i + kBlock);
        std::uint64_t* to = positions.data();
        for (; i + kTogether <= end; i += kTogether) {
            to = write_positions(set_of_many(&bytes[i]), first + i, to);
        }
        for (; i < end; ++i) {
            *to = first + i;
            to += bytes[i] != 0 ? 1 : 0;
        }
        take(std::span(positions.data(), to));
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

Coordinates coordinates_of_row(std::uint64_t row, std::span<const std::uint64_t> extent) {
    Coordinates at{};
    for (std::size_t d = extent.size() - 1; d-- > 0;) {
        at[d] = row % extent[d];
        row /= extent[d];
    }
    return at;
}

// A mask in parts that are searched on all cores: rows, or pieces of its only row.
class MaskParts {
public:
    MaskParts(std::span<const std::uint64_t> extent, std::span<const std::uint8_t> mask)
        : extent_(extent), mask_(mask), row_(std::max<std::size_t>(extent.back(), 1)) {
        constexpr std::size_t kPart = std::size_t{1} << 20;  // bytes
        length_ = extent.size() == 1 ? kPart : std::max(kPart / row_, std::size_t{1}) * row_;
    }

    std::size_t size() const { return (mask_.size() + length_ - 1) / length_; }

    // Returns the coordinates of what is set in a part.
    std::vector<std::uint64_t> coordinates(std::size_t part) const {
        const std::size_t begin = part * length_;
        const auto bytes = mask_.subspan(begin, std::min(length_, mask_.size() - begin));
        std::vector<std::uint64_t> result;
        if (extent_.size() == 1) {
            for_each_set(bytes, begin, [&](std::span<const std::uint64_t> positions) {
                result.insert(result.end(), positions.begin(), positions.end());
            });
            return result;
        }
        Coordinates at = coordinates_of_row(begin / row_, extent_);
        for (std::size_t row = 0; row < bytes.size(); row += row_) {
            const auto add = [&](std::span<const std::uint64_t> positions) {
                for (const std::uint64_t position : positions) {
                    result.insert(result.end(), at.begin(), at.begin() + extent_.size() - 1);
                    result.push_back(position);
                }
            };
            for_each_set(bytes.subspan(row, row_), 0, add);
            next_row(at, extent_);
        }
        return result;
    }

private:
    std::span<const std::uint64_t> extent_;
    std::span<const std::uint8_t> mask_;
    std::size_t row_;     // bytes
    std::size_t length_;  // bytes of a part, whole rows where there are several
};

}  // namespace

Selection Selection::from_mask(std::span<const std::uint64_t> extent,
                               std::span<const std::uint8_t> mask) {
    Selection result(SelectionKind::points, extent);
    check_mask(extent, mask);
    const MaskParts parts(extent, mask);
    std::vector<std::vector<std::uint64_t>> found(parts.size());
    core::parallel_for(found.size(), [&](std::size_t i) { found[i] = parts.coordinates(i); });
    std::size_t total = 0;
    for (const auto& some : found) {
        total += some.size();
    }
    std::vector<std::uint64_t> coordinates;
    coordinates.reserve(total);
    for (auto& some : found) {
        coordinates.insert(coordinates.end(), some.begin(), some.end());
        some = {};
    }
    result.set_points(std::move(coordinates));
    return result;
}

}  // namespace hyperslab
