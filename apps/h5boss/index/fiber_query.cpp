#include "h5boss/index/fiber_query.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "h5boss/index/fiber_table.hpp"
#include "shared/interruption.hpp"
#include "shared/sql/statement_text.hpp"

namespace hyperslab::apps::h5boss {
namespace {

constexpr double kDegree = 3.14159265358979323846 / 180;

[[noreturn]] void refuse(const std::string& message) {
    throw Error(ErrorCode::invalid_argument, message);
}

bool is_statement(const std::string& expression) {
    const std::vector<sql::Token> tokens = sql::tokens_of(expression);
    return !tokens.empty() &&
           (tokens[0].is("SELECT") || tokens[0].is("WITH") || tokens[0].is("VALUES"));
}

/// The columns that a catalogue has of its own, in lower case, also with its name in front.
std::set<std::string> own_columns(const std::string& catalogue, const Datatype& type) {
    std::vector<sql::Column> columns;
    sql::add_columns(type, "", 1, columns);
    std::set<std::string> names;
    for (const sql::Column& column : columns) {
        names.insert(sql::lower_case(column.name));
        names.insert(sql::lower_case(short_name(catalogue) + "." + column.name));
    }
    return names;
}

/// The columns that an expression names, also with their catalogue: "plugmap.RA".
std::vector<std::string> named_in(const std::string& expression) {
    std::vector<std::string> names;
    const std::vector<sql::Token> tokens = sql::tokens_of(expression);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!tokens[i].is_name()) {
            continue;
        }
        std::string name = tokens[i].name();
        while (i + 2 < tokens.size() && tokens[i + 1].text == "." && tokens[i + 2].is_name()) {
            name += "." + tokens[i + 2].name();
            i += 2;
        }
        names.push_back(sql::lower_case(name));
    }
    return names;
}

std::string number_text(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", value);
    std::string digits(text);
    return digits.find_first_of(".e") == std::string::npos ? digits + ".0" : digits;
}

}  // namespace

std::optional<Cone> cone_of(const std::vector<double>& numbers) {
    if (numbers.empty()) {
        return std::nullopt;
    }
    const bool finite = std::all_of(
        numbers.begin(), numbers.end(), [](double value) { return std::isfinite(value); });
    if (numbers.size() != 3 || !finite || std::abs(numbers[0]) > 360 || std::abs(numbers[1]) > 90 ||
        numbers[2] < 0 || numbers[2] > 180) {
        refuse(
            "a cone is RA DEC RADIUS in degrees: RA to 360, DEC from -90 to 90, RADIUS from 0 "
            "to 180");
    }
    return Cone{numbers[0], numbers[1], numbers[2]};
}

double separation(double ra1, double dec1, double ra2, double dec2) {
    const double step = (ra2 - ra1) * kDegree;
    const double s1 = std::sin(dec1 * kDegree);
    const double c1 = std::cos(dec1 * kDegree);
    const double s2 = std::sin(dec2 * kDegree);
    const double c2 = std::cos(dec2 * kDegree);
    const double across = std::hypot(c2 * std::sin(step), c1 * s2 - s1 * c2 * std::cos(step));
    return std::atan2(across, s1 * s2 + c1 * c2 * std::cos(step)) / kDegree;
}

FiberQueries::FiberQueries(const Index& index, const std::string& where)
    : index_(index),
      database_([this](const std::string& name) { return table(name); }, where, interrupted) {
    database_.add_function("separation", 4, [](const std::vector<double>& angles) {
        return separation(angles[0], angles[1], angles[2], angles[3]);
    });
}

std::shared_ptr<const sql::Table> FiberQueries::table(const std::string& name) const {
    const auto [at, fresh] = tables_.try_emplace(sql::lower_case(name));
    if (fresh) {
        at->second = fiber_table(index_, name);
    }
    return at->second;
}

const FiberQueries::Names& FiberQueries::columns(const std::string& name) const {
    const auto [at, fresh] = columns_.try_emplace(name);
    if (fresh) {
        for (const sql::Column& column : table(name)->columns()) {
            at->second.emplace(sql::lower_case(column.name), column.name);
        }
    }
    return at->second;
}

/// `fibers`, or the catalogue with several rows a fibre that alone has a column of the expression.
std::string FiberQueries::table_for(const std::string& expression) const {
    const Names& fibers = columns("fibers");
    std::set<std::string> others;
    for (const std::string& name : named_in(expression)) {
        if (!fibers.contains(name)) {
            others.insert(name);
        }
    }
    for (const auto& [catalogue, kind] : index_.catalogues()) {
        if (!kind.repeats || others.empty()) {
            continue;
        }
        const std::set<std::string> own = own_columns(catalogue, kind.type);
        if (std::any_of(others.begin(), others.end(), [&](const std::string& name) {
                return own.contains(name);
            })) {
            return catalogue;
        }
    }
    return "fibers";
}

std::vector<std::string> FiberQueries::shown(const Question& question,
                                             const std::string& table) const {
    const Names& columns = this->columns(table);
    std::vector<std::string> names{"PLATE", "MJD", "FIBERID"};
    std::set<std::string> seen{"plate", "mjd", "fiberid"};
    const auto add = [&](const std::string& name) {
        const auto at = columns.find(sql::lower_case(name));
        if (at != columns.end() && seen.insert(at->first).second) {
            names.push_back(at->second);
        }
        return at != columns.end();
    };
    if (question.columns.size() == 1 && question.columns[0] == "*") {
        for (const sql::Column& column : this->table(table)->columns()) {
            if (!column.hidden) {
                add(column.name);
            }
        }
        return names;
    }
    for (const std::string& name : question.columns) {
        if (!add(name)) {
            refuse("there is no column " + name);
        }
    }
    if (question.columns.empty()) {
        const bool plugged = columns.contains("plug_ra") && columns.contains("plug_dec");
        add(plugged ? "PLUG_RA" : "RA");
        add(plugged ? "PLUG_DEC" : "DEC");
        for (const char* const name : {"CLASS", "SUBCLASS", "Z", "Z_ERR", "ZWARNING"}) {
            add(name);
        }
        for (const std::string& name : named_in(question.expression)) {
            add(name);
        }
    }
    return names;
}

std::string FiberQueries::cone_condition(const Cone& cone) const {
    const Names& columns = this->columns("fibers");
    const bool plugged = columns.contains("plug_ra") && columns.contains("plug_dec");
    if (!plugged && !(columns.contains("ra") && columns.contains("dec"))) {
        refuse("a cone needs coordinates, and no catalogue has PLUG_RA and PLUG_DEC or RA and DEC");
    }
    const std::string ra = plugged ? "PLUG_RA" : "RA";
    const std::string dec = plugged ? "PLUG_DEC" : "DEC";
    // The band of declinations lets whole plates be passed over.
    return dec + " BETWEEN " + number_text(cone.dec - cone.radius - 1e-9) + " AND " +
           number_text(cone.dec + cone.radius + 1e-9) + " AND separation(" + ra + ", " + dec +
           ", " + number_text(cone.ra) + ", " + number_text(cone.dec) +
           ") <= " + number_text(cone.radius);
}

std::string FiberQueries::statement(const Question& question, bool ids_only) const {
    if (is_statement(question.expression)) {
        if (question.cone || !question.columns.empty()) {
            refuse(
                "a whole SELECT says itself which rows and columns it wants: it goes with neither "
                "--cone nor --columns");
        }
        return question.expression;
    }
    std::string wanted = question.columns.empty() ? "" : ", " + question.columns[0];
    for (std::size_t i = 1; i < question.columns.size(); ++i) {
        wanted += ", " + question.columns[i];
    }
    const std::string table = table_for(question.expression + wanted);
    std::string text = "SELECT ";
    const std::vector<std::string> columns =
        ids_only ? std::vector<std::string>{"PLATE", "MJD", "FIBERID"} : shown(question, table);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        text += (i == 0 ? "" : ", ") + sql::quoted_name(columns[i]);
    }
    text += " FROM " + sql::quoted_name(table);
    std::string condition;
    if (!sql::tokens_of(question.expression).empty()) {
        condition = "(" + question.expression + "\n)";  // behind a comment, if it ends in one
    }
    if (question.cone) {
        condition += (condition.empty() ? "" : " AND ") + cone_condition(*question.cone);
    }
    return condition.empty() ? text : text + " WHERE " + condition;
}

sql::Query FiberQueries::run(const Question& question, bool ids_only) {
    if (index_.plates().empty() && !is_statement(question.expression)) {
        // No column is known then, but that is no fault of the expression.
        return database_.query("SELECT PLATE, MJD, FIBERID FROM fibers");
    }
    const std::string text = statement(question, ids_only);
    try {
        return database_.query(text);
    } catch (const Error& error) {
        if (is_statement(question.expression)) {
            throw;
        }
        // Without the rest of the statement, which its writer has never seen.
        const std::string message(error.what());
        throw Error(error.code(),
                    message.substr(0, message.find(", in the statement: ")) +
                        ", in the expression: " + question.expression);
    }
}

std::vector<FiberId> FiberQueries::fibers(const Question& question) {
    sql::Query query = run(question, true);
    return fibers_of(query);
}

std::vector<FiberId> fibers_of(sql::Query& query) {
    std::size_t places[3] = {};
    const char* const names[3] = {"plate", "mjd", "fiberid"};
    for (std::size_t i = 0; i < 3; ++i) {
        std::size_t at = 0;
        while (at < query.columns() && sql::lower_case(query.name(at)) != names[i]) {
            ++at;
        }
        if (at == query.columns()) {
            refuse("a list of fibres needs the columns PLATE, MJD and FIBERID");
        }
        places[i] = at;
    }
    std::set<FiberId> found;
    while (query.next()) {
        const auto number = [&](std::size_t i) {
            return static_cast<int>(query.integer(places[i]));
        };
        found.insert({{number(0), number(1)}, number(2)});
    }
    return {found.begin(), found.end()};
}

}  // namespace hyperslab::apps::h5boss
