// An account of what a read would do, and why, as `hyperslab explain` prints it.
//
//     const hs::ReadExplanation told = flux.explain({hs::all, hs::at(100)});
//     std::cout << hs::to_string(told);
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hyperslab/filter.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab {

/// A change that would make a read faster.
struct ReadAdvice {
    std::string about;    ///< a short name, for programs
    std::string text;     ///< sentences, for people
    Shape chunk_shape{};  ///< the shape of chunks that the text suggests, or empty
};

/// The account. A number is an empty optional when it cannot be found out without reading.
struct ReadExplanation {
    /// The engine that reads: "direct" (past libhdf5, on many threads), "library" (libhdf5), or
    /// "none" when nothing is read.
    std::string engine;
    std::string refusal;  ///< why the direct engine does not read, as io_stats counts it; or empty
    std::string reason;   ///< the reason for the engine, as a sentence

    /// \name The dataset
    ///@{
    std::string layout;       ///< "compact", "contiguous", "external", "chunked", "virtual"
    Shape shape{};            ///< its extent
    Shape chunk_shape{};      ///< empty when it is not chunked
    std::string chunk_index;  ///< the kind of index of chunks in the file
    std::vector<Filter> filters{};
    std::string type;         ///< the type of elements in the file
    std::string memory_type;  ///< the type of elements in memory
    std::string conversion;   ///< the engine that converts: "none", "direct" or "library"
    ///@}

    /// \name The read
    ///@{
    Shape result_shape{};
    std::uint64_t elements = 0;
    std::uint64_t result_bytes = 0;
    std::size_t threads = 1;

    std::optional<std::uint64_t> grid_chunks{};     ///< chunks of the whole extent
    std::optional<std::uint64_t> chunks{};          ///< chunks that the read touches
    std::optional<std::uint64_t> stored_chunks{};   ///< touched chunks that are in the file
    std::optional<std::uint64_t> missing_chunks{};  ///< touched chunks that were never written
    std::optional<std::uint64_t> cached_chunks{};   ///< held decoded by the direct engine

    /// Bytes read from the file, without the heaps of strings and sequences. They are an estimate
    /// where libhdf5 reads.
    std::optional<std::uint64_t> fetched_bytes{};
    std::optional<std::uint64_t> decoded_bytes{};  ///< bytes that the filters give
    /// The bytes decoded (fetched, without filters) for each byte that is wanted.
    std::optional<double> amplification{};
    ///@}

    std::vector<ReadAdvice> advice{};

    /// All of it for people, as pairs of a word and a text.
    std::vector<std::pair<std::string, std::string>> lines() const;
};

/// The lines, one below the other.
std::string to_string(const ReadExplanation& explanation);

}  // namespace hyperslab
