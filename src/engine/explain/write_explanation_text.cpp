// An explanation of a write in words.

#include "engine/explain/explanation_parts.hpp"
#include "engine/explain/size_text.hpp"
#include "hyperslab/write_explanation.hpp"

namespace hyperslab {
namespace {

using engine::number_text;
using engine::size_text;

std::string type_text(const WriteExplanation& told) {
    if (told.conversion == "none") {
        return told.type;
    }
    return told.memory_type + " to " + told.type +
           (told.conversion == "library" ? ", converted by libhdf5" : "");
}

std::string chunks_text(const WriteExplanation& told) {
    std::string text = number_text(told.chunks) + " of " + number_text(told.grid_chunks) + ": " +
                       number_text(told.partial_chunks) + " in part";
    if (told.stored_chunks) {
        text += ", " + number_text(told.stored_chunks) + " in the file already";
    }
    return text;
}

std::string bytes_text(const WriteExplanation& told) {
    std::string text = told.engine == "library" ? "about " : "";
    text += size_text(*told.encoded_bytes) + " encoded";
    if (told.decoded_bytes.value_or(0) != 0) {
        text += ", " + size_text(*told.decoded_bytes) + " decoded first";
    }
    return told.amplification
               ? text + ": " + engine::times_text(*told.amplification) + " for each that is given"
               : text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> WriteExplanation::lines() const {
    std::vector<std::pair<std::string, std::string>> all{
        {"engine", engine::engine_text(*this)},
        {"layout", engine::layout_text(*this)},
        {"filters", engine::filters_text(*this)},
        {"type", type_text(*this)},
        {"values",
         to_string(value_shape) + " of " + to_string(shape) + ", " + size_text(value_bytes)},
    };
    if (chunks) {
        all.emplace_back("chunks", chunks_text(*this));
    }
    if (encoded_bytes.value_or(0) != 0) {
        all.emplace_back("bytes", bytes_text(*this));
    }
    if (filled_bytes.value_or(0) != 0) {
        all.emplace_back("fill", size_text(*filled_bytes) + " of fill values are written first");
    }
    for (const WriteAdvice& one : advice) {
        all.emplace_back("advice", one.text);
    }
    return all;
}

std::string to_string(const WriteExplanation& explanation) {
    return engine::joined_lines(explanation);
}

}  // namespace hyperslab
