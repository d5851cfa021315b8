// SQLite's side of virtual tables: C functions that it calls back, and the facts that its planner
// gets.
//
// The plan of a scan is a text, a word for each argument that the scan gets: "c12 3" is column 12
// compared by operator 3, "r 4" the row's number compared by operator 4. Behind a bar stand the
// columns that will be asked for.

#include "shared/sql/virtual_table.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/sql/cursor.hpp"
#include "shared/sql/statement_text.hpp"
#include "shared/sql/unsigned64.hpp"

namespace hyperslab::apps::sql {
namespace {

using Op = Condition::Op;

struct VirtualTable : sqlite3_vtab {
    std::shared_ptr<const Table> table;
    Tables* tables = nullptr;
};

struct VirtualCursor : sqlite3_vtab_cursor {
    explicit VirtualCursor(const VirtualTable& from) : cursor(*from.table, from.tables->check) {}

    Cursor cursor;
};

Cursor& cursor_of(sqlite3_vtab_cursor* cursor) {
    return static_cast<VirtualCursor*>(cursor)->cursor;
}

/// Calls work(), and gives its exception to SQLite as a message.
template <class Work>
int guarded(sqlite3_vtab* table, Work&& work) {
    try {
        work();
        return SQLITE_OK;
    } catch (const std::bad_alloc&) {
        return SQLITE_NOMEM;
    } catch (const std::exception& error) {
        sqlite3_free(table->zErrMsg);
        table->zErrMsg = sqlite3_mprintf("%s", error.what());
        return SQLITE_ERROR;
    }
}

// ---- making and removing ----

bool is_unsigned(const Column& column) { return column.declaration.starts_with("U64"); }

std::string declaration(const Table& table) {
    std::string text = "CREATE TABLE x(";
    bool first = true;
    for (const Column& column : table.columns()) {
        text += (first ? "" : ", ") + quoted_name(column.name) + " " +
                (column.hidden ? "HIDDEN " : "") + column.declaration +
                (is_unsigned(column) ? std::string(" COLLATE ") + kUnsignedCollation : "");
        first = false;
    }
    return text + ")";
}

int connect(sqlite3* connection,
            void* context,
            int /*argc*/,
            const char* const* argv,
            sqlite3_vtab** made,
            char** message) {
    auto& tables = *static_cast<Tables*>(context);
    try {
        auto table = std::make_unique<VirtualTable>();
        table->table = tables.find(argv[2]);
        table->tables = &tables;
        const int status = sqlite3_declare_vtab(connection, declaration(*table->table).c_str());
        if (status != SQLITE_OK) {
            *message = sqlite3_mprintf("%s", sqlite3_errmsg(connection));
            return status;
        }
        *made = table.release();
        return SQLITE_OK;
    } catch (const std::exception& error) {
        *message = sqlite3_mprintf("%s", error.what());
        return SQLITE_ERROR;
    }
}

int disconnect(sqlite3_vtab* table) {
    delete static_cast<VirtualTable*>(table);
    return SQLITE_OK;
}

// ---- planning ----

std::optional<Op> operator_of(unsigned char op) {
    switch (op) {
        case SQLITE_INDEX_CONSTRAINT_EQ:
            return Op::eq;
        case SQLITE_INDEX_CONSTRAINT_NE:
            return Op::ne;
        case SQLITE_INDEX_CONSTRAINT_LT:
            return Op::lt;
        case SQLITE_INDEX_CONSTRAINT_LE:
            return Op::le;
        case SQLITE_INDEX_CONSTRAINT_GT:
            return Op::gt;
        case SQLITE_INDEX_CONSTRAINT_GE:
            return Op::ge;
        default:
            return std::nullopt;
    }
}

/// Texts are compared here as bytes, or as numbers where the column is one of unsigned numbers.
bool has_known_order(sqlite3_index_info* plan, int constraint, const Column& column) {
    const std::string_view collation = sqlite3_vtab_collation(plan, constraint);
    return collation == (is_unsigned(column) ? kUnsignedCollation : "BINARY");
}

double share_of(Op op) {
    switch (op) {
        case Op::eq:
            return 0.01;
        case Op::in:
            return 0.05;
        case Op::ne:
            return 0.9;
        default:
            return 0.3;
    }
}

class Planner {
public:
    Planner(const Table& table, sqlite3_index_info* plan)
        : table_(table), plan_(plan), rows_(static_cast<double>(table.estimated_rows())) {}

    void make() {
        for (int i = 0; i < plan_->nConstraint; ++i) {
            add(i);
        }
        text_ += '|';
        // The last bit stands for all columns beyond it, which are loaded when they are asked for.
        for (std::size_t column = 0; column < std::min<std::size_t>(63, table_.columns().size());
             ++column) {
            if ((plan_->colUsed >> column & 1) != 0) {
                text_ += std::to_string(column) + " ";
            }
        }
        plan_->idxStr = sqlite3_mprintf("%s", text_.c_str());
        plan_->needToFreeIdxStr = 1;
        plan_->orderByConsumed =
            plan_->nOrderBy == 1 && plan_->aOrderBy[0].iColumn < 0 && plan_->aOrderBy[0].desc == 0
                ? 1
                : 0;
        const double found = std::max(1.0, rows_ * share_);
        plan_->estimatedRows = static_cast<sqlite3_int64>(found);
        // A row that is looked at costs little beside one that SQLite gets.
        plan_->estimatedCost = 10 + rows_ * row_share_ / 50 + found;
    }

private:
    void add(int i) {
        const auto& constraint = plan_->aConstraint[i];
        auto op = operator_of(constraint.op);
        if (constraint.usable == 0 || !op) {
            return;
        }
        const bool is_row = constraint.iColumn < 0;
        if (is_row && *op == Op::ne) {
            return;
        }
        if (!is_row &&
            !has_known_order(
                plan_, i, table_.columns()[static_cast<std::size_t>(constraint.iColumn)])) {
            return;
        }
        if (*op == Op::eq && !is_row && sqlite3_vtab_in(plan_, i, -1) != 0) {
            sqlite3_vtab_in(plan_, i, 1);  // all values at once, in place of a scan for each
            op = Op::in;
        }
        plan_->aConstraintUsage[i].argvIndex = ++arguments_;
        text_ += is_row ? "r " : "c" + std::to_string(constraint.iColumn) + " ";
        text_ += std::to_string(static_cast<int>(*op)) + " ";
        share_ *= share_of(*op);
        if (is_row) {
            row_share_ *= *op == Op::eq ? 1 / std::max(1.0, rows_) : 0.3;
            share_ = std::min(share_, row_share_);
        }
    }

    const Table& table_;
    sqlite3_index_info* plan_;
    double rows_;
    double share_ = 1;
    double row_share_ = 1;
    int arguments_ = 0;
    std::string text_;
};

int best_index(sqlite3_vtab* table, sqlite3_index_info* plan) {
    return guarded(table, [&] { Planner(*static_cast<VirtualTable*>(table)->table, plan).make(); });
}

// ---- scanning ----

Value value_of(sqlite3_value* value) {
    const auto bytes = static_cast<std::size_t>(sqlite3_value_bytes(value));
    switch (sqlite3_value_type(value)) {
        case SQLITE_INTEGER:
            return sqlite3_value_int64(value);
        case SQLITE_FLOAT:
            return sqlite3_value_double(value);
        case SQLITE_TEXT:
            return std::string(reinterpret_cast<const char*>(sqlite3_value_text(value)), bytes);
        case SQLITE_BLOB: {
            const auto* const data = static_cast<const std::byte*>(sqlite3_value_blob(value));
            return Blob{{data, data + bytes}};
        }
        default:
            return {};
    }
}

/// The values of an operand, which may be the list behind IN.
std::vector<Value> values_of(sqlite3_value* operand, Op op) {
    if (op != Op::in) {
        return {value_of(operand)};
    }
    std::vector<Value> values;
    sqlite3_value* item = nullptr;
    for (int status = sqlite3_vtab_in_first(operand, &item); status == SQLITE_OK && item != nullptr;
         status = sqlite3_vtab_in_next(operand, &item)) {
        values.push_back(value_of(item));
    }
    return values;
}

/// Narrows the range of rows by a comparison of their numbers. Texts are left to SQLite.
void narrow(Scan& scan, Op op, sqlite3_value* operand) {
    const int type = sqlite3_value_numeric_type(operand);
    if (type == SQLITE_NULL) {
        scan.last_row = -1;
        scan.first_row = 0;
        return;
    }
    if (type != SQLITE_INTEGER) {
        return;
    }
    const std::int64_t number = sqlite3_value_int64(operand);
    constexpr auto kLargest = std::numeric_limits<std::int64_t>::max();
    constexpr auto kSmallest = std::numeric_limits<std::int64_t>::min();
    if (op == Op::eq || op == Op::ge) {
        scan.first_row = std::max(scan.first_row, number);
    } else if (op == Op::gt) {
        scan.first_row = std::max(scan.first_row, number == kLargest ? kLargest : number + 1);
    }
    if (op == Op::eq || op == Op::le) {
        scan.last_row = std::min(scan.last_row, number);
    } else if (op == Op::lt) {
        scan.last_row = std::min(scan.last_row, number == kSmallest ? kSmallest : number - 1);
    }
}

Scan scan_of(const char* plan, int count, sqlite3_value** operands) {
    Scan scan;
    std::istringstream words(plan);
    for (int i = 0; i < count; ++i) {
        std::string place;
        int number = 0;
        words >> place >> number;
        const auto op = static_cast<Op>(number);
        if (place == "r") {
            narrow(scan, op, operands[i]);
        } else {
            scan.conditions.push_back(
                {std::stoul(place.substr(1)), op, values_of(operands[i], op)});
        }
    }
    words.ignore(std::numeric_limits<std::streamsize>::max(), '|');
    for (std::size_t column = 0; words >> column;) {
        scan.columns.push_back(column);
    }
    return scan;
}

int open_cursor(sqlite3_vtab* table, sqlite3_vtab_cursor** made) {
    return guarded(table, [&] { *made = new VirtualCursor(*static_cast<VirtualTable*>(table)); });
}

int close_cursor(sqlite3_vtab_cursor* cursor) {
    delete static_cast<VirtualCursor*>(cursor);
    return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* cursor,
           int /*number*/,
           const char* plan,
           int count,
           sqlite3_value** operands) {
    return guarded(cursor->pVtab, [&] { cursor_of(cursor).start(scan_of(plan, count, operands)); });
}

int next(sqlite3_vtab_cursor* cursor) {
    return guarded(cursor->pVtab, [&] { cursor_of(cursor).next(); });
}

int at_end(sqlite3_vtab_cursor* cursor) { return cursor_of(cursor).at_end() ? 1 : 0; }

int column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int number) {
    return guarded(cursor->pVtab,
                   [&] { cursor_of(cursor).give(static_cast<std::size_t>(number), context); });
}

int row_number(sqlite3_vtab_cursor* cursor, sqlite3_int64* number) {
    *number = cursor_of(cursor).row();
    return SQLITE_OK;
}

sqlite3_module make_module() {
    sqlite3_module module{};
    module.xCreate = connect;
    module.xConnect = connect;
    module.xBestIndex = best_index;
    module.xDisconnect = disconnect;
    module.xDestroy = disconnect;
    module.xOpen = open_cursor;
    module.xClose = close_cursor;
    module.xFilter = filter;
    module.xNext = next;
    module.xEof = at_end;
    module.xColumn = column;
    module.xRowid = row_number;
    return module;
}

const sqlite3_module kMethods = make_module();

}  // namespace

void add_module(sqlite3* connection, Tables& tables) {
    sqlite3_create_module(connection, kModule, &kMethods, &tables);
}

}  // namespace hyperslab::apps::sql
