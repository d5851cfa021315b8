// Who makes which chunk, where processes of a parallel file write chunks together.
//
// A chunk is made by one process: of those that write to it by turns, so that all have about as
// many to do. The others send that process their elements, in the file's type. All processes work
// this out from the same list, so they need not ask each other again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "datatype/conversion.hpp"
#include "parallel/communicator.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {

/// What a process does in one round. Parts are those of its selection.
struct Turn {
    struct Made {
        std::size_t part;
        bool needs_before;  ///< nobody writes the whole chunk
    };
    struct Sent {
        std::size_t part;
        std::size_t to;  ///< the rank of who makes the chunk
    };
    std::vector<Made> made{};
    std::vector<Sent> sent{};
};

/// The rounds of a process that makes all of its chunks.
std::vector<Turn> own_turns(const selection::ChunkedSelection& parts, std::size_t batch);

/// The rounds of chunks that processes share. Every process has to come, and gets as many rounds.
/// \param batch  the number of chunks that a process makes in a round
/// \throws Error (io) when MPI fails
std::vector<Turn> shared_turns(const selection::ChunkedSelection& parts,
                               const parallel::Communicator& processes,
                               std::size_t batch);

/// Elements of one process for chunks that others make.
class Parcels {
public:
    explicit Parcels(std::size_t processes) : bytes_(processes) {}

    /// Packs the elements of a part.
    void add(const selection::ChunkedSelection& parts,
             const Turn::Sent& sent,
             const datatype::Conversion& conversion,
             const std::byte* memory);

    const std::vector<std::vector<std::byte>>& bytes() const { return bytes_; }

private:
    std::vector<std::vector<std::byte>> bytes_;
};

/// Elements that came from others, by the number of their chunk and then by rank.
using Pieces = std::map<std::uint64_t, std::vector<std::span<const std::byte>>>;

/// \param parcels  what Parcels packed, by rank; the result refers to it
Pieces unpack(const std::vector<std::vector<std::byte>>& parcels);

/// Puts the elements of one process into a chunk.
void put_piece(std::span<const std::byte> piece,
               std::size_t element_size,
               std::span<std::byte> chunk);

}  // namespace hyperslab::engine
