// H5S: dataspaces and selections in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/shape.hpp"
#include "selection/runs.hpp"

namespace hyperslab::hdf5::h5s {

enum class ExtentClass { no_class = -1, scalar = 0, simple = 1, null = 2 };
enum class SelectionType { error = -1, none = 0, points = 1, hyperslabs = 2, all = 3 };

/// H5S_seloper_t
enum class Operation {
    noop = -1,
    set = 0,
    or_ = 1,
    and_ = 2,
    xor_ = 3,
    not_b = 4,
    not_a = 5,
    append = 6,
    prepend = 7,
    invalid = 8,
};

/// A regular hyperslab; all four have the dataspace's rank.
struct Hyperslab {
    Shape start;
    Shape stride;
    Shape count;
    Shape block;
};

/// Refuses an extent whose elements cannot be counted in 64 bits, which libhdf5 would make.
/// \throws Error (invalid_argument) for such an extent
void require_countable(const Shape& dims);

Handle create(ExtentClass extent_class);
/// \throws Error (invalid_argument) when the elements cannot be counted
Handle create_simple(const Shape& dims, const std::optional<Shape>& max_dims = std::nullopt);
Handle copy(Id space);
Handle decode(std::span<const std::byte> encoded);
std::vector<std::byte> encode(Id space);

ExtentClass extent_class(Id space);
bool is_simple(Id space);
int rank(Id space);
Shape dims(Id space);
Shape max_dims(Id space);
std::int64_t element_count(Id space);
void copy_extent(Id destination, Id source);
void set_extent_simple(Id space, const Shape& dims, const std::optional<Shape>& max_dims);
void set_extent_none(Id space);

/// Moves the selection by an offset, one value a dimension; null takes the offset away.
void offset_simple(Id space, const std::int64_t* offset);

SelectionType selection_type(Id space);
std::int64_t selected_count(Id space);
bool selection_valid(Id space);
bool same_selection_shape(Id a, Id b);
void select_all(Id space);
void select_none(Id space);
void select_elements(Id space, Operation operation, std::span<const std::uint64_t> coordinates);
/// Selects a hyperslab. Null strides or blocks mean 1.
void select_hyperslab(Id space,
                      Operation operation,
                      const std::uint64_t* start,
                      const std::uint64_t* stride,
                      const std::uint64_t* count,
                      const std::uint64_t* block);
void copy_selection(Id destination, Id source);
Handle combine_selections(Id a, Operation operation, Id b);
void modify_selection(Id space, Operation operation, Id other);

/// First and last selected position along each dimension.
std::pair<Shape, Shape> selection_bounds(Id space);
std::int64_t selected_point_count(Id space);
/// Coordinates of the selected points, `rank` values each.
std::vector<std::uint64_t> selected_points(Id space);
std::int64_t selected_block_count(Id space);
/// First and last corner of each selected block, 2 x `rank` values each.
std::vector<std::uint64_t> selected_blocks(Id space);
bool is_regular_hyperslab(Id space);
/// The selection as runs of elements that follow one another row-major in the extent, in the order
/// of the selection.
std::vector<selection::Run> selected_runs(Id space);
Hyperslab regular_hyperslab(Id space);

}  // namespace hyperslab::hdf5::h5s
