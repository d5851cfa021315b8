// Tables of SQL over all plates of an index.
//
// `fibers` has a row for each fibre and the columns of all catalogues: PLATE, MJD and FIBERID, then
// those of zbest, plugmap, spall, photo/match … Where two catalogues have a column of one name the
// first one's has it, and each can be named with its catalogue: plugmap.RA, matchflux.RA. A
// catalogue itself is a table, too, with a row for each of its rows, which are several of a fibre
// in zline; the columns of the others go along with them, by the fibre.
#pragma once

#include <memory>
#include <string>

#include "h5boss/index/index.hpp"
#include "shared/sql/table.hpp"

namespace hyperslab::apps::h5boss {

/// The table of that name; null when there is none. The index must outlive it.
std::shared_ptr<const sql::Table> fiber_table(const Index& index, const std::string& name);

/// The name behind the last slash: "matchflux" of "photo/matchflux".
std::string short_name(const std::string& catalogue);

}  // namespace hyperslab::apps::h5boss
