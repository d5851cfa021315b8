// What a read would do, and why: what `hyperslab explain` prints.
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

/// Something that would make a read faster.
struct ReadAdvice {
    std::string about;    ///< a short name, for programs
    std::string text;     ///< sentences, for people
    Shape chunk_shape{};  ///< of which they speak, if they do
};

/// Of numbers that are not there nothing can be said without reading.
struct ReadExplanation {
    /// "direct", past libhdf5 and on many threads; "library", libhdf5; "none" when nothing is read
    std::string engine;
    std::string refusal;  ///< why the direct engine does not read, as io_stats counts it; or empty
    std::string reason;   ///< the same as a sentence

    /// \name The dataset
    ///@{
    std::string layout;       ///< "compact", "contiguous", "external", "chunked", "virtual"
    Shape shape{};            ///< its extent
    Shape chunk_shape{};      ///< empty when it is not chunked
    std::string chunk_index;  ///< how chunks are found in the file
    std::vector<Filter> filters{};
    std::string type;         ///< of elements in the file
    std::string memory_type;  ///< of the same in memory
    std::string conversion;   ///< "none", "direct", "library": which engine's
    ///@}

    /// \name The read
    ///@{
    Shape result_shape{};
    std::uint64_t elements = 0;
    std::uint64_t result_bytes = 0;
    std::size_t threads = 1;

    std::optional<std::uint64_t> grid_chunks{};     ///< that the extent has
    std::optional<std::uint64_t> chunks{};          ///< of those, touched
    std::optional<std::uint64_t> stored_chunks{};   ///< of the touched, in the file
    std::optional<std::uint64_t> missing_chunks{};  ///< never written: they read as the fill value
    std::optional<std::uint64_t> cached_chunks{};   ///< held decoded by the direct engine

    /// From the file, but for the heaps of strings and sequences; of libhdf5 an estimate.
    std::optional<std::uint64_t> fetched_bytes{};
    std::optional<std::uint64_t> decoded_bytes{};  ///< that the filters give
    /// Bytes decoded (fetched, where there are no filters) for each byte that is wanted.
    std::optional<double> amplification{};
    ///@}

    std::vector<ReadAdvice> advice{};

    /// All of it for people: a word and what is to be said of it.
    std::vector<std::pair<std::string, std::string>> lines() const;
};

/// The lines, one below the other.
std::string to_string(const ReadExplanation& explanation);

}  // namespace hyperslab
