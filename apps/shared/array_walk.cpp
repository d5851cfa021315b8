#include "shared/array_walk.hpp"

#include <algorithm>

namespace hyperslab::apps {
namespace {

// The number of elements from which on arrays are shortened, as in NumPy.
constexpr std::uint64_t kShownElements = 1000;
// Elements read at a time.
constexpr std::uint64_t kBlockElements = 1U << 16;

/// Elements that lie in memory, nested.
class BlockWalk {
public:
    BlockWalk(const ElementArray& array, ArraySink& sink, std::size_t depth)
        : array_(array), sink_(sink), depth_(depth) {}

    /// Walks a block. `axes` are the lengths of its shape from `axis` on.
    void walk(std::span<const std::uint64_t> axes, std::size_t axis) {
        if (axes.empty()) {
            sink_.element(array_[next_++]);
            return;
        }
        sink_.begin(depth_ + axis);
        walk_inside(axes, axis);
        sink_.end(depth_ + axis);
    }

    /// Walks without the beginning and the end of the first axis.
    void walk_inside(std::span<const std::uint64_t> axes, std::size_t axis) {
        for (std::uint64_t i = 0; i < axes[0]; ++i) {
            walk(axes.subspan(1), axis + 1);
        }
    }

private:
    const ElementArray& array_;
    ArraySink& sink_;
    std::size_t depth_;
    std::size_t next_ = 0;
};

class ViewWalk {
public:
    ViewWalk(const DatasetView& view, std::uint64_t ends, ArraySink& sink)
        : view_(view), ends_(ends), sink_(sink) {}

    void walk() {
        const std::size_t axis = positions_.size();
        const std::uint64_t length = view_.shape()[axis];
        sink_.begin(axis);
        if (ends_ != 0 && length > 2 * ends_) {
            walk_stretch(0, ends_);
            sink_.gap(axis);
            walk_stretch(length - ends_, ends_);
        } else {
            walk_stretch(0, length);
        }
        sink_.end(axis);
    }

private:
    // The elements below one position of an axis.
    std::uint64_t unit(std::size_t axis) const {
        std::uint64_t count = 1;
        for (std::size_t d = axis + 1; d < view_.shape().size(); ++d) {
            count *= view_.shape()[d];
        }
        return count;
    }

    bool is_shortened_below(std::size_t axis) const {
        const auto rest = std::span(view_.shape()).subspan(axis + 1);
        return ends_ != 0 &&
               std::ranges::any_of(rest, [&](std::uint64_t n) { return n > 2 * ends_; });
    }

    void walk_stretch(std::uint64_t first, std::uint64_t count) {
        const std::size_t axis = positions_.size();
        const std::uint64_t below = std::max<std::uint64_t>(unit(axis), 1);
        if (!is_shortened_below(axis) && below <= kBlockElements) {
            const std::uint64_t at_once = kBlockElements / below;
            for (std::uint64_t done = 0; done < count; done += at_once) {
                walk_block(first + done, std::min(at_once, count - done));
            }
            return;
        }
        for (std::uint64_t i = 0; i < count; ++i) {
            positions_.push_back(first + i);
            walk();
            positions_.pop_back();
        }
    }

    void walk_block(std::uint64_t first, std::uint64_t count) {
        const std::size_t axis = positions_.size();
        const ElementArray block = view_.read(positions_, first, count);
        Shape axes(view_.shape().begin() + static_cast<std::ptrdiff_t>(axis), view_.shape().end());
        axes[0] = count;
        BlockWalk(block, sink_, axis).walk_inside(axes, 0);
    }

    const DatasetView& view_;
    std::uint64_t ends_;  // positions shown at either end of a long axis; 0: all
    ArraySink& sink_;
    Shape positions_;  // the positions on the axes outside
};

// Fewer where there are many long axes: what is shown multiplies.
std::uint64_t ends_for(const Shape& shape) {
    const auto long_axes = std::ranges::count_if(shape, [](std::uint64_t n) { return n > 6; });
    return long_axes <= 3 ? 3 : 1;
}

}  // namespace

void walk(const DatasetView& view, bool shorten, ArraySink& sink) {
    if (view.shape().empty()) {
        sink.element(view.read()[0]);
        return;
    }
    const bool many = view.size() > kShownElements;
    ViewWalk(view, shorten && many ? ends_for(view.shape()) : 0, sink).walk();
}

void walk(const ElementArray& array, ArraySink& sink) {
    BlockWalk(array, sink, 0).walk(array.shape(), 0);
}

}  // namespace hyperslab::apps
