#include <string>
#include <utility>
#include <variant>

#include "hyperslab/error.hpp"
#include "hyperslab/selection.hpp"
#include "selection/axis.hpp"

namespace hyperslab::selection {

// Applies an expression to a selection of everything, axis by axis from left to right. Axes that no
// index names stay selected whole. The order is visible to callers: of several mistakes the
// leftmost is reported.
class Resolver {
public:
    static Selection resolve(const IndexExpression& expression, const Shape& extent) {
        Selection selection(SelectionKind::all, extent);
        Resolver resolver(selection, expression.size());
        for (const Index& index : expression.items()) {
            std::visit(resolver, index);
        }
        return selection;
    }

    void operator()(const At& at) {
        set_axis(on_axis(at, length()));
        selection_.scalar_axes_ |= 1u << axis_;
        ++axis_;
    }
    void operator()(const Slice& slice) {
        set_axis(on_axis(slice, length()));
        ++axis_;
    }
    void operator()(const MultiBlock& blocks) {
        set_axis(on_axis(blocks, length()));
        ++axis_;
    }

    void operator()(const IndexList& list) {
        const std::uint64_t axis_length = length();
        refuse_second_list();
        set_list(on_axis(list, axis_length));
        ++axis_;
    }

    void operator()(const AxisMask& mask) {
        std::vector<std::uint64_t> positions = on_axis(mask, length());
        refuse_second_list();
        if (selection_.rank() == 1) {
            selection_.set_points(std::move(positions));
        } else {
            set_list(std::move(positions));
        }
        ++axis_;
    }

    void operator()(const Ellipsis&) {
        if (ellipsis_met_) {
            throw Error(ErrorCode::invalid_argument, "Only one ellipsis may be used.");
        }
        ellipsis_met_ = true;
        --arguments_;
        if (arguments_ > selection_.rank()) {
            throw_too_many();
        }
        axis_ += selection_.rank() - arguments_;
    }

private:
    Resolver(Selection& selection, std::size_t arguments)
        : selection_(selection), arguments_(arguments) {}

    [[noreturn]] void throw_too_many() const {
        throw Error(ErrorCode::invalid_argument,
                    std::to_string(arguments_) + " indexing arguments for " +
                        std::to_string(selection_.rank()) + " dimensions");
    }

    // Returns the length of the next axis, if there is one.
    std::uint64_t length() const {
        if (axis_ >= selection_.rank()) {
            throw_too_many();
        }
        return selection_.extent()[axis_];
    }

    void refuse_second_list() const {
        if (selection_.kind() == SelectionKind::list) {
            throw Error(ErrorCode::type_mismatch,
                        "Only one indexing vector or array is currently allowed for fancy "
                        "indexing");
        }
    }

    void set_axis(const Regular& regular) {
        selection_.values(Selection::kStart)[axis_] = regular.start;
        selection_.values(Selection::kStride)[axis_] = regular.stride;
        selection_.values(Selection::kCount)[axis_] = regular.count;
        selection_.values(Selection::kBlock)[axis_] = regular.block;
        if (selection_.kind_ == SelectionKind::all) {
            selection_.kind_ = SelectionKind::hyperslab;
        }
    }

    void set_list(std::vector<std::uint64_t> positions) {
        set_axis({0, 1, positions.size(), 1});
        selection_.kind_ = SelectionKind::list;
        selection_.list_axis_ = axis_;
        selection_.positions_ = std::move(positions);
    }

    Selection& selection_;
    std::size_t axis_ = 0;
    std::size_t arguments_;  // with an ellipsis until it has been met
    bool ellipsis_met_ = false;
};

}  // namespace hyperslab::selection

namespace hyperslab {

Selection resolve(const IndexExpression& expression, const Shape& extent) {
    return selection::Resolver::resolve(expression, extent);
}

}  // namespace hyperslab
