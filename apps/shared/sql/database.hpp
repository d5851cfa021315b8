// Queries in SQL over tables of HDF5.
//
//     sql::Database database(file);
//     sql::Query query = database.query("SELECT Z FROM '/zbest' WHERE CLASS = 'QSO'");
//     while (query.next()) { … query.value(0) … }
//
// Nothing can be changed: a statement that would is refused. Errors are of the library's class.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/sql/table.hpp"
#include "shared/sql/value.hpp"

namespace hyperslab::apps::sql {

class Query;

class Database {
public:
    /// Gives the table of a name in a statement, or null when there is none.
    using FindTable = std::function<std::shared_ptr<const Table>(const std::string& name)>;

    /// \param where  what the tables lie in, for messages: "FILE"
    /// \param interrupted  asked often; a query ends with an error when it is true
    Database(
        FindTable find, std::string where, std::function<bool()> interrupted = [] {
            return false;
        });
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Prepares a statement.
    /// \throws Error (invalid_argument) for what is no query in SQL; (not_found) for a table that
    ///     is not there
    Query query(const std::string& statement);

    /// Adds a function of numbers that is NULL when one of its arguments is.
    void add_function(const std::string& name,
                      int arguments,
                      std::function<double(const std::vector<double>&)> function);

private:
    friend class Query;
    class Connection;
    std::unique_ptr<Connection> connection_;
};

/// A statement that gives rows. It must not outlive its database.
class Query {
public:
    std::size_t columns() const;
    std::string name(std::size_t column) const;
    /// The SQL type with which a column of a table was declared; empty for an expression.
    std::string declaration(std::size_t column) const;

    /// Goes to the next row.
    /// \returns false when there is none
    /// \throws Error of whatever failed
    bool next();
    /// Begins anew.
    void reset();

    bool is_null(std::size_t column) const;
    bool is_integer(std::size_t column) const;
    bool is_float(std::size_t column) const;
    bool is_blob(std::size_t column) const;
    std::int64_t integer(std::size_t column) const;
    double number(std::size_t column) const;
    /// The value as SQLite writes it; bytes as they are. It is valid until next().
    std::string_view text(std::size_t column) const;

    ~Query();
    Query(Query&& other) noexcept;
    Query& operator=(Query&&) = delete;

private:
    friend class Database;
    struct Statement;
    explicit Query(std::unique_ptr<Statement> statement);
    std::unique_ptr<Statement> statement_;
};

}  // namespace hyperslab::apps::sql
