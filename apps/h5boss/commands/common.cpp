#include "h5boss/commands/common.hpp"

#include <cstdio>

#include "shared/program.hpp"

namespace hyperslab::apps::h5boss {
namespace {

std::vector<Filter> filters_of(const std::string& compression, bool shuffled) {
    if (compression.empty() || compression == "none") {
        return {};
    }
    std::vector<Filter> filters;
    if (shuffled) {
        filters.push_back(shuffle());
    }
    if (compression == "lzf") {
        filters.push_back(lzf());
        return filters;
    }
    if (compression == "gzip" || compression.starts_with("gzip:")) {
        const auto level =
            compression == "gzip" ? 4 : number_of(compression.substr(5)).value_or(-1);
        if (level >= 0 && level <= 9) {
            filters.push_back(deflate(static_cast<unsigned>(level)));
            return filters;
        }
    }
    throw Error(
        ErrorCode::invalid_argument,
        "'" + compression +
            "' is no compression: it is none, lzf, gzip or gzip:LEVEL with a level from 0 to 9");
}

}  // namespace

WriteOptions StorageOptions::write_options(Format otherwise) const {
    WriteOptions options;
    options.format = format == "v1" ? Format::v1 : format == "v2" ? Format::v2 : otherwise;
    options.filters = filters_of(compression, shuffle);
    options.keep_attributes = keep_attributes;
    return options;
}

void complain(const std::string& message) { apps::complain(kName, message); }

int finish(const Report& report, bool strict) {
    for (const std::string& line : report.all_notes()) {
        complain("note: " + line);
    }
    const std::vector<std::string> missing = report.all_missing();
    for (const std::string& line : missing) {
        complain("missing: " + line);
    }
    return strict && !missing.empty() ? 1 : 0;
}

void require_complete(const Report& report, bool strict) {
    if (strict && !report.complete()) {
        throw Error(ErrorCode::not_found,
                    "something is missing, so nothing was written (--strict)");
    }
}

int positive(const std::string& text, const std::string& what) {
    const auto number = number_of(text);
    if (!number || *number <= 0) {
        throw Error(ErrorCode::invalid_argument, "'" + text + "' is no " + what);
    }
    return *number;
}

}  // namespace hyperslab::apps::h5boss
