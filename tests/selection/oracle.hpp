// The naive reference: random index expressions, and what they select found by asking every
// position of every axis whether it is meant.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "hyperslab/index.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::selection {

class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    std::int64_t between(std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(engine_);
    }
    bool chance(int percent) { return between(1, 100) <= percent; }

private:
    std::mt19937_64 engine_;
};

/// An expression, its extent, and what was meant by it on every axis.
struct Case {
    Shape extent;
    IndexExpression expression;
    std::vector<std::vector<std::uint64_t>> positions;  // of every axis
    std::vector<bool> scalar;                           // axes dropped from the result
};

inline bool meant(const Slice& slice, std::int64_t position, std::int64_t length) {
    const auto bound = [&](std::optional<std::int64_t> value, std::int64_t missing) {
        return !value ? missing : *value < 0 ? *value + length : *value;
    };
    const std::int64_t start = std::max<std::int64_t>(bound(slice.start, 0), 0);
    return position >= start && position < bound(slice.stop, length) &&
           (position - start) % slice.step == 0;
}

inline bool meant(const MultiBlock& blocks, std::uint64_t position) {
    for (std::uint64_t i = 0; i < *blocks.count; ++i) {
        const std::uint64_t begin = blocks.start + i * blocks.stride;
        if (position >= begin && position < begin + blocks.block) {
            return true;
        }
    }
    return false;
}

inline Slice random_slice(Random& random, std::int64_t length) {
    Slice slice{std::nullopt, std::nullopt, random.chance(50) ? 1 : random.between(1, 4)};
    if (random.chance(70)) {
        slice.start = random.between(-length - 2, length + 2);
    }
    if (random.chance(70)) {
        slice.stop = random.between(-length - 2, length + 2);
    }
    return slice;
}

/// Inside an axis of positive length.
inline MultiBlock random_blocks(Random& random, std::uint64_t length) {
    const auto below = [&](std::uint64_t n) {
        return static_cast<std::uint64_t>(random.between(0, static_cast<std::int64_t>(n) - 1));
    };
    MultiBlock blocks{.start = below(length)};
    blocks.block = 1 + below(length - blocks.start);
    blocks.stride = blocks.block + below(3);
    blocks.count = 1 + below((length - blocks.start - blocks.block) / blocks.stride + 1);
    return blocks;
}

/// Adds the index of the next axis to a case.
class CaseMaker {
public:
    CaseMaker(Random& random, Case& made) : random_(random), made_(made) {}

    void add_axis(std::uint64_t length) {
        length_ = static_cast<std::int64_t>(length);
        made_.positions.emplace_back();
        made_.scalar.push_back(false);
        const std::int64_t kind = random_.between(0, list_used_ ? 3 : 5);
        if (kind <= 1 && length > 0) {
            add_at();
        } else if (kind == 2 && length > 0) {
            const MultiBlock blocks = random_blocks(random_, length);
            add(blocks, [&](std::uint64_t p) { return meant(blocks, p); });
        } else if (kind <= 3) {
            const Slice slice = random_slice(random_, length_);
            add(slice, [&](std::uint64_t p) {
                return meant(slice, static_cast<std::int64_t>(p), length_);
            });
        } else {
            add_list(kind == 4);
        }
    }

    /// An axis that the expression does not speak of.
    void skip_axis(std::uint64_t length) {
        made_.positions.emplace_back();
        made_.scalar.push_back(false);
        for (std::uint64_t p = 0; p < length; ++p) {
            made_.positions.back().push_back(p);
        }
    }

private:
    template <class Item, class Meant>
    void add(const Item& index, const Meant& is_meant) {
        made_.expression.push_back(index);
        for (std::uint64_t p = 0; p < static_cast<std::uint64_t>(length_); ++p) {
            if (is_meant(p)) {
                made_.positions.back().push_back(p);
            }
        }
    }

    void add_at() {
        const std::int64_t index = random_.between(-length_, length_ - 1);
        const auto position = static_cast<std::uint64_t>(index < 0 ? index + length_ : index);
        add(at(index), [&](std::uint64_t p) { return p == position; });
        made_.scalar.back() = true;
    }

    void add_list(bool as_mask) {
        list_used_ = true;
        std::vector<std::uint8_t> mask;
        std::vector<std::int64_t> list;
        for (std::int64_t p = 0; p < length_; ++p) {
            mask.push_back(random_.chance(50));
            if (mask.back() != 0) {
                list.push_back(random_.chance(30) ? p - length_ : p);
            }
        }
        const auto is_meant = [&](std::uint64_t p) { return mask[p] != 0; };
        if (as_mask) {
            add(AxisMask{mask}, is_meant);
        } else {
            add(IndexList{list}, is_meant);
        }
    }

    Random& random_;
    Case& made_;
    std::int64_t length_ = 0;
    bool list_used_ = false;
};

/// One to four short axes; indices for some of the first and, past an ellipsis, of the last.
inline Case random_case(Random& random) {
    Case made;
    const auto rank = random.between(1, 4);
    for (std::int64_t d = 0; d < rank; ++d) {
        made.extent.push_back(static_cast<std::uint64_t>(random.between(random.chance(90), 7)));
    }
    const std::int64_t before = random.between(0, rank);
    const bool ellipsis_given = random.chance(40);
    const std::int64_t after = ellipsis_given ? random.between(0, rank - before) : 0;
    CaseMaker maker(random, made);
    for (std::int64_t d = 0; d < rank; ++d) {
        const std::uint64_t length = made.extent[static_cast<std::size_t>(d)];
        if (d == before && ellipsis_given) {
            made.expression.push_back(ellipsis);
        }
        if (d < before || d >= rank - after) {
            maker.add_axis(length);
        } else {
            maker.skip_axis(length);
        }
    }
    return made;
}

/// The linear elements of the case in the order of the result.
inline std::vector<std::uint64_t> elements(const Case& made) {
    std::vector<std::uint64_t> found{0};
    for (std::size_t d = 0; d < made.extent.size(); ++d) {
        std::vector<std::uint64_t> longer;
        for (const std::uint64_t element : found) {
            for (const std::uint64_t p : made.positions[d]) {
                longer.push_back(element * made.extent[d] + p);
            }
        }
        found = std::move(longer);
    }
    return found;
}

/// The lengths of all axes, or of those that the result has.
inline Shape shape_of(const Case& made, bool without_scalars) {
    Shape shape;
    for (std::size_t d = 0; d < made.extent.size(); ++d) {
        if (!without_scalars || !made.scalar[d]) {
            shape.push_back(made.positions[d].size());
        }
    }
    return shape;
}

}  // namespace hyperslab::selection
