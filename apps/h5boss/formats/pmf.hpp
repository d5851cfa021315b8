// Lists of fibres: the text files "plates mjds fibers" of H5Boss.
#pragma once

#include <string>
#include <vector>

#include "h5boss/formats/plate_id.hpp"
#include "h5boss/formats/report.hpp"

namespace hyperslab::apps::h5boss {

/// The fibres of a list, sorted, each once: three numbers a line, between spaces or commas. A first
/// line of names is passed over. A fibre that comes twice is a note in the report.
/// \throws Error (io) when the file cannot be read; (invalid_argument) for a line that is none of
/// this,
///         or a list without fibres
std::vector<FiberId> read_pmf(const std::string& path, Report& report);

}  // namespace hyperslab::apps::h5boss
