// Which fibres a question finds: an expression of SQL, a cone on the sky, or both.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "h5boss/index/index.hpp"
#include "shared/sql/database.hpp"

namespace hyperslab::apps::h5boss {

/// A circle on the sky, in degrees.
struct Cone {
    double ra = 0;
    double dec = 0;
    double radius = 0;
};

/// \throws Error (invalid_argument) for other than three numbers, or ones that are no such angles
std::optional<Cone> cone_of(const std::vector<double>& numbers);

struct Question {
    std::string expression;  ///< a condition, a whole SELECT, or empty
    std::optional<Cone> cone{};
    std::vector<std::string> columns{};  ///< to show; a choice of the most wanted by default
};

/// The angle between two places on the sky, all in degrees.
double separation(double ra1, double dec1, double ra2, double dec2);

/// Asks an index, which must outlive it.
class FiberQueries {
public:
    explicit FiberQueries(const Index& index, const std::string& where);

    /// The question as a statement: of the columns to show, or only of PLATE, MJD and FIBERID.
    /// \throws Error (invalid_argument) for what cannot be asked
    std::string statement(const Question& question, bool ids_only = false) const;
    /// \throws Error (invalid_argument) for what is no SQL
    sql::Query run(const Question& question, bool ids_only = false);
    /// The fibres that are found, sorted, each once.
    std::vector<FiberId> fibers(const Question& question);

private:
    using Names = std::map<std::string, std::string>;

    std::shared_ptr<const sql::Table> table(const std::string& name) const;
    const Names& columns(const std::string& table) const;
    std::string table_for(const std::string& expression) const;
    std::vector<std::string> shown(const Question& question, const std::string& table) const;
    std::string cone_condition(const Cone& cone) const;

    const Index& index_;
    // Tables are made once: they have hundreds of columns.
    mutable std::map<std::string, std::shared_ptr<const sql::Table>> tables_;
    mutable std::map<std::string, Names> columns_;  // by their names in lower case
    sql::Database database_;
};

/// The fibres that rows are of: their columns PLATE, MJD and FIBERID.
/// \throws Error (invalid_argument) when a query lacks one of them
std::vector<FiberId> fibers_of(sql::Query& query);

}  // namespace hyperslab::apps::h5boss
