#include "shared/dataset_view.hpp"

#include <variant>

namespace hyperslab::apps {
namespace {

/// The positions [first, first + count) of what an index selects.
Index narrowed(const Index& index, std::uint64_t first, std::uint64_t count) {
    const auto from = static_cast<std::int64_t>(first);
    const auto length = static_cast<std::int64_t>(count);
    if (const auto* const list = std::get_if<IndexList>(&index)) {
        const auto begin = list->positions.begin() + from;
        return IndexList{{begin, begin + length}};
    }
    const auto& slice = std::get<Slice>(index);
    const std::int64_t start = *slice.start + from * slice.step;
    return Slice{start, count == 0 ? start : start + (length - 1) * slice.step + 1, slice.step};
}

std::size_t axes_of(const std::vector<Index>& indices) {
    std::size_t axes = 0;
    for (const Index& index : indices) {
        axes += std::holds_alternative<Ellipsis>(index) ? 0 : 1;
    }
    return axes;
}

}  // namespace

DatasetView::DatasetView(Dataset dataset,
                         const std::vector<Index>& indices,
                         std::vector<std::string> fields)
    : dataset_(std::move(dataset)), fields_(std::move(fields)) {
    IndexExpression expression;
    for (const Index& index : indices) {
        expression.push_back(index);
    }
    // Says what is wrong with the expression; what follows need not.
    const Selection selection = dataset_.select(expression);
    const Shape extent = dataset_.shape();
    const std::size_t unnamed = extent.size() - axes_of(indices);
    const auto add_unnamed = [&] {
        for (std::size_t i = 0; i < unnamed; ++i) {
            add_axis(Slice{}, extent[indices_.size()]);
        }
    };
    bool ellipsis_seen = false;
    for (const Index& index : indices) {
        if (std::holds_alternative<Ellipsis>(index)) {
            add_unnamed();
            ellipsis_seen = true;
        } else {
            add_axis(index, extent[indices_.size()]);
        }
    }
    if (!ellipsis_seen) {
        add_unnamed();
    }
    shape_ = selection.result_shape();
}

void DatasetView::add_axis(const Index& index, std::uint64_t length) {
    if (!std::holds_alternative<At>(index)) {
        view_axes_.push_back(indices_.size());
    }
    if (!std::holds_alternative<Slice>(index)) {
        indices_.push_back(index);
        return;
    }
    const auto& slice = std::get<Slice>(index);
    const Selection axis = resolve(slice, {length});
    const auto start = static_cast<std::int64_t>(axis.start()[0]);
    indices_.emplace_back(Slice{start, static_cast<std::int64_t>(length), slice.step});
}

ElementArray DatasetView::read(const Shape& positions,
                               std::uint64_t first,
                               std::uint64_t count) const {
    std::vector<Index> part = indices_;
    for (std::size_t i = 0; i < positions.size(); ++i) {
        Index& index = part[view_axes_[i]];
        index = narrowed(index, positions[i], 1);
    }
    Index& index = part[view_axes_[positions.size()]];
    index = narrowed(index, first, count);
    for (std::size_t i = positions.size() + 1; i < shape_.size(); ++i) {
        Index& rest = part[view_axes_[i]];
        rest = narrowed(rest, 0, shape_[i]);
    }
    IndexExpression expression;
    for (const Index& axis : part) {
        expression.push_back(axis);
    }
    return dataset_.read_elements(expression, fields_);
}

ElementArray DatasetView::read() const {
    IndexExpression expression;
    for (const Index& axis : indices_) {
        expression.push_back(axis);
    }
    return dataset_.read_elements(expression, fields_);
}

}  // namespace hyperslab::apps
