// An account of what a write would do, and why, as `hyperslab explain --write` prints it.
//
//     const hs::WriteExplanation told = flux.explain_write({hs::all, hs::at(100)});
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

/// A change that would make a write faster.
struct WriteAdvice {
    std::string about;    ///< a short name, for programs
    std::string text;     ///< sentences, for people
    Shape chunk_shape{};  ///< the shape of chunks that the text suggests, or empty
};

/// The account. A number is an empty optional when it is unknown, or has no meaning for the layout.
struct WriteExplanation {
    /// The engine that writes: "direct" (chunks are encoded on many threads, past libhdf5),
    /// "library" (libhdf5), or "none" when nothing is written.
    std::string engine;
    std::string refusal;  ///< why the direct engine does not write, by a short name; or empty
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

    /// \name The write
    ///@{
    Shape value_shape{};
    std::uint64_t elements = 0;
    std::uint64_t value_bytes = 0;
    std::size_t threads = 1;  ///< threads that encode

    std::optional<std::uint64_t> grid_chunks{};       ///< chunks of the whole extent
    std::optional<std::uint64_t> chunks{};            ///< chunks that the write touches
    std::optional<std::uint64_t> partial_chunks{};    ///< touched chunks that are written in part
    std::optional<std::uint64_t> stored_chunks{};     ///< touched chunks that the file has already
    std::optional<std::uint64_t> rewritten_chunks{};  ///< both: what they have is decoded first

    /// Bytes that pass the filters, whole chunks. For libhdf5 this holds if its chunk cache keeps
    /// each chunk until no more is written to it.
    std::optional<std::uint64_t> encoded_bytes{};
    std::optional<std::uint64_t> decoded_bytes{};  ///< bytes of chunks that are decoded first
    std::optional<std::uint64_t> filled_bytes{};   ///< bytes of fill values that are written first
    /// The bytes encoded (stored, without filters) for each byte that is given.
    std::optional<double> amplification{};
    ///@}

    std::vector<WriteAdvice> advice{};

    /// All of it for people, as pairs of a word and a text.
    std::vector<std::pair<std::string, std::string>> lines() const;
};

/// The lines, one below the other.
std::string to_string(const WriteExplanation& explanation);

}  // namespace hyperslab
