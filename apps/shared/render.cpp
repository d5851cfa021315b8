// Types, filters, shapes and sizes.
#include "shared/render.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "shared/output.hpp"

namespace hyperslab::apps {
namespace {

struct KnownFilter {
    FilterId id;
    const char* name;
};

// The filters that are common in files, beside HDF5's own, from The HDF Group's list of registered
// filters.
constexpr std::array kKnownFilters{
    KnownFilter{filter_id::kDeflate, "deflate"},
    KnownFilter{filter_id::kShuffle, "shuffle"},
    KnownFilter{filter_id::kFletcher32, "fletcher32"},
    KnownFilter{filter_id::kSzip, "szip"},
    KnownFilter{filter_id::kNbit, "nbit"},
    KnownFilter{filter_id::kScaleoffset, "scaleoffset"},
    KnownFilter{filter_id::kLzf, "lzf"},
    KnownFilter{32001, "blosc"},
    KnownFilter{32004, "lz4"},
    KnownFilter{32008, "bitshuffle"},
    KnownFilter{32013, "zfp"},
    KnownFilter{32015, "zstd"},
    KnownFilter{32026, "blosc2"},
};

std::string filter_name(const Filter& filter) {
    for (const KnownFilter& known : kKnownFilters) {
        if (known.id == filter.id) {
            return known.name;
        }
    }
    return filter.name.empty() ? "filter " + std::to_string(filter.id) : filter.name;
}

bool holds_objects(const Json& json) {
    return json.is_array() && std::ranges::any_of(json, [](const Json& item) {
               return item.is_object() || holds_objects(item);
           });
}

}  // namespace

std::string line_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string lines_of(const Json& json, const std::string& indent) {
    if (!json.is_object() && !holds_objects(json)) {
        return line_of(json);
    }
    const std::string deeper = indent + "  ";
    std::string text = json.is_object() ? "{" : "[";
    bool first = true;
    for (const auto& [key, value] : json.items()) {
        text += (first ? "\n" : ",\n") + deeper +
                (json.is_object() ? line_of(Json(key)) + ": " : "") + lines_of(value, deeper);
        first = false;
    }
    return text + (first ? "" : "\n" + indent) + (json.is_object() ? "}" : "]");
}

std::string filter_text(const Filter& filter) {
    std::string name = printable(filter_name(filter));
    if (filter.id == filter_id::kDeflate && filter.options.size() == 1) {
        return name + " (level " + std::to_string(filter.options[0]) + ")";
    }
    // The options of the others are what the filter itself put there.
    return name;
}

Json filter_json(const Filter& filter) {
    return {{"id", filter.id},
            {"name", filter_name(filter)},
            {"options", filter.options},
            {"optional", filter.optional}};
}

std::string shape_text(const Shape& shape) {
    std::string text = "(";
    for (std::size_t d = 0; d < shape.size(); ++d) {
        text += (d == 0 ? "" : ", ") +
                (shape[d] == kUnlimited ? std::string("unlimited") : std::to_string(shape[d]));
    }
    return text + (shape.size() == 1 ? ",)" : ")");
}

Json shape_json(const Shape& shape) {
    Json json = Json::array();
    for (const std::uint64_t n : shape) {
        json.push_back(n == kUnlimited ? Json() : Json(n));
    }
    return json;
}

std::string bytes_text(std::uint64_t bytes) {
    constexpr std::array kUnits{"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    if (bytes < 1024) {
        return counted(bytes, "byte");
    }
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= 1024 && unit + 1 < kUnits.size(); ++unit) {
        value /= 1024;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f %s", value, kUnits[unit]);
    return text.data();
}

std::string kind_text(ObjectKind kind) {
    switch (kind) {
        case ObjectKind::group:
            return "group";
        case ObjectKind::dataset:
            return "dataset";
        case ObjectKind::committed_datatype:
            break;
    }
    return "committed datatype";
}

std::string counted(std::uint64_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace hyperslab::apps
