// Brings bytes that belong together side by side, a vector's length of each row at once.
//
// A row is a plane of a shuffled chunk (all bytes of one significance) or of a bit-shuffled one.
// Interleaving the first half of the rows with the second, log2(rows) times, brings the bytes of
// one column together.
//
// Everything here is inlined into its caller, which decides what it is compiled for: functions for
// wide vectors are marked [[gnu::target]]. Vectors are passed by reference, as how they are passed
// by value depends on that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace hyperslab::filter {

using NarrowVector = std::uint8_t __attribute__((vector_size(16)));
using WideVector = std::uint8_t __attribute__((vector_size(32)));

// The lower or upper halves; of a wide vector those of each half, as AVX2 does it.
[[gnu::always_inline]] inline void interleave_lower(const NarrowVector& a,
                                                    const NarrowVector& b,
                                                    NarrowVector& to) {
    to = __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
[[gnu::always_inline]] inline void interleave_upper(const NarrowVector& a,
                                                    const NarrowVector& b,
                                                    NarrowVector& to) {
    to =
        __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}
// clang-format off
[[gnu::always_inline]] inline void interleave_lower(const WideVector& a,
                                                    const WideVector& b,
                                                    WideVector& to) {
    to = __builtin_shufflevector(
        a, b, 0, 32, 1, 33, 2, 34, 3, 35, 4, 36, 5, 37, 6, 38, 7, 39,
        16, 48, 17, 49, 18, 50, 19, 51, 20, 52, 21, 53, 22, 54, 23, 55);
}
[[gnu::always_inline]] inline void interleave_upper(const WideVector& a,
                                                    const WideVector& b,
                                                    WideVector& to) {
    to = __builtin_shufflevector(
        a, b, 8, 40, 9, 41, 10, 42, 11, 43, 12, 44, 13, 45, 14, 46, 15, 47,
        24, 56, 25, 57, 26, 58, 27, 59, 28, 60, 29, 61, 30, 62, 31, 63);
}
[[gnu::always_inline]] inline void both_lower_halves(const WideVector& a,
                                                     const WideVector& b,
                                                     WideVector& to) {
    to = __builtin_shufflevector(
        a, b, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47);
}
[[gnu::always_inline]] inline void both_upper_halves(const WideVector& a,
                                                     const WideVector& b,
                                                     WideVector& to) {
    to = __builtin_shufflevector(
        a, b, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
        48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63);
}
// clang-format on

/// As many columns as a vector has bytes, each of kRows bytes, side by side.
template <std::size_t kRows, typename Vector>
struct Gathered {
    Vector vectors[kRows];
};

// Packs and not loops: constant indexes keep the vectors in registers at every level of optimising.
template <std::size_t kRows, typename Vector, std::size_t... kRow>
[[gnu::always_inline]] inline void load_rows(const std::byte* from,
                                             std::size_t row_bytes,
                                             Gathered<kRows, Vector>& to,
                                             std::index_sequence<kRow...> /*rows*/) {
    (std::memcpy(&to.vectors[kRow], from + kRow * row_bytes, sizeof(Vector)), ...);
}

template <std::size_t kRows, typename Vector, std::size_t... kPair>
[[gnu::always_inline]] inline void interleave(Gathered<kRows, Vector>& columns,
                                              std::index_sequence<kPair...> /*pairs*/) {
    const Gathered<kRows, Vector> before = columns;
    ((interleave_lower(
          before.vectors[kPair], before.vectors[kPair + kRows / 2], columns.vectors[2 * kPair]),
      interleave_upper(before.vectors[kPair],
                       before.vectors[kPair + kRows / 2],
                       columns.vectors[2 * kPair + 1])),
     ...);
}

// A wide vector's halves are interleaved by themselves: the columns of all lower halves come first.
template <std::size_t kRows, std::size_t... kPair>
[[gnu::always_inline]] inline void order_halves(Gathered<kRows, WideVector>& columns,
                                                std::index_sequence<kPair...> /*pairs*/) {
    const Gathered<kRows, WideVector> before = columns;
    ((both_lower_halves(
          before.vectors[2 * kPair], before.vectors[2 * kPair + 1], columns.vectors[kPair]),
      both_upper_halves(before.vectors[2 * kPair],
                        before.vectors[2 * kPair + 1],
                        columns.vectors[kPair + kRows / 2])),
     ...);
}

template <std::size_t kRows, typename Vector, std::size_t... kRow>
[[gnu::always_inline]] inline void store(const Gathered<kRows, Vector>& columns,
                                         std::byte* to,
                                         std::index_sequence<kRow...> /*rows*/) {
    (std::memcpy(to + kRow * sizeof(Vector), &columns.vectors[kRow], sizeof(Vector)), ...);
}

/// The vectors are stored one by one, because one memcpy of all would first put them into memory.
template <std::size_t kRows, typename Vector>
[[gnu::always_inline]] inline void store(const Gathered<kRows, Vector>& columns, std::byte* to) {
    store(columns, to, std::make_index_sequence<kRows>());
}

/// \param kRows  1, 2, 4 or 8
/// \param from  sizeof(Vector) bytes are read of each row
template <std::size_t kRows, typename Vector>
[[gnu::always_inline]] inline void gather(const std::byte* from,
                                          std::size_t row_bytes,
                                          Gathered<kRows, Vector>& columns) {
    constexpr std::make_index_sequence<kRows / 2> kPairs;
    load_rows(from, row_bytes, columns, std::make_index_sequence<kRows>());
    if constexpr (kRows >= 2) {
        interleave(columns, kPairs);
    }
    if constexpr (kRows >= 4) {
        interleave(columns, kPairs);
    }
    if constexpr (kRows >= 8) {
        interleave(columns, kPairs);
    }
    if constexpr (kRows >= 2 && sizeof(Vector) == sizeof(WideVector)) {
        order_halves(columns, kPairs);
    }
}

}  // namespace hyperslab::filter
