#include "engine/parallel/chunk_shares.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace hyperslab::engine {
namespace {

using selection::ChunkedSelection;
using selection::ChunkRun;

/// The processes that write to a chunk.
struct Writers {
    std::vector<std::size_t> ranks{};  ///< in ascending order
    bool one_has_all = false;
};

std::map<std::uint64_t, Writers> writers_of(const ChunkedSelection& parts,
                                            const parallel::Communicator& processes) {
    std::vector<std::uint64_t> mine;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        mine.push_back(parts.number(i));
        mine.push_back(parts.is_covered(i) ? 1 : 0);
    }
    const auto all = processes.gather(mine);
    std::map<std::uint64_t, Writers> writers;
    for (std::size_t rank = 0; rank < all.size(); ++rank) {
        for (std::size_t i = 0; i + 1 < all[rank].size(); i += 2) {
            Writers& of_chunk = writers[all[rank][i]];
            of_chunk.ranks.push_back(rank);
            of_chunk.one_has_all = of_chunk.one_has_all || all[rank][i + 1] != 0;
        }
    }
    return writers;
}

// A parcel is a row of pieces. A piece is a row of numbers, each of 64 bits, and then elements.
struct PieceHead {
    std::uint64_t chunk;
    std::uint64_t runs;
    std::uint64_t bytes;  ///< of what follows: runs and elements
};
using PieceRun = std::array<std::uint64_t, 4>;  // from, length, pieces, step

template <class Value>
void append(std::vector<std::byte>& bytes, const Value& value) {
    const auto* const from = reinterpret_cast<const std::byte*>(&value);
    bytes.insert(bytes.end(), from, from + sizeof value);
}

template <class Value>
Value take(std::span<const std::byte>& bytes) {
    Value value;
    std::memcpy(&value, bytes.data(), sizeof value);
    bytes = bytes.subspan(sizeof value);
    return value;
}

}  // namespace

std::vector<Turn> own_turns(const ChunkedSelection& parts, std::size_t batch) {
    std::vector<Turn> turns((parts.size() + batch - 1) / batch);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        turns[i / batch].made.push_back({i, false});
    }
    return turns;
}

std::vector<Turn> shared_turns(const ChunkedSelection& parts,
                               const parallel::Communicator& processes,
                               std::size_t batch) {
    const auto mine = static_cast<std::size_t>(processes.rank());
    std::vector<Turn> turns;
    std::vector<std::size_t> made(static_cast<std::size_t>(processes.size()));  // by rank
    std::size_t part = 0;  // parts and chunks are both sorted by number
    for (const auto& [number, writers] : writers_of(parts, processes)) {
        const std::size_t maker = writers.ranks[number % writers.ranks.size()];
        const std::size_t turn = made[maker]++ / batch;
        if (turn >= turns.size()) {
            turns.emplace_back();
        }
        if (part < parts.size() && parts.number(part) == number) {
            if (maker == mine) {
                turns[turn].made.push_back({part, !writers.one_has_all});
            } else {
                turns[turn].sent.push_back({part, maker});
            }
            ++part;
        }
    }
    return turns;
}

void Parcels::add(const ChunkedSelection& parts,
                  const Turn::Sent& sent,
                  const datatype::Conversion& conversion,
                  const std::byte* memory) {
    std::uint64_t runs = 0;
    std::uint64_t elements = 0;
    parts.for_each_run(sent.part, [&](const ChunkRun& run) {
        ++runs;
        elements += run.count();
    });
    std::vector<std::byte>& bytes = bytes_[sent.to];
    const std::uint64_t size = runs * sizeof(PieceRun) + elements * conversion.to_size();
    append(bytes, PieceHead{parts.number(sent.part), runs, size});
    parts.for_each_run(sent.part, [&](const ChunkRun& run) {
        append(bytes, PieceRun{run.from, run.length, run.pieces, run.step});
    });
    std::size_t place = bytes.size();
    bytes.resize(place + elements * conversion.to_size());
    parts.for_each_run(sent.part, [&](const ChunkRun& run) {
        conversion(memory + run.to * conversion.from_size(), bytes.data() + place, run.count());
        place += run.count() * conversion.to_size();
    });
}

Pieces unpack(const std::vector<std::vector<std::byte>>& parcels) {
    Pieces pieces;
    for (const std::vector<std::byte>& parcel : parcels) {
        std::span<const std::byte> left(parcel);
        while (!left.empty()) {
            const std::span<const std::byte> piece = left;
            const auto head = take<PieceHead>(left);
            pieces[head.chunk].push_back(piece.first(sizeof head + head.bytes));
            left = left.subspan(head.bytes);
        }
    }
    return pieces;
}

void put_piece(std::span<const std::byte> piece,
               std::size_t element_size,
               std::span<std::byte> chunk) {
    const auto head = take<PieceHead>(piece);
    std::span<const std::byte> elements = piece.subspan(head.runs * sizeof(PieceRun));
    for (std::uint64_t i = 0; i < head.runs; ++i) {
        const auto [from, length, pieces, step] = take<PieceRun>(piece);
        for (std::uint64_t k = 0; k < pieces; ++k) {
            const std::size_t bytes = length * element_size;
            std::memcpy(&chunk[(from + k * step) * element_size], elements.data(), bytes);
            elements = elements.subspan(bytes);
        }
    }
}

}  // namespace hyperslab::engine
