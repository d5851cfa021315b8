#include "shared/sql/column.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>

namespace hyperslab::apps::sql {
namespace {

constexpr std::size_t kMaxColumns = 2000;  // of SQLite, unless it was built with another number
constexpr std::uint64_t kMaxItems = 256;   // that have columns of their own, of one array

bool is_boolean(const Datatype& type) {
    return type.size() == 1 && type.enum_members() == Datatype::boolean().enum_members();
}

std::string integer_declaration(const Datatype& type) {
    const std::string bits = std::to_string(type.size() * 8);
    const bool is_unsigned = type.type_class() == TypeClass::bitfield || !type.is_signed();
    if (is_unsigned && type.size() >= 8) {
        return "U64 TEXT";
    }
    return (is_unsigned ? "UINT" : "INT") + bits;
}

bool has_item_columns(const Datatype& type) {
    switch (type.base().type_class()) {
        case TypeClass::integer:
        case TypeClass::bitfield:
        case TypeClass::floating:
        case TypeClass::string:
        case TypeClass::enumeration:
            return element_count(type.array_dims()) <= kMaxItems;
        default:
            return false;
    }
}

/// "_0_3" for the item of an array, in C order.
std::string item_suffix(std::uint64_t item, const Shape& dims) {
    std::string suffix;
    for (std::size_t axis = dims.size(); axis-- > 0;) {
        suffix = "_" + std::to_string(item % dims[axis]) + suffix;
        item /= dims[axis];
    }
    return suffix;
}

class Columns {
public:
    Columns(std::size_t source, std::vector<Column>& columns)
        : source_(source), columns_(columns) {}

    void add(const Datatype& type, const std::string& name, bool outermost) {
        switch (type.type_class()) {
            case TypeClass::compound:
                for (const CompoundMember& member : type.members()) {
                    members_.push_back(member.name);
                    add(member.type, outermost ? member.name : name + "." + member.name, false);
                    members_.pop_back();
                }
                break;
            case TypeClass::array:
                push(type, name, false, {});
                if (has_item_columns(type)) {
                    const Shape& dims = type.array_dims();
                    for (std::uint64_t i = 0; i < element_count(dims); ++i) {
                        push(type.base(), name + item_suffix(i, dims), true, i);
                    }
                }
                break;
            default:
                push(type, name, false, {});
        }
    }

private:
    void push(const Datatype& type,
              const std::string& name,
              bool hidden,
              std::optional<std::uint64_t> item) {
        columns_.push_back({name, declaration_of(type), hidden, source_, members_, item});
    }

    std::size_t source_;
    std::vector<Column>& columns_;
    std::vector<std::string> members_;
};

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

/// Removes the hidden columns of the array that has most of them.
/// \returns whether there was one
bool drop_largest_array(std::vector<Column>& columns) {
    std::map<std::pair<std::size_t, std::vector<std::string>>, std::size_t> items;
    for (const Column& column : columns) {
        if (column.item) {
            ++items[{column.source, column.members}];
        }
    }
    const auto largest =
        std::ranges::max_element(items, {}, [](const auto& entry) { return entry.second; });
    if (largest == items.end()) {
        return false;
    }
    std::erase_if(columns, [&](const Column& column) {
        return column.item && column.source == largest->first.first &&
               column.members == largest->first.second;
    });
    return true;
}

}  // namespace

std::string declaration_of(const Datatype& type) {
    switch (type.type_class()) {
        case TypeClass::integer:
        case TypeClass::bitfield:
            return integer_declaration(type);
        case TypeClass::floating:
            return type.size() <= 4 ? "FLOAT32 REAL" : "FLOAT64 REAL";
        case TypeClass::string:
            return type.is_variable_string() ? "TEXT" : "CHAR(" + std::to_string(type.size()) + ")";
        case TypeClass::enumeration:
            return is_boolean(type) ? "BOOLEAN" : "TEXT";
        case TypeClass::array:
        case TypeClass::vlen:
        case TypeClass::complex:
        case TypeClass::compound:
            return "JSON TEXT";
        case TypeClass::opaque:
        case TypeClass::reference:
        case TypeClass::time:
            break;
    }
    return "BLOB";
}

void add_columns(const Datatype& type,
                 const std::string& name,
                 std::size_t source,
                 std::vector<Column>& columns) {
    Columns(source, columns).add(type, name, name.empty());
}

void fit_columns(std::vector<Column>& columns) {
    while (columns.size() > kMaxColumns && drop_largest_array(columns)) {
    }
    if (columns.size() > kMaxColumns) {
        throw Error(ErrorCode::unsupported,
                    "A table of SQL has at most " + std::to_string(kMaxColumns) +
                        " columns, and this one would have " + std::to_string(columns.size()));
    }
    std::set<std::string> seen;
    // Whatever SELECT * shows keeps its name before the item of an array does.
    for (const bool hidden : {false, true}) {
        for (Column& column : columns) {
            if (column.hidden != hidden) {
                continue;
            }
            const std::string name = column.name;
            for (int number = 2; !seen.insert(lower(column.name)).second; ++number) {
                column.name = name + "_" + std::to_string(number);
            }
        }
    }
}

}  // namespace hyperslab::apps::sql
