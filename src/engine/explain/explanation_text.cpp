// An explanation in words.

#include <array>
#include <cstdio>

#include "engine/explain/explanation_parts.hpp"
#include "engine/explain/size_text.hpp"
#include "hyperslab/read_explanation.hpp"

namespace hyperslab {
namespace engine {

std::string size_text(std::uint64_t bytes) {
    constexpr std::array kUnits{"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= 1024 && unit + 1 < kUnits.size(); ++unit) {
        value /= 1024;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s", value, kUnits[unit]);
    return text.data();
}

}  // namespace engine

namespace {

using engine::number_text;
using engine::size_text;

std::string type_text(const ReadExplanation& told) {
    if (told.conversion == "none") {
        return told.type;
    }
    return told.type + " to " + told.memory_type +
           (told.conversion == "library" ? ", converted by libhdf5" : "");
}

std::string chunks_text(const ReadExplanation& told) {
    std::string text = number_text(told.chunks) + " of " + number_text(told.grid_chunks);
    if (told.stored_chunks) {
        text += ": " + number_text(told.stored_chunks) + " stored, " +
                number_text(told.missing_chunks) + " never written";
    }
    return text +
           (told.cached_chunks ? ", " + number_text(told.cached_chunks) + " decoded before" : "");
}

std::string bytes_text(const ReadExplanation& told) {
    std::string text = told.engine == "library" ? "about " : "";
    text += size_text(*told.fetched_bytes) + " fetched";
    if (told.decoded_bytes.value_or(0) != 0) {
        text += ", " + size_text(*told.decoded_bytes) + " decoded";
    }
    if (told.amplification) {
        text += ": " + engine::times_text(*told.amplification) + " for each that is wanted";
    }
    return text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> ReadExplanation::lines() const {
    std::vector<std::pair<std::string, std::string>> all{
        {"engine", engine::engine_text(*this)},
        {"layout", engine::layout_text(*this)},
        {"filters", engine::filters_text(*this)},
        {"type", type_text(*this)},
        {"result",
         to_string(result_shape) + " of " + to_string(shape) + ", " + size_text(result_bytes)},
    };
    if (chunks) {
        all.emplace_back("chunks", chunks_text(*this));
    }
    if (fetched_bytes) {
        all.emplace_back("bytes", bytes_text(*this));
    }
    for (const ReadAdvice& one : advice) {
        all.emplace_back("advice", one.text);
    }
    return all;
}

std::string to_string(const ReadExplanation& explanation) {
    return engine::joined_lines(explanation);
}

}  // namespace hyperslab
