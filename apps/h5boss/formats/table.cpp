#include "h5boss/formats/table.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_set>

namespace hyperslab::apps::h5boss {
namespace {

Datatype element_of(const Datatype& type) {
    return type.type_class() == TypeClass::array ? type.base() : type;
}

std::size_t element_count(const Datatype& type) {
    std::size_t count = 1;
    if (type.type_class() == TypeClass::array) {
        for (const std::uint64_t length : type.array_dims()) {
            count *= static_cast<std::size_t>(length);
        }
    }
    return count;
}

bool is_number(const Datatype& type) {
    return type.type_class() == TypeClass::integer || type.type_class() == TypeClass::floating;
}

Datatype joined_element(const Datatype& a, const Datatype& b, const std::string& name) {
    if (a == b) {
        return a;
    }
    if (a.type_class() == TypeClass::string && b.type_class() == TypeClass::string) {
        return a.size() >= b.size() ? a : b;
    }
    if (is_number(a) && is_number(b)) {
        if (a.type_class() == TypeClass::floating || b.type_class() == TypeClass::floating) {
            return Datatype::floating(std::max({a.size(), b.size(), std::size_t{4}}));
        }
        const bool same_sign = a.is_signed() == b.is_signed();
        const std::size_t size = std::max(a.size(), b.size());
        return Datatype::integer(same_sign ? size : std::min<std::size_t>(2 * size, 8),
                                 !same_sign || a.is_signed());
    }
    throw Error(ErrorCode::type_mismatch,
                "Column " + name + " is " + to_string(a) + " in one table and " + to_string(b) +
                    " in another one");
}

Datatype joined_member(const Datatype& a, const Datatype& b, const std::string& name) {
    if (a == b) {
        return a;
    }
    Datatype element = joined_element(element_of(a), element_of(b), name);
    const bool arrays = a.type_class() == TypeClass::array && b.type_class() == TypeClass::array;
    if (arrays && a.array_dims() == b.array_dims()) {
        return Datatype::array(element, a.array_dims());
    }
    if (a.type_class() == TypeClass::array || b.type_class() == TypeClass::array) {
        throw Error(ErrorCode::type_mismatch,
                    "Column " + name + " has other dimensions in another table: " + to_string(a) +
                        " and " + to_string(b));
    }
    return element;
}

void convert_element(const Datatype& from,
                     const std::byte* source,
                     const Datatype& to,
                     std::byte* target) {
    if (from == to) {
        std::memcpy(target, source, to.size());
    } else if (to.type_class() == TypeClass::string) {
        std::memcpy(target, source, std::min(from.size(), to.size()));
    } else if (to.type_class() == TypeClass::integer) {
        const std::int64_t value = Element(from, source).to_int64();
        std::memcpy(target, &value, to.size());  // little-endian
    } else if (to.size() == sizeof(float)) {
        const auto value = static_cast<float>(Element(from, source).to_double());
        std::memcpy(target, &value, sizeof value);
    } else {
        const double value = Element(from, source).to_double();
        std::memcpy(target, &value, sizeof value);
    }
}

void convert_member(const Datatype& from,
                    const std::byte* source,
                    const Datatype& to,
                    std::byte* target) {
    if (from == to) {
        std::memcpy(target, source, to.size());
        return;
    }
    const Datatype& in = element_of(from);
    const Datatype& out = element_of(to);
    const std::size_t count = std::min(element_count(from), element_count(to));
    for (std::size_t i = 0; i < count; ++i) {
        convert_element(in, source + i * in.size(), out, target + i * out.size());
    }
}

}  // namespace

bool Table::has(const std::string& column) const { return type_.find_member(column) != nullptr; }

const CompoundMember& Table::member(const std::string& column) const {
    const CompoundMember* const found = type_.find_member(column);
    if (found == nullptr) {
        throw Error(ErrorCode::not_found, "The table has no column " + column);
    }
    return *found;
}

std::int64_t Table::integer(std::size_t i, const std::string& column) const {
    const CompoundMember& one = member(column);
    return Element(one.type, row(i) + one.offset).to_int64();
}

double Table::real(std::size_t i, const std::string& column) const {
    const CompoundMember& one = member(column);
    return Element(one.type, row(i) + one.offset).to_double();
}

std::string Table::text(std::size_t i, const std::string& column) const {
    const CompoundMember& one = member(column);
    return std::string(Element(one.type, row(i) + one.offset).to_text());
}

std::vector<int> Table::integers(const std::string& column) const {
    const CompoundMember& one = member(column);
    std::vector<int> values(size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<int>(Element(one.type, row(i) + one.offset).to_int64());
    }
    return values;
}

void Table::append(const Table& other) {
    if (type_.members().empty()) {
        *this = other;
        return;
    }
    if (type_ != other.type_) {
        const Datatype joined = joined_type(type_, other.type_);
        if (joined != type_) {
            Table wider(joined);
            wider.resize(size());
            for (std::size_t i = 0; i < size(); ++i) {
                convert_row(type_, row(i), joined, wider.row(i));
            }
            *this = std::move(wider);
        }
        const std::size_t before = size();
        resize(before + other.size());
        for (std::size_t i = 0; i < other.size(); ++i) {
            convert_row(other.type_, other.row(i), type_, row(before + i));
        }
        return;
    }
    bytes_.insert(bytes_.end(), other.bytes_.begin(), other.bytes_.end());
}

Table Table::rows(std::span<const std::size_t> which) const {
    Table result(type_);
    result.bytes_.reserve(which.size() * row_size());
    for (const std::size_t i : which) {
        result.bytes_.insert(result.bytes_.end(), row(i), row(i) + row_size());
    }
    return result;
}

Table Table::where(const std::string& column, std::span<const int> values) const {
    const std::unordered_set<int> wanted(values.begin(), values.end());
    const std::vector<int> held = integers(column);
    std::vector<std::size_t> which;
    for (std::size_t i = 0; i < held.size(); ++i) {
        if (wanted.contains(held[i])) {
            which.push_back(i);
        }
    }
    return rows(which);
}

Table read_table(const Dataset& dataset) {
    if (dataset.rank() != 1) {
        throw Error(ErrorCode::type_mismatch,
                    "'" + dataset.name() + "' is no table of one dimension");
    }
    return read_table(dataset, 0, dataset.size());
}

Table read_table(const Dataset& dataset, std::uint64_t begin, std::uint64_t end) {
    if (dataset.datatype().type_class() != TypeClass::compound) {
        throw Error(ErrorCode::type_mismatch, "'" + dataset.name() + "' is no table");
    }
    const ElementArray rows = dataset.read_elements(
        slice(static_cast<std::int64_t>(begin), static_cast<std::int64_t>(end)));
    return {rows.datatype(), Bytes(rows.bytes().begin(), rows.bytes().end())};
}

Datatype joined_type(const Datatype& a, const Datatype& b) {
    std::vector<CompoundMember> members;
    std::size_t offset = 0;
    const auto add = [&](const std::string& name, const Datatype& type) {
        members.push_back({name, offset, type});
        offset += type.size();
    };
    for (const CompoundMember& one : a.members()) {
        const CompoundMember* const other = b.find_member(one.name);
        add(one.name, other == nullptr ? one.type : joined_member(one.type, other->type, one.name));
    }
    for (const CompoundMember& one : b.members()) {
        if (a.find_member(one.name) == nullptr) {
            add(one.name, one.type);
        }
    }
    return Datatype::compound(offset, std::move(members));
}

void convert_row(const Datatype& from,
                 const std::byte* source,
                 const Datatype& to,
                 std::byte* target) {
    for (const CompoundMember& out : to.members()) {
        if (const CompoundMember* const in = from.find_member(out.name)) {
            convert_member(in->type, source + in->offset, out.type, target + out.offset);
        }
    }
}

}  // namespace hyperslab::apps::h5boss
