// Moves elements from a chunk to the result of a read, converted or as they are. A detail of
// chunk_reader.cpp: one loop is compiled for each of the usual sizes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "datatype/conversion.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {

template <std::size_t Size>
struct CopyElements {
    static constexpr std::size_t size() { return Size; }
    void operator()(const std::byte* from, std::byte* to, std::uint64_t count) const {
        if (count == 1) {
            std::memcpy(to, from, Size);
        } else {
            std::memcpy(to, from, count * Size);
        }
    }
};

struct CopyLargeElements {
    std::size_t bytes;
    std::size_t size() const { return bytes; }
    void operator()(const std::byte* from, std::byte* to, std::uint64_t count) const {
        std::memcpy(to, from, count * bytes);
    }
};

/// Calls use(move), where move(from, to, count) moves elements. The move is specialised for the
/// usual sizes.
template <class Use>
void with_mover(const datatype::Conversion& conversion, Use&& use) {
    if (!conversion.is_copy()) {
        return use(conversion);
    }
    switch (conversion.from_size()) {
        case 1:
            return use(CopyElements<1>{});
        case 2:
            return use(CopyElements<2>{});
        case 4:
            return use(CopyElements<4>{});
        case 8:
            return use(CopyElements<8>{});
        case 16:
            return use(CopyElements<16>{});
        default:
            return use(CopyLargeElements{conversion.from_size()});
    }
}

/// Moves the elements of a run. `from` is the beginning of the chunk, `to` the beginning of the
/// result.
template <class Move>
void move_run(const selection::ChunkRun& run,
              const std::byte* from,
              std::size_t from_size,
              std::byte* to,
              std::size_t to_size,
              const Move& move) {
    from += run.from * from_size;
    to += run.to * to_size;
    if (run.pieces == 1) {
        move(from, to, run.length);
        return;
    }
    const std::size_t step = run.step * from_size;
    const std::size_t piece = run.length * to_size;
    if constexpr (std::is_same_v<Move, datatype::Conversion>) {
        if (run.length == 1) {
            move(from, step, to, run.pieces);
            return;
        }
    }
    if (run.length == 1) {  // a constant, so that the compiler sees it
        for (std::uint64_t i = 0; i < run.pieces; ++i) {
            move(from + i * step, to + i * piece, 1);
        }
        return;
    }
    for (std::uint64_t i = 0; i < run.pieces; ++i) {
        move(from + i * step, to + i * piece, run.length);
    }
}

}  // namespace hyperslab::engine
