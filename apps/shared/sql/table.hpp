// A table as the engine of SQL sees it: columns, and parts with rows, of which columns are loaded a
// block of rows at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "shared/sql/cell.hpp"
#include "shared/sql/column.hpp"
#include "shared/sql/value.hpp"

namespace hyperslab::apps::sql {

/// What a query demands of a column. Demands that cannot be expressed so are left to SQLite.
struct Condition {
    enum class Op { eq, ne, lt, le, gt, ge, in };

    std::size_t column;
    Op op;
    std::vector<Value> values;  ///< one, or for `in` any number
};

/// The values of a column for the rows of a block.
struct LoadedColumn {
    std::optional<Cell> cell{};           ///< empty: every value is `constant`
    Value constant{};                     ///< NULL by default
    std::shared_ptr<const void> owner{};  ///< keeps the elements
    const std::byte* data = nullptr;      ///< the first element
    std::size_t stride = 0;               ///< bytes from an element to the next
    /// The element of each row of the block, or -1 for a row that has none. Null: they are in
    /// order.
    std::shared_ptr<const std::vector<std::int64_t>> places{};

    /// The element of a row of the block; null when it has none.
    const std::byte* element(std::size_t row) const {
        if (places == nullptr) {
            return data + row * stride;
        }
        const std::int64_t place = (*places)[row];
        return place < 0 ? nullptr : data + static_cast<std::size_t>(place) * stride;
    }
};

/// The loaded columns of a block, by the numbers of the columns.
using Block = std::vector<std::optional<LoadedColumn>>;

/// Rows that lie together, such as those of one dataset.
class Part {
public:
    virtual ~Part() = default;
    virtual std::uint64_t rows() const = 0;
    /// The number of rows to load at a time, at least 1.
    virtual std::uint64_t block_rows() const = 0;
    /// Loads columns of rows [first, first + count), which lie in one block.
    virtual void load(std::span<const std::size_t> columns,
                      std::uint64_t first,
                      std::uint64_t count,
                      Block& block) = 0;
};

class Table {
public:
    virtual ~Table() = default;
    virtual const std::vector<Column>& columns() const = 0;
    /// The number of rows, or a guess, for the planner of queries.
    virtual std::uint64_t estimated_rows() const = 0;
    virtual std::size_t parts() const { return 1; }
    virtual std::shared_ptr<Part> open(std::size_t part) const = 0;
    /// Whether any row of a part may meet a condition; answered without opening it.
    virtual bool may_match(std::size_t /*part*/, const Condition& /*condition*/) const {
        return true;
    }
};

}  // namespace hyperslab::apps::sql
