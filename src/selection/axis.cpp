#include "selection/axis.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "core/checked.hpp"
#include "core/dialect.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::selection {
namespace {

// The distance of a negative value from zero; the smallest value has no positive counterpart.
std::uint64_t magnitude(std::int64_t negative) { return 0 - static_cast<std::uint64_t>(negative); }

// h5py reports an index below the beginning as it is after counting from the end.
std::string named(std::int64_t index, std::uint64_t length) {
    if (index >= 0 || core::dialect() == core::Dialect::cpp) {
        return std::to_string(index);
    }
    return "-" + std::to_string(magnitude(index) - length);
}

std::string out_of_range_for(std::uint64_t length) {
    if (length == 0) {
        return " out of range for empty dimension";
    }
    return " out of range for (0-" + std::to_string(length - 1) + ")";
}

[[noreturn]] void throw_out_of_range(const At& at, std::uint64_t length) {
    throw Error(ErrorCode::out_of_range,
                "Index (" + named(at.index, length) + ")" + out_of_range_for(length));
}

[[noreturn]] void throw_bad_step(std::int64_t step) {
    throw Error(ErrorCode::invalid_argument,
                step == 0 ? "slice step cannot be zero"
                          : "Step must be >= 1 (got " + std::to_string(step) + ")");
}

// Returns the position that a bound of a slice means. A bound outside the axis means its nearest
// end.
std::uint64_t clamp(std::int64_t bound, std::uint64_t length) {
    if (bound >= 0) {
        return std::min(static_cast<std::uint64_t>(bound), length);
    }
    return length - std::min(magnitude(bound), length);
}

std::string describe(const MultiBlock& blocks, std::optional<std::uint64_t> count) {
    const std::string start = std::to_string(blocks.start);
    const std::string stride = std::to_string(blocks.stride);
    const std::string block = std::to_string(blocks.block);
    if (core::dialect() == core::Dialect::cpp) {
        return "multi_block(" + start + ", " + stride + ", " +
               (count ? std::to_string(*count) : "std::nullopt") + ", " + block + ")";
    }
    return "MultiBlockSlice(start=" + start + ", stride=" + stride +
           ", count=" + (count ? std::to_string(*count) : "None") + ", block=" + block + ")";
}

void check_form(const MultiBlock& blocks) {
    if (blocks.stride == 0 || blocks.count == 0u || blocks.block == 0) {
        throw Error(ErrorCode::invalid_argument, "Stride, count and block can't be 0 or negative");
    }
    if (blocks.block > blocks.stride) {
        throw Error(ErrorCode::invalid_argument, "Blocks will overlap if block > stride");
    }
}

std::uint64_t whole_blocks(const MultiBlock& blocks, std::uint64_t length) {
    if (blocks.start > length || blocks.block > length - blocks.start) {
        throw Error(ErrorCode::invalid_argument,
                    "No full blocks can be selected using " + describe(blocks, std::nullopt) +
                        " on dimension of length " + std::to_string(length));
    }
    return (length - blocks.start - blocks.block) / blocks.stride + 1;
}

}  // namespace

Regular on_axis(const At& at, std::uint64_t length) {
    if (at.index >= 0) {
        const auto position = static_cast<std::uint64_t>(at.index);
        if (position >= length) {
            throw_out_of_range(at, length);
        }
        return {position, 1, 1, 1};
    }
    if (magnitude(at.index) > length) {
        throw_out_of_range(at, length);
    }
    return {length - magnitude(at.index), 1, 1, 1};
}

Regular on_axis(const Slice& slice, std::uint64_t length) {
    if (slice.step < 1) {
        throw_bad_step(slice.step);
    }
    const std::uint64_t start = slice.start ? clamp(*slice.start, length) : 0;
    const std::uint64_t stop = slice.stop ? clamp(*slice.stop, length) : length;
    if (stop < start) {
        return {0, 1, 0, 1};
    }
    const auto step = static_cast<std::uint64_t>(slice.step);
    const std::uint64_t count = stop == start ? 0 : 1 + (stop - start - 1) / step;
    return {start, step, count, 1};
}

Regular on_axis(const MultiBlock& blocks, std::uint64_t length) {
    check_form(blocks);
    const bool as_many_as_fit = blocks.count.value_or(kUnlimited) == kUnlimited;
    const std::uint64_t count = as_many_as_fit ? whole_blocks(blocks, length) : *blocks.count;
    const std::uint64_t last_block =
        core::checked_add(blocks.start, core::checked_multiply(count - 1, blocks.stride));
    const std::uint64_t last = core::checked_add(last_block, blocks.block - 1);
    if (last >= length) {
        throw Error(ErrorCode::invalid_argument,
                    describe(blocks, count) + " range (" + std::to_string(blocks.start) + " - " +
                        std::to_string(last) + ") extends beyond maximum index (" +
                        (length == 0 ? "-1" : std::to_string(length - 1)) + ")");
    }
    return {blocks.start, blocks.stride, count, blocks.block};
}

std::vector<std::uint64_t> on_axis(const IndexList& list, std::uint64_t length) {
    std::vector<std::uint64_t> positions;
    positions.reserve(list.positions.size());
    bool increasing = true;
    for (const std::int64_t index : list.positions) {
        const bool inside =
            index < 0 ? magnitude(index) <= length : static_cast<std::uint64_t>(index) < length;
        if (!inside) {
            throw Error(ErrorCode::out_of_range,
                        (core::dialect() == core::Dialect::cpp
                             ? "Index (" + std::to_string(index) + ") of a list"
                             : "Fancy indexing") +
                            out_of_range_for(length));
        }
        const std::uint64_t position =
            index < 0 ? length - magnitude(index) : static_cast<std::uint64_t>(index);
        increasing = increasing && (positions.empty() || positions.back() < position);
        positions.push_back(position);
    }
    if (!increasing) {
        throw Error(ErrorCode::type_mismatch, "Indexing elements must be in increasing order");
    }
    return positions;
}

std::vector<std::uint64_t> on_axis(const AxisMask& mask, std::uint64_t length) {
    if (mask.mask.size() != length) {
        throw Error(
            ErrorCode::type_mismatch,
            "boolean index did not match indexed array: " + std::to_string(mask.mask.size()) +
                " values for dimension of length " + std::to_string(length));
    }
    std::vector<std::uint64_t> positions;
    for (std::uint64_t i = 0; i < length; ++i) {
        if (mask.mask[i] != 0) {
            positions.push_back(i);
        }
    }
    return positions;
}

}  // namespace hyperslab::selection
