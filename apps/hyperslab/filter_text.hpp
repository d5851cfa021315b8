// Filters as they are written on the command line.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <string>
#include <vector>

namespace hyperslab::apps {

/// The filters of "shuffle,gzip=4" in the order of writing; none for "none".
/// \throws Error (invalid_argument) for a word that names no filter or a value that it cannot have
std::vector<Filter> filters_from(const std::vector<std::string>& texts);

/// A whole number without a sign.
/// \throws Error (invalid_argument) for anything else, naming `what` it should be
std::uint64_t number_from(const std::string& text, const std::string& what);

/// The parts of a text between separators.
std::vector<std::string> split(const std::string& text, const std::string& separators);

}  // namespace hyperslab::apps
