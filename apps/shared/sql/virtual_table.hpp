// Tables as SQLite's virtual tables.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "shared/sql/table.hpp"

struct sqlite3;

namespace hyperslab::apps::sql {

/// What virtual tables of a connection know. It outlives the connection.
struct Tables {
    /// The table of a name. Source of what CREATE VIRTUAL TABLE makes.
    std::function<std::shared_ptr<const Table>(const std::string& name)> find;
    /// Called before rows are loaded; throws to end a query.
    std::function<void()> check;
};

/// The name of the module, for CREATE VIRTUAL TABLE name USING module.
inline constexpr const char* kModule = "hyperslab";

/// Makes the module known to a connection.
void add_module(sqlite3* connection, Tables& tables);

}  // namespace hyperslab::apps::sql
