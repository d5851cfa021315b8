#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/checked.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/selection.hpp"

namespace hyperslab {
namespace {

using Coordinates = std::array<std::uint64_t, kMaxRank>;

void check_mask(std::span<const std::uint64_t> extent, std::span<const std::uint8_t> mask) {
    if (extent.empty()) {
        throw Error(ErrorCode::invalid_argument, "A scalar cannot be indexed with a mask");
    }
    if (core::checked_product(extent) != mask.size()) {
        throw Error(
            ErrorCode::type_mismatch,
            "Boolean indexing array has incompatible shape: " + std::to_string(mask.size()) +
                " values for extent " + to_string(Shape(extent.begin(), extent.end())));
    }
}

// Steps the coordinates of a row, which are all but the last, to the next row.
void next_row(Coordinates& at, std::span<const std::uint64_t> extent) {
    for (std::size_t d = extent.size() - 1; d-- > 0;) {
        if (++at[d] < extent[d]) {
            return;
        }
        at[d] = 0;
    }
}

}  // namespace

Selection Selection::from_mask(std::span<const std::uint64_t> extent,
                               std::span<const std::uint8_t> mask) {
    Selection result(SelectionKind::points, extent);
    check_mask(extent, mask);
    const std::size_t rank = extent.size();
    const auto selected = mask.size() - static_cast<std::size_t>(std::ranges::count(mask, 0));
    std::vector<std::uint64_t> coordinates(
        core::checked_size(core::checked_multiply(selected, rank)));

    Coordinates at{};
    auto next = coordinates.begin();
    const std::size_t row_length = extent[rank - 1];
    for (std::size_t row = 0; row < mask.size(); row += row_length) {
        for (std::size_t i = 0; i < row_length; ++i) {
            if (mask[row + i] != 0) {
                for (std::size_t d = 0; d + 1 < rank; ++d) {
                    *next++ = at[d];
                }
                *next++ = i;
            }
        }
        next_row(at, extent);
    }
    result.set_points(std::move(coordinates));
    return result;
}

}  // namespace hyperslab
