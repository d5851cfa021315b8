#include "shared/sql/cursor.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "shared/sql/conditions.hpp"

namespace hyperslab::apps::sql {
namespace {

constexpr int kRowBits = 40;
// Blocks that are kept, for walks that come again and again, as those of joins do.
constexpr std::size_t kKeptBlocks = 4;

std::int64_t row_number(std::size_t part, std::uint64_t row) {
    return (static_cast<std::int64_t>(part) << kRowBits) + static_cast<std::int64_t>(row);
}

void give_value(sqlite3_context* context, const Value& value) {
    if (const auto* const integer = std::get_if<std::int64_t>(&value)) {
        sqlite3_result_int64(context, *integer);
    } else if (const auto* const number = std::get_if<double>(&value)) {
        sqlite3_result_double(context, *number);
    } else if (const auto* const text = std::get_if<std::string>(&value)) {
        sqlite3_result_text64(context, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    } else if (const auto* const blob = std::get_if<Blob>(&value)) {
        sqlite3_result_blob64(context, blob->bytes.data(), blob->bytes.size(), SQLITE_TRANSIENT);
    } else {
        sqlite3_result_null(context);
    }
}

}  // namespace

Cursor::Cursor(const Table& table, std::function<void()> check)
    : table_(table), check_(std::move(check)), wanted_(table.columns().size(), false) {}

void Cursor::start(Scan scan) {
    scan_ = std::move(scan);
    for (const std::size_t column : scan_.columns) {
        wanted_[column] = true;
    }
    const auto first_part = static_cast<std::size_t>(scan_.first_row >> kRowBits);
    if (part_ == nullptr || part_number_ != first_part) {
        part_.reset();
        kept_.clear();
        part_number_ = first_part;
    }
    next_row_ = static_cast<std::uint64_t>(scan_.first_row - row_number(first_part, 0));
    block_.reset();
    rows_.clear();
    place_ = 0;
    at_end_ = scan_.first_row > scan_.last_row;
    if (!at_end_) {
        find_row();
    }
}

void Cursor::next() {
    ++place_;
    find_row();
}

std::int64_t Cursor::row() const { return row_number(block_->part, block_->first + rows_[place_]); }

void Cursor::give(std::size_t column, sqlite3_context* context) {
    if (!block_->columns[column]) {
        wanted_[column] = true;
        std::vector<std::size_t> missing;
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            if (wanted_[i] && !block_->columns[i]) {
                missing.push_back(i);
            }
        }
        load(missing);
    }
    const LoadedColumn& loaded = *block_->columns[column];
    if (!loaded.cell) {
        give_value(context, loaded.constant);
        return;
    }
    const std::byte* const element = loaded.element(rows_[place_]);
    if (element == nullptr) {
        sqlite3_result_null(context);
    } else {
        loaded.cell->give(context, element);
    }
}

/// Goes on to the next row that is left, if the present place has none.
void Cursor::find_row() {
    while (place_ >= rows_.size()) {
        if (!next_block()) {
            at_end_ = true;
            return;
        }
    }
}

bool Cursor::next_block() {
    if (!open_part()) {
        return false;
    }
    check_();
    const std::uint64_t length = part_->block_rows();
    // Blocks lie on a grid, so that a kept one serves a walk that begins anywhere.
    const std::uint64_t first = next_row_ / length * length;
    block_ = kept_block(first);
    if (block_ == nullptr) {
        block_ = std::make_shared<Loaded>();
        block_->part = part_number_;
        block_->first = first;
        block_->count = std::min(length, part_->rows() - first);
        block_->columns.resize(wanted_.size());
        keep_block();
    }
    choose_rows();
    next_row_ = first + block_->count;
    return true;
}

/// Opens the next part when the present one has no more rows.
bool Cursor::open_part() {
    while (part_ == nullptr || next_row_ >= part_->rows()) {
        if (part_ != nullptr) {
            ++part_number_;
            next_row_ = 0;
            part_.reset();
            kept_.clear();
        }
        const auto may_match = [&](const Condition& condition) {
            return table_.may_match(part_number_, condition);
        };
        while (part_number_ < table_.parts() && !std::ranges::all_of(scan_.conditions, may_match)) {
            ++part_number_;
            next_row_ = 0;
        }
        if (part_number_ >= table_.parts()) {
            return false;
        }
        check_();
        part_ = table_.open(part_number_);
    }
    return row_number(part_number_, next_row_) <= scan_.last_row;
}

/// Finds the rows of the block that may meet the conditions.
void Cursor::choose_rows() {
    const std::int64_t begin = row_number(block_->part, block_->first);
    const std::uint64_t from = next_row_ - block_->first;
    const std::uint64_t to =
        std::min(block_->count, static_cast<std::uint64_t>(scan_.last_row - begin) + 1);
    rows_.resize(static_cast<std::size_t>(to - from));
    std::iota(rows_.begin(), rows_.end(), static_cast<std::uint32_t>(from));
    place_ = 0;
    std::vector<std::size_t> missing;
    for (const Condition& condition : scan_.conditions) {
        if (!block_->columns[condition.column] &&
            std::ranges::find(missing, condition.column) == missing.end()) {
            missing.push_back(condition.column);
        }
    }
    if (!missing.empty() && !rows_.empty()) {
        load(missing);
    }
    for (const Condition& condition : scan_.conditions) {
        if (rows_.empty()) {
            break;
        }
        keep_matching(*block_->columns[condition.column], condition, rows_);
    }
}

void Cursor::load(const std::vector<std::size_t>& columns) {
    part_->load(columns, block_->first, block_->count, block_->columns);
}

void Cursor::keep_block() {
    if (kept_.size() == kKeptBlocks) {
        kept_.erase(kept_.begin());
    }
    kept_.push_back(block_);
}

std::shared_ptr<Cursor::Loaded> Cursor::kept_block(std::uint64_t first) const {
    const auto found = std::ranges::find(
        kept_, first, [](const std::shared_ptr<Loaded>& block) { return block->first; });
    return found == kept_.end() ? nullptr : *found;
}

}  // namespace hyperslab::apps::sql
