#include "shared/sql/database.hpp"

#include <sqlite3.h>

#include <exception>
#include <map>
#include <set>
#include <utility>

#include "shared/sql/statement_text.hpp"
#include "shared/sql/unsigned64.hpp"
#include "shared/sql/virtual_table.hpp"

namespace hyperslab::apps::sql {
namespace {

constexpr int kStepsBetweenChecks = 10000;  // of SQLite's machine

/// Statements may read and compute; this refuses all else, such as ATTACH, which makes files.
int allow(void* /*context*/,
          int action,
          const char* /*first*/,
          const char* second,
          const char* /*database*/,
          const char* /*trigger*/) {
    switch (action) {
        case SQLITE_SELECT:
        case SQLITE_READ:
        case SQLITE_RECURSIVE:
            return SQLITE_OK;
        case SQLITE_FUNCTION:
            return std::string_view(second) == "load_extension" ? SQLITE_DENY : SQLITE_OK;
        default:
            return SQLITE_DENY;
    }
}

int compare(void* /*context*/, int left_size, const void* left, int right_size, const void* right) {
    return compare_numbers({static_cast<const char*>(left), static_cast<std::size_t>(left_size)},
                           {static_cast<const char*>(right), static_cast<std::size_t>(right_size)});
}

using Function = std::function<double(const std::vector<double>&)>;

void call(sqlite3_context* context, int count, sqlite3_value** values) {
    const auto& function = *static_cast<const Function*>(sqlite3_user_data(context));
    std::vector<double> arguments;
    for (int i = 0; i < count; ++i) {
        if (sqlite3_value_type(values[i]) == SQLITE_NULL) {
            return;  // the result is NULL
        }
        arguments.push_back(sqlite3_value_double(values[i]));
    }
    sqlite3_result_double(context, function(arguments));
}

/// The name in a message of SQLite's; empty for another message.
std::string named_in(const std::string& message, const std::string& beginning) {
    return message.starts_with(beginning) ? message.substr(beginning.size()) : "";
}

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using OwnedStatement = std::unique_ptr<sqlite3_stmt, Finalize>;

}  // namespace

class Database::Connection {
public:
    Connection(FindTable find, std::string where, std::function<bool()> interrupted)
        : find_(std::move(find)), where_(std::move(where)), interrupted_(std::move(interrupted)) {
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
        if (sqlite3_open_v2(":memory:", &connection_, flags, nullptr) != SQLITE_OK) {
            throw Error(ErrorCode::out_of_memory, "SQLite cannot be started");
        }
        tables_.find = [this](const std::string& name) {
            return known_.at(lower_case(name)).table;
        };
        tables_.check = [this] { check(); };
        add_module(connection_, tables_);
        sqlite3_create_collation(
            connection_, kUnsignedCollation, SQLITE_UTF8, nullptr, sql::compare);
        // A misspelt column between quotation marks is an error and no text.
        sqlite3_db_config(connection_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
        sqlite3_db_config(connection_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
        sqlite3_progress_handler(
            connection_,
            kStepsBetweenChecks,
            [](void* self) { return static_cast<Connection*>(self)->interrupted_() ? 1 : 0; },
            this);
    }
    ~Connection() { sqlite3_close_v2(connection_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    OwnedStatement prepare(const std::string& statement) {
        std::string text = statement;
        OwnedStatement prepared = prepare_known(text);
        if (const std::string exact = with_exact_integers(text, unsigned_columns());
            exact != text) {
            text = exact;
            prepared = prepare_known(text);
        }
        require_query(prepared.get(), statement);
        return prepared;
    }

    void add_function(const std::string& name, int arguments, Function function) {
        functions_.push_back(std::make_unique<Function>(std::move(function)));
        sqlite3_create_function(connection_,
                                name.c_str(),
                                arguments,
                                SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                functions_.back().get(),
                                call,
                                nullptr,
                                nullptr);
    }

    /// \throws Error of what ended a step
    [[noreturn]] void fail(int status) const {
        if (interrupted_()) {
            throw Error(ErrorCode::io, "The query was interrupted");
        }
        if (status == SQLITE_NOMEM) {
            throw Error(ErrorCode::out_of_memory, "There is not enough memory for the query");
        }
        throw Error(status == SQLITE_ERROR ? ErrorCode::invalid_argument : ErrorCode::io,
                    message());
    }

private:
    struct Known {
        std::string name;
        std::shared_ptr<const Table> table;
    };

    std::string message() const { return sqlite3_errmsg(connection_); }

    void check() const {
        if (interrupted_()) {
            throw Error(ErrorCode::io, "The query was interrupted");
        }
    }

    /// Prepares, and makes the tables known that SQLite asks for.
    OwnedStatement prepare_known(std::string& text) {
        bool names_changed = false;
        for (;;) {
            sqlite3_stmt* made = nullptr;
            const char* rest = nullptr;
            sqlite3_set_authorizer(connection_, allow, nullptr);
            const int status = sqlite3_prepare_v2(
                connection_, text.c_str(), static_cast<int>(text.size()) + 1, &made, &rest);
            sqlite3_set_authorizer(connection_, nullptr, nullptr);
            OwnedStatement statement(made);
            if (status == SQLITE_OK) {
                if (!tokens_of(rest).empty()) {
                    refuse("There must be one statement, and something follows it: " +
                           std::string(rest));
                }
                return statement;
            }
            if (status == SQLITE_AUTH) {
                refuse("Only queries are allowed, and the statement is none: " + text);
            }
            const std::string reason = message();
            if (const std::string name = named_in(reason, "no such table: "); !name.empty()) {
                add_table(name);
                continue;
            }
            if (!names_changed && reason.starts_with("no such column: ")) {
                names_changed = true;
                const std::string whole = with_whole_names(
                    text, [this](const std::string& name) { return has_column(name); });
                if (whole != text) {
                    text = whole;
                    continue;
                }
            }
            refuse(reason + ", in the statement: " + text);
        }
    }

    static void require_query(sqlite3_stmt* statement, const std::string& text) {
        if (statement == nullptr) {
            refuse("The statement is empty");
        }
        if (sqlite3_stmt_readonly(statement) == 0 || sqlite3_column_count(statement) == 0) {
            refuse("Only queries are allowed, and the statement is none: " + text);
        }
    }

    [[noreturn]] static void refuse(const std::string& message) {
        throw Error(ErrorCode::invalid_argument, message);
    }

    void add_table(const std::string& name) {
        const auto [place, added] = known_.try_emplace(lower_case(name));
        std::shared_ptr<const Table> table = added ? find_(name) : nullptr;
        if (table == nullptr) {
            if (added) {
                known_.erase(place);
            }
            throw Error(ErrorCode::not_found, "There is no table " + name + " in " + where_);
        }
        place->second = {name, std::move(table)};
        const std::string create =
            "CREATE VIRTUAL TABLE temp." + quoted_name(name) + " USING " + kModule;
        char* reason = nullptr;
        if (sqlite3_exec(connection_, create.c_str(), nullptr, nullptr, &reason) != SQLITE_OK) {
            const std::string text = reason == nullptr ? message() : reason;
            sqlite3_free(reason);
            refuse(text);
        }
    }

    bool has_column(const std::string& name) const {
        for (const auto& [key, known] : known_) {
            for (const Column& column : known.table->columns()) {
                if (lower_case(column.name) == lower_case(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    std::set<std::string> unsigned_columns() const {
        std::set<std::string> names;
        for (const auto& [key, known] : known_) {
            for (const Column& column : known.table->columns()) {
                if (column.declaration.starts_with("U64")) {
                    names.insert(lower_case(column.name));
                }
            }
        }
        return names;
    }

    FindTable find_;
    std::string where_;
    std::function<bool()> interrupted_;
    std::map<std::string, Known> known_;  // by names in lower case
    Tables tables_;
    std::vector<std::unique_ptr<Function>> functions_;
    sqlite3* connection_ = nullptr;
};

struct Query::Statement {
    Database::Connection& connection;
    OwnedStatement prepared;
};

Database::Database(FindTable find, std::string where, std::function<bool()> interrupted)
    : connection_(std::make_unique<Connection>(
          std::move(find), std::move(where), std::move(interrupted))) {}

Database::~Database() = default;

Query Database::query(const std::string& statement) {
    return Query(std::make_unique<Query::Statement>(
        Query::Statement{*connection_, connection_->prepare(statement)}));
}

void Database::add_function(const std::string& name, int arguments, Function function) {
    connection_->add_function(name, arguments, std::move(function));
}

Query::Query(std::unique_ptr<Statement> statement) : statement_(std::move(statement)) {}
Query::~Query() = default;
Query::Query(Query&& other) noexcept = default;

std::size_t Query::columns() const {
    return static_cast<std::size_t>(sqlite3_column_count(statement_->prepared.get()));
}

std::string Query::name(std::size_t column) const {
    return sqlite3_column_name(statement_->prepared.get(), static_cast<int>(column));
}

std::string Query::declaration(std::size_t column) const {
    const char* const type =
        sqlite3_column_decltype(statement_->prepared.get(), static_cast<int>(column));
    return type == nullptr ? "" : type;
}

bool Query::next() {
    const int status = sqlite3_step(statement_->prepared.get());
    if (status != SQLITE_ROW && status != SQLITE_DONE) {
        statement_->connection.fail(status);
    }
    return status == SQLITE_ROW;
}

void Query::reset() { sqlite3_reset(statement_->prepared.get()); }

bool Query::is_null(std::size_t column) const {
    return sqlite3_column_type(statement_->prepared.get(), static_cast<int>(column)) == SQLITE_NULL;
}
bool Query::is_integer(std::size_t column) const {
    return sqlite3_column_type(statement_->prepared.get(), static_cast<int>(column)) ==
           SQLITE_INTEGER;
}
bool Query::is_float(std::size_t column) const {
    return sqlite3_column_type(statement_->prepared.get(), static_cast<int>(column)) ==
           SQLITE_FLOAT;
}
bool Query::is_blob(std::size_t column) const {
    return sqlite3_column_type(statement_->prepared.get(), static_cast<int>(column)) == SQLITE_BLOB;
}
std::int64_t Query::integer(std::size_t column) const {
    return sqlite3_column_int64(statement_->prepared.get(), static_cast<int>(column));
}
double Query::number(std::size_t column) const {
    return sqlite3_column_double(statement_->prepared.get(), static_cast<int>(column));
}
std::string_view Query::text(std::size_t column) const {
    sqlite3_stmt* const statement = statement_->prepared.get();
    const int number = static_cast<int>(column);
    const auto* const data = static_cast<const char*>(sqlite3_column_blob(statement, number));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, number));
    return data == nullptr ? std::string_view() : std::string_view(data, size);
}

}  // namespace hyperslab::apps::sql
