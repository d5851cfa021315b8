#include "object/summary/summary_text.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <variant>

namespace hyperslab::object {
namespace {

// Values are UTF-8; names may be any bytes, of which JSON cannot hold all.
std::string quoted(std::string_view text) {
    std::string made = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            made += '\\';
            made += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
            made += escaped;
        } else {
            made += c;
        }
    }
    return made + '"';
}

// JSON has no infinity, and its readers take a number beyond all doubles for it.
std::string number(double value) {
    if (std::isinf(value)) {
        return value < 0 ? "-1e999" : "1e999";
    }
    char digits[32];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
    std::string text(digits, end);
    // Without a point it would be read as an integer, which a float of that size is not.
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

struct BoundText {
    std::string operator()(std::monostate /*none*/) const { return "null"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(std::uint64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return number(value); }
    std::string operator()(const std::string& value) const { return quoted(value); }
};

template <class Values, class Text>
std::string list(const Values& values, const Text& text) {
    std::string made = "[";
    for (const auto& value : values) {
        made += made.size() == 1 ? "" : ",";
        made += text(value);
    }
    return made + "]";
}

std::string shape_text(const Shape& shape) {
    return list(shape, [](std::uint64_t length) { return std::to_string(length); });
}

std::string column_text(const ColumnSummary& column) {
    std::vector<std::uint64_t> with_nan;
    for (std::size_t i = 0; i < column.ranges.size(); ++i) {
        if (column.ranges[i].has_nan) {
            with_nan.push_back(i);
        }
    }
    const auto least = [](const ValueRange& range) { return std::visit(BoundText(), range.least); };
    const auto most = [](const ValueRange& range) { return std::visit(BoundText(), range.most); };
    return quoted(column.name) + ": {\"least\": " + list(column.ranges, least) +
           ", \"most\": " + list(column.ranges, most) +
           ", \"nan\": " + list(with_nan, [](std::uint64_t i) { return std::to_string(i); }) + "}";
}

std::string dataset_text(const DatasetSummary& summary) {
    std::string columns;
    for (const ColumnSummary& column : summary.columns) {
        columns += (columns.empty() ? "" : ",\n    ") + column_text(column);
    }
    return "{\"shape\": " + shape_text(summary.shape) + ", \"part\": " + shape_text(summary.part) +
           ", \"columns\": {\n    " + columns + "}}";
}

}  // namespace

std::string summary_text(const FileStamp& stamp,
                         const std::vector<std::pair<std::string, DatasetSummary>>& datasets) {
    std::string text = "{\"version\": 2, \"size\": " + std::to_string(stamp.bytes) +
                       ", \"time_ns\": " + std::to_string(stamp.time_ns) + ", \"datasets\": {";
    bool is_first = true;
    for (const auto& [path, summary] : datasets) {
        text += (is_first ? "\n  " : ",\n  ") + quoted(path) + ": " + dataset_text(summary);
        is_first = false;
    }
    return text + "}}\n";
}

}  // namespace hyperslab::object
