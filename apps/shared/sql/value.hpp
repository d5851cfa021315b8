// The values of SQL: NULL, integers, floats, texts and bytes, as SQLite has them.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace hyperslab::apps::sql {

/// Bytes that are no text.
struct Blob {
    std::vector<std::byte> bytes;

    friend bool operator==(const Blob&, const Blob&) = default;
};

/// std::monostate is NULL.
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;

}  // namespace hyperslab::apps::sql
