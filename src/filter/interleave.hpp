// Brings bytes that belong together side by side, sixteen of each row at once.
//
// A row is a plane of a shuffled chunk (all bytes of one significance) or of a bit-shuffled one.
// Interleaving the first half of the rows with the second, log2(rows) times, brings the bytes of
// one column together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace hyperslab::filter {

using Vector = std::uint8_t __attribute__((vector_size(16)));
inline constexpr std::size_t kStep = sizeof(Vector);

inline Vector load(const std::byte* from) {
    Vector vector;
    std::memcpy(&vector, from, sizeof(vector));
    return vector;
}

inline Vector interleave_lower(Vector a, Vector b) {
    return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

inline Vector interleave_upper(Vector a, Vector b) {
    return __builtin_shufflevector(
        a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

// Sixteen elements' bytes of kPlanes planes, side by side.
template <std::size_t kPlanes>
struct Gathered {
    Vector vectors[kPlanes];
};

template <std::size_t... kPlane>
auto load_planes(const std::byte* from,
                 std::size_t plane_bytes,
                 std::index_sequence<kPlane...> /*planes*/) {
    return Gathered<sizeof...(kPlane)>{{load(from + kPlane * plane_bytes)...}};
}

// Packs and not loops: constant indexes keep the vectors in registers at every level of optimising.
template <std::size_t kPlanes, std::size_t... kPair>
Gathered<kPlanes> interleave(const Gathered<kPlanes>& now,
                             std::index_sequence<kPair...> /*pairs*/) {
    Gathered<kPlanes> next;
    ((next.vectors[2 * kPair] =
          interleave_lower(now.vectors[kPair], now.vectors[kPair + kPlanes / 2]),
      next.vectors[2 * kPair + 1] =
          interleave_upper(now.vectors[kPair], now.vectors[kPair + kPlanes / 2])),
     ...);
    return next;
}

template <std::size_t kPlanes>
Gathered<kPlanes> gather(const std::byte* from, std::size_t plane_bytes) {
    constexpr std::make_index_sequence<kPlanes / 2> kPairs;
    auto gathered = load_planes(from, plane_bytes, std::make_index_sequence<kPlanes>());
    if constexpr (kPlanes >= 2) {
        gathered = interleave(gathered, kPairs);
    }
    if constexpr (kPlanes >= 4) {
        gathered = interleave(gathered, kPairs);
    }
    if constexpr (kPlanes >= 8) {
        gathered = interleave(gathered, kPairs);
    }
    return gathered;
}

}  // namespace hyperslab::filter
