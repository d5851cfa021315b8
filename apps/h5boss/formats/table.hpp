// A table in memory: compounds one after the other, numbers in this machine's byte order.
//
// It is what catalogues and single spectra are between their formats. Which columns there are is
// found out at run time.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hyperslab::apps::h5boss {

using Bytes = std::vector<std::byte>;

class Table {
public:
    Table() = default;
    explicit Table(Datatype type) : type_(std::move(type)) {}
    Table(Datatype type, Bytes bytes) : type_(std::move(type)), bytes_(std::move(bytes)) {}

    const Datatype& type() const { return type_; }
    std::size_t row_size() const { return type_.size(); }
    std::size_t size() const { return row_size() == 0 ? 0 : bytes_.size() / row_size(); }
    bool empty() const { return bytes_.empty(); }
    const Bytes& bytes() const { return bytes_; }
    Bytes& bytes() { return bytes_; }
    const std::byte* row(std::size_t i) const { return bytes_.data() + i * row_size(); }
    std::byte* row(std::size_t i) { return bytes_.data() + i * row_size(); }

    bool has(const std::string& column) const;
    /// \name One value
    /// \throws Error (not_found) when there is no such column; (type_mismatch) when it is of
    /// another
    ///         kind
    ///@{
    std::int64_t integer(std::size_t row, const std::string& column) const;
    double real(std::size_t row, const std::string& column) const;
    std::string text(std::size_t row, const std::string& column) const;
    ///@}
    /// All values of an integer column.
    std::vector<int> integers(const std::string& column) const;

    /// Adds rows of another table. Columns are matched by name; where the types differ, this table
    /// gets one that holds both: the longer text, the wider number. A column that one of the two
    /// lacks is zero, or empty, in its rows.
    void append(const Table& other);
    /// Adds `count` rows of zeros.
    void resize(std::size_t count) { bytes_.resize(count * row_size()); }

    /// These rows, in this order.
    Table rows(std::span<const std::size_t> which) const;
    /// The rows whose integer column has one of these values, in the order of the table.
    Table where(const std::string& column, std::span<const int> values) const;

private:
    const CompoundMember& member(const std::string& column) const;

    Datatype type_ = Datatype::compound(0, {});
    Bytes bytes_;
};

/// A dataset of compounds, or some of its rows, as a table.
/// \throws Error (type_mismatch) when it has other elements, or is of more than one dimension
Table read_table(const Dataset& dataset);
Table read_table(const Dataset& dataset, std::uint64_t begin, std::uint64_t end);

/// A type that holds the values of both: see Table::append. Members of `a` come first.
/// \throws Error (type_mismatch) when a column has other dimensions in each
Datatype joined_type(const Datatype& a, const Datatype& b);

/// Copies the members of an element into an element of another type, by name.
void convert_row(const Datatype& from,
                 const std::byte* source,
                 const Datatype& to,
                 std::byte* target);

}  // namespace hyperslab::apps::h5boss
