// The types of the columns are known when all rows were seen, so the query runs twice unless its
// rows can be kept.

#include "shared/rows_hdf5.hpp"

#include <hyperslab/hyperslab.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "shared/sql/unsigned64.hpp"
#include "shared/sql/value.hpp"

namespace hyperslab::apps {
namespace {

constexpr std::size_t kKeptBytes = 64 << 20;
constexpr std::size_t kChunkBytes = 1 << 20;

sql::Value value_of(const sql::Query& query, std::size_t column) {
    if (query.is_null(column)) {
        return {};
    }
    if (query.is_integer(column)) {
        return query.integer(column);
    }
    if (query.is_float(column)) {
        return query.number(column);
    }
    return std::string(query.text(column));
}

/// What the values of a column are like.
struct Kinds {
    bool nulls = false;
    bool integers = false;
    bool floats = false;
    bool texts = false;
    bool unsigned_texts = false;
    std::size_t longest = 1;

    void add(const sql::Value& value) {
        if (const auto* const text = std::get_if<std::string>(&value)) {
            (sql::is_beyond_integers(*text) ? unsigned_texts : texts) = true;
            longest = std::max(longest, text->size());
        } else {
            nulls = nulls || std::holds_alternative<std::monostate>(value);
            integers = integers || std::holds_alternative<std::int64_t>(value);
            floats = floats || std::holds_alternative<double>(value);
        }
    }
};

/// The integer type that a declaration names: INT16, UINT8.
std::optional<Datatype> declared_integer(std::string_view declaration) {
    const bool is_signed = !declaration.starts_with('U');
    declaration.remove_prefix(is_signed ? 0 : 1);
    if (!declaration.starts_with("INT")) {
        return std::nullopt;
    }
    unsigned bits = 0;
    std::from_chars(declaration.data() + 3, declaration.data() + declaration.size(), bits);
    return bits == 8 || bits == 16 || bits == 32 || bits == 64
               ? std::optional(Datatype::integer(bits / 8, is_signed))
               : std::nullopt;
}

Datatype type_of(const std::string& declaration, const Kinds& kinds) {
    const bool is_unsigned = declaration.starts_with("U64");
    if (kinds.texts || (kinds.unsigned_texts && !is_unsigned && !declaration.empty()) ||
        (!kinds.integers && !kinds.floats && !kinds.unsigned_texts && declaration.empty()) ||
        declaration.find("CHAR") != std::string::npos || declaration == "TEXT" ||
        declaration.starts_with("JSON")) {
        return Datatype::fixed_string(kinds.longest);
    }
    if (declaration.starts_with("FLOAT32")) {
        return Datatype::floating(4);
    }
    if (kinds.floats || declaration.starts_with("FLOAT") || kinds.nulls) {
        return Datatype::floating(8);
    }
    if (is_unsigned || kinds.unsigned_texts) {
        return Datatype::integer(8, false);
    }
    if (declaration == "BOOLEAN") {
        return Datatype::boolean();
    }
    return declared_integer(declaration).value_or(Datatype::integer(8, true));
}

template <class T>
void store(T value, std::byte* at) {
    std::memcpy(at, &value, sizeof value);
}

double number_of(const sql::Value& value) {
    if (const auto* const integer = std::get_if<std::int64_t>(&value)) {
        return static_cast<double>(*integer);
    }
    if (const auto* const number = std::get_if<double>(&value)) {
        return *number;
    }
    if (const auto* const text = std::get_if<std::string>(&value)) {
        return static_cast<double>(sql::number_of(*text).value_or(std::nan("")));
    }
    return std::numeric_limits<double>::quiet_NaN();
}

std::int64_t integer_of(const sql::Value& value) {
    if (const auto* const text = std::get_if<std::string>(&value)) {
        std::uint64_t number = 0;
        std::from_chars(text->data(), text->data() + text->size(), number);
        return static_cast<std::int64_t>(number);
    }
    const auto* const integer = std::get_if<std::int64_t>(&value);
    return integer == nullptr ? 0 : *integer;
}

std::string text_of(const sql::Value& value) {
    if (const auto* const text = std::get_if<std::string>(&value)) {
        return *text;
    }
    if (const auto* const integer = std::get_if<std::int64_t>(&value)) {
        return std::to_string(*integer);
    }
    return std::holds_alternative<double>(value) ? std::to_string(std::get<double>(value)) : "";
}

void store_value(const sql::Value& value, const Datatype& type, std::byte* at) {
    switch (type.type_class()) {
        case TypeClass::string: {
            const std::string text = text_of(value).substr(0, type.size());
            std::memcpy(at, text.data(), text.size());
            return;
        }
        case TypeClass::floating:
            return type.size() == 4 ? store(static_cast<float>(number_of(value)), at)
                                    : store(number_of(value), at);
        default: {
            // The machine is little-endian, so the low bytes come first.
            const std::int64_t integer = integer_of(value);
            std::memcpy(at, &integer, type.size());
        }
    }
}

class Rows {
public:
    explicit Rows(sql::Query& query) : query_(query), kinds_(query.columns()) {
        std::size_t bytes = 0;
        for (; query_.next(); ++count_) {
            for (std::size_t i = 0; i < kinds_.size(); ++i) {
                sql::Value value = value_of(query_, i);
                kinds_[i].add(value);
                bytes += sizeof value + (value.index() == 3 ? std::get<3>(value).size() : 0);
                if (bytes <= kKeptBytes) {
                    kept_.push_back(std::move(value));
                }
            }
        }
        all_kept_ = bytes <= kKeptBytes;
        if (!all_kept_) {
            kept_.clear();
            query_.reset();
        }
    }

    std::uint64_t count() const { return count_; }
    const Kinds& kinds(std::size_t column) const { return kinds_[column]; }

    /// The next row of the second time.
    std::vector<sql::Value> next() {
        std::vector<sql::Value> row(kinds_.size());
        if (!all_kept_ && !query_.next()) {
            throw Error(ErrorCode::invalid_argument,
                        "The query has other rows when it runs again, so it cannot be written as "
                        "HDF5");
        }
        for (std::size_t i = 0; i < row.size(); ++i) {
            row[i] = all_kept_ ? std::move(kept_[position_++]) : value_of(query_, i);
        }
        return row;
    }

private:
    sql::Query& query_;
    std::vector<Kinds> kinds_;
    std::vector<sql::Value> kept_;
    std::size_t position_ = 0;
    std::uint64_t count_ = 0;
    bool all_kept_ = false;
};

Datatype row_type(const sql::Query& query, const Rows& rows) {
    const std::vector<std::string> names = distinct_names(query);
    std::vector<CompoundMember> members;
    std::size_t size = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const Datatype type = type_of(query.declaration(i), rows.kinds(i));
        members.push_back({names[i], size, type});
        size += type.size();
    }
    return Datatype::compound(size, std::move(members));
}

void write_chunks(const Dataset& dataset, const Datatype& type, Rows& rows, std::uint64_t chunk) {
    std::vector<std::byte> bytes(static_cast<std::size_t>(chunk) * type.size());
    for (std::uint64_t first = 0; first < rows.count(); first += chunk) {
        std::ranges::fill(bytes, std::byte{0});
        const std::uint64_t count = std::min(chunk, rows.count() - first);
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::vector<sql::Value> row = rows.next();
            std::byte* const element = bytes.data() + static_cast<std::size_t>(i) * type.size();
            for (std::size_t column = 0; column < row.size(); ++column) {
                const CompoundMember& member = type.members()[column];
                store_value(row[column], member.type, element + member.offset);
            }
        }
        dataset.write_raw_chunk({first}, bytes);
    }
}

}  // namespace

std::vector<std::string> distinct_names(const sql::Query& query) {
    std::vector<std::string> names;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < query.columns(); ++i) {
        std::string name = query.name(i);
        for (int number = 2; !seen.insert(name).second; ++number) {
            name = query.name(i) + "_" + std::to_string(number);
        }
        names.push_back(std::move(name));
    }
    return names;
}

std::uint64_t write_rows_hdf5(sql::Query& query,
                              const std::string& path,
                              const std::string& statement) {
    Rows rows(query);
    const Datatype type = row_type(query, rows);
    FileOptions options;
    options.atomic = true;
    const File file(path, Mode::create, options);
    DatasetOptions layout;
    const std::uint64_t chunk = std::clamp<std::uint64_t>(
        kChunkBytes / type.size(), 1, std::max<std::uint64_t>(1, rows.count()));
    if (rows.count() != 0) {
        layout.chunks = {chunk};
    }
    const Dataset dataset = file.create_dataset("query", type, {rows.count()}, layout);
    dataset.attributes()["sql"] = statement;
    write_chunks(dataset, type, rows, chunk);
    file.close();
    return rows.count();
}

}  // namespace hyperslab::apps
