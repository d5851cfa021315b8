// Texts that explanations of reads and of writes have in common.
#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>

#include "hyperslab/filter.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::engine {

inline std::string number_text(std::optional<std::uint64_t> number) {
    return number ? std::to_string(*number) : "?";
}

inline std::string times_text(double times) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", times);
    return text;
}

template <class Explanation>
std::string engine_text(const Explanation& told) {
    if (told.engine == "direct") {
        return "direct: past libhdf5, on " + std::to_string(told.threads) +
               (told.threads == 1 ? " thread" : " threads");
    }
    return told.engine + ": " + told.reason;
}

template <class Explanation>
std::string layout_text(const Explanation& told) {
    return told.chunk_shape.empty() ? told.layout
                                    : told.layout + " " + to_string(told.chunk_shape) + ", " +
                                          told.chunk_index + " index";
}

template <class Explanation>
std::string filters_text(const Explanation& told) {
    std::string text;
    for (const Filter& filter : told.filters) {
        text += (text.empty() ? "" : ", ") +
                (filter.name.empty() ? "filter " + std::to_string(filter.id) : filter.name);
    }
    return text.empty() ? "none" : text;
}

/// One line for each pair of a word and a text.
template <class Explanation>
std::string joined_lines(const Explanation& told) {
    constexpr std::size_t kColumn = 9;
    std::string text;
    for (const auto& [word, value] : told.lines()) {
        text += text.empty() ? "" : "\n";
        text += word;
        text.append(kColumn - word.size(), ' ');
        text += value;
    }
    return text;
}

}  // namespace hyperslab::engine
