#include "hdf5/api/h5s.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5s {
namespace {

const hsize_t* dims_or_null(const std::optional<Shape>& dims) {
    return dims ? as_hsize(dims->data()) : nullptr;
}

void require_same_rank(const Shape& dims, const std::optional<Shape>& max_dims) {
    if (max_dims && max_dims->size() != dims.size()) {
        throw Error(ErrorCode::invalid_argument,
                    "Maximum dimensions " + to_string(*max_dims) + " and dimensions " +
                        to_string(dims) + " differ in rank");
    }
}

bool can_be_counted(const Shape& dims) {
    std::uint64_t count = 1;
    return std::ranges::find(dims, 0) != dims.end() ||
           std::ranges::none_of(
               dims, [&](std::uint64_t n) { return __builtin_mul_overflow(count, n, &count); });
}

H5S_seloper_t code(Operation operation) { return static_cast<H5S_seloper_t>(operation); }

std::size_t rank_of(Id space) { return static_cast<std::size_t>(rank(space)); }

}  // namespace

Handle create(ExtentClass extent_class) {
    return Handle(check({}, [&] { return H5Screate(static_cast<H5S_class_t>(extent_class)); }));
}

void require_countable(const Shape& dims) {
    if (!can_be_counted(dims)) {
        throw Error(
            ErrorCode::invalid_argument,
            "An extent of " + to_string(dims) + " has more elements than can be counted (2**64)");
    }
}

Handle create_simple(const Shape& dims, const std::optional<Shape>& max_dims) {
    require_same_rank(dims, max_dims);
    require_countable(dims);
    return Handle(check({}, [&] {
        return H5Screate_simple(
            static_cast<int>(dims.size()), as_hsize(dims.data()), dims_or_null(max_dims));
    }));
}

Handle copy(Id space) {
    return Handle(check({}, [&] { return H5Scopy(space); }));
}

Handle decode(std::span<const std::byte> encoded) {
    return Handle(check({}, [&] { return H5Sdecode(encoded.data()); }));
}

std::vector<std::byte> encode(Id space) {
    std::size_t size = 0;
    check({}, [&] { return H5Sencode2(space, nullptr, &size, H5P_DEFAULT); });
    std::vector<std::byte> encoded(size);
    check({}, [&] { return H5Sencode2(space, encoded.data(), &size, H5P_DEFAULT); });
    return encoded;
}

ExtentClass extent_class(Id space) {
    return static_cast<ExtentClass>(check({}, [&] { return H5Sget_simple_extent_type(space); }));
}

bool is_simple(Id space) {
    return check_true({}, [&] { return H5Sis_simple(space); });
}

int rank(Id space) {
    return check({}, [&] { return H5Sget_simple_extent_ndims(space); });
}

Shape dims(Id space) {
    std::array<hsize_t, H5S_MAX_RANK> values;
    const int count =
        check({}, [&] { return H5Sget_simple_extent_dims(space, values.data(), nullptr); });
    return Shape(values.data(), values.data() + count);
}

Shape max_dims(Id space) {
    std::array<hsize_t, H5S_MAX_RANK> values;
    const int count =
        check({}, [&] { return H5Sget_simple_extent_dims(space, nullptr, values.data()); });
    return Shape(values.data(), values.data() + count);
}

std::int64_t element_count(Id space) {
    return check({}, [&] { return H5Sget_simple_extent_npoints(space); });
}

void copy_extent(Id destination, Id source) {
    check({}, [&] { return H5Sextent_copy(destination, source); });
}

void set_extent_simple(Id space, const Shape& dims, const std::optional<Shape>& max_dims) {
    require_same_rank(dims, max_dims);
    require_countable(dims);
    check({}, [&] {
        return H5Sset_extent_simple(
            space, static_cast<int>(dims.size()), as_hsize(dims.data()), dims_or_null(max_dims));
    });
}

void set_extent_none(Id space) {
    check({}, [&] { return H5Sset_extent_none(space); });
    // libhdf5 leaves the selection of what was there before, and reads by it where nothing is.
    check({}, [&] { return H5Sselect_all(space); });
}

void offset_simple(Id space, const std::int64_t* offset) {
    check({}, [&] { return H5Soffset_simple(space, reinterpret_cast<const hssize_t*>(offset)); });
}

SelectionType selection_type(Id space) {
    return static_cast<SelectionType>(check({}, [&] { return H5Sget_select_type(space); }));
}

std::int64_t selected_count(Id space) {
    return check({}, [&] { return H5Sget_select_npoints(space); });
}

bool selection_valid(Id space) {
    return check_true({}, [&] { return H5Sselect_valid(space); });
}

bool same_selection_shape(Id a, Id b) {
    return check_true({}, [&] { return H5Sselect_shape_same(a, b); });
}

void select_all(Id space) {
    check({}, [&] { return H5Sselect_all(space); });
}

void select_none(Id space) {
    check({}, [&] { return H5Sselect_none(space); });
}

void select_elements(Id space, Operation operation, std::span<const std::uint64_t> coordinates) {
    const std::size_t rank = rank_of(space);
    const std::size_t count = rank == 0 ? 0 : coordinates.size() / rank;
    check({}, [&] {
        return H5Sselect_elements(space, code(operation), count, as_hsize(coordinates.data()));
    });
}

void select_hyperslab(Id space,
                      Operation operation,
                      const std::uint64_t* start,
                      const std::uint64_t* stride,
                      const std::uint64_t* count,
                      const std::uint64_t* block) {
    check({}, [&] {
        return H5Sselect_hyperslab(space,
                                   code(operation),
                                   as_hsize(start),
                                   as_hsize(stride),
                                   as_hsize(count),
                                   as_hsize(block));
    });
}

void copy_selection(Id destination, Id source) {
    check({}, [&] { return H5Sselect_copy(destination, source); });
}

Handle combine_selections(Id a, Operation operation, Id b) {
    return Handle(check({}, [&] { return H5Scombine_select(a, code(operation), b); }));
}

void modify_selection(Id space, Operation operation, Id other) {
    check({}, [&] { return H5Smodify_select(space, code(operation), other); });
}

std::pair<Shape, Shape> selection_bounds(Id space) {
    Shape first(rank_of(space));
    Shape last(first.size());
    check({}, [&] {
        return H5Sget_select_bounds(space, as_hsize(first.data()), as_hsize(last.data()));
    });
    return {std::move(first), std::move(last)};
}

std::int64_t selected_point_count(Id space) {
    return check({}, [&] { return H5Sget_select_elem_npoints(space); });
}

std::vector<std::uint64_t> selected_points(Id space) {
    const LockGuard guard;
    const auto count = static_cast<std::size_t>(selected_point_count(space));
    std::vector<std::uint64_t> points(count * rank_of(space));
    check({},
          [&] { return H5Sget_select_elem_pointlist(space, 0, count, as_hsize(points.data())); });
    return points;
}

std::int64_t selected_block_count(Id space) {
    return check({}, [&] { return H5Sget_select_hyper_nblocks(space); });
}

std::vector<std::uint64_t> selected_blocks(Id space) {
    const LockGuard guard;
    const auto count = static_cast<std::size_t>(selected_block_count(space));
    std::vector<std::uint64_t> blocks(count * rank_of(space) * 2);
    check({},
          [&] { return H5Sget_select_hyper_blocklist(space, 0, count, as_hsize(blocks.data())); });
    return blocks;
}

bool is_regular_hyperslab(Id space) {
    return check_true({}, [&] { return H5Sis_regular_hyperslab(space); });
}

Hyperslab regular_hyperslab(Id space) {
    const Shape zeros(rank_of(space));
    Hyperslab slab{zeros, zeros, zeros, zeros};
    check({}, [&] {
        return H5Sget_regular_hyperslab(space,
                                        as_hsize(slab.start.data()),
                                        as_hsize(slab.stride.data()),
                                        as_hsize(slab.count.data()),
                                        as_hsize(slab.block.data()));
    });
    return slab;
}

std::vector<selection::Run> selected_runs(Id space) {
    constexpr std::size_t kBatch = 1024;
    const LockGuard guard;
    // Elements of one byte: offsets and lengths come out in elements.
    const Id iterator = check({}, [&] { return H5Ssel_iter_create(space, 1, 0); });
    std::vector<selection::Run> runs;
    std::array<hsize_t, kBatch> offsets;
    std::array<std::size_t, kBatch> lengths;
    std::size_t found = 0;
    do {
        std::size_t elements = 0;
        const herr_t status = H5Ssel_iter_get_seq_list(iterator,
                                                       kBatch,
                                                       std::numeric_limits<std::size_t>::max(),
                                                       &found,
                                                       &elements,
                                                       offsets.data(),
                                                       lengths.data());
        if (status < 0) {
            H5Ssel_iter_close(iterator);
            throw_library_error({});
        }
        for (std::size_t i = 0; i < found; ++i) {
            runs.push_back({offsets[i], lengths[i]});
        }
    } while (found == kBatch);
    H5Ssel_iter_close(iterator);
    return runs;
}

}  // namespace hyperslab::hdf5::h5s
