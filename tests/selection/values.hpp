// Values: what a row of a selection holds, to be compared.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hyperslab::selection {

using Values = std::vector<std::uint64_t>;

inline Values values(std::span<const std::uint64_t> row) { return {row.begin(), row.end()}; }

}  // namespace hyperslab::selection
