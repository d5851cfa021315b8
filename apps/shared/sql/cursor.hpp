// Walks through the rows of a table that may meet a query's conditions.
//
// Columns are loaded a block of rows at a time, and only when their values are asked for: those of
// conditions for each block, the others for blocks in which a row is left.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "shared/sql/table.hpp"

struct sqlite3_context;

namespace hyperslab::apps::sql {

/// The rows of a walk: numbers of rows are those of HDF5, from 0; those of the second part begin at
/// 2^40.
struct Scan {
    std::vector<Condition> conditions{};
    std::int64_t first_row = 0;
    std::int64_t last_row = INT64_MAX;   ///< inclusive
    std::vector<std::size_t> columns{};  ///< that will be asked for, as far as that is known
};

class Cursor {
public:
    /// \param check  called before a block is loaded; throws to end the walk
    Cursor(const Table& table, std::function<void()> check);

    /// Begins a walk.
    void start(Scan scan);
    bool at_end() const { return at_end_; }
    void next();
    std::int64_t row() const;
    /// The value of a column in the present row, as the result of a column's function.
    void give(std::size_t column, sqlite3_context* context);

private:
    struct Loaded {
        std::size_t part = 0;
        std::uint64_t first = 0;
        std::uint64_t count = 0;
        Block columns{};
    };

    void find_row();
    bool next_block();
    bool open_part();
    void choose_rows();
    void load(const std::vector<std::size_t>& columns);
    void keep_block();
    std::shared_ptr<Loaded> kept_block(std::uint64_t first) const;

    const Table& table_;
    std::function<void()> check_;
    Scan scan_;
    std::vector<bool> wanted_;  // columns that were asked for, now or before

    std::size_t part_number_ = 0;
    std::shared_ptr<Part> part_;
    std::uint64_t next_row_ = 0;  // of the part, where the next block begins
    std::shared_ptr<Loaded> block_;
    std::vector<std::shared_ptr<Loaded>> kept_;  // the latest blocks of the part, oldest first

    std::vector<std::uint32_t> rows_;  // of the block, that may meet the conditions
    std::size_t place_ = 0;            // in rows_
    bool at_end_ = true;
};

}  // namespace hyperslab::apps::sql
