// ArrayAccess: reading and writing of elements, which datasets and their fields have in common.
//
// Templates here only marshal: they turn C++ types into codecs and memory references. What follows
// is compiled once (src/object/datasets/dataset_read.cpp, dataset_write.cpp).
#pragma once

#include <concepts>
#include <functional>
#include <initializer_list>
#include <new>
#include <span>
#include <string>

#include "hyperslab/array.hpp"
#include "hyperslab/detail/array_ref.hpp"
#include "hyperslab/index.hpp"
#include "hyperslab/native_type.hpp"
#include "hyperslab/read_explanation.hpp"
#include "hyperslab/selection.hpp"

namespace hyperslab {

class Object;

namespace detail {

/// The elements of a dataset, or a member of them: the names of members from outside to inside.
struct ArrayPlace {
    const Object& dataset;
    std::span<const std::string> field;
};

Selection select(const Object& dataset, const IndexExpression& expression);
/// \throws Error (invalid_argument) for a selection of another extent than the dataset has now
const Selection& require_extent(const Object& dataset, const Selection& selection);

/// The shape of what a selection gives in elements of a codec: without the axes that are containers
/// in it.
/// \throws Error (invalid_argument) for an axis of another length than the container has
Shape target_shape(const ArrayPlace& place, const Selection& selection, const ElementCodec& codec);
using SelectionUser = std::function<void(const Selection&)>;
/// Calls use(selection), which may read() what is selected; again when the dataset had been resized
/// by then.
void with_selection(const Object& dataset,
                    const IndexExpression& expression,
                    const SelectionUser& use);
/// \throws Error as require_extent
void with_selection(const Object& dataset, const Selection& selection, const SelectionUser& use);
/// Reads a selection; it is called inside of with_selection().
void read(const ArrayPlace& place, const Selection& selection, const ArrayRef& target);

void write(const ArrayPlace& place, const IndexExpression& expression, const ConstArrayRef& source);
/// \throws Error as require_extent
void write(const ArrayPlace& place, const Selection& selection, const ConstArrayRef& source);
/// Reads one element; of the target, data and codec count.
/// \throws Error (invalid_argument) when it is not one that is selected
void read_one(const ArrayPlace& place, const IndexExpression& expression, const ArrayRef& target);

ReadExplanation explain(const ArrayPlace& place,
                        const IndexExpression& expression,
                        const ElementCodec& codec);

/// \throws Error (out_of_memory) that names the dataset
[[noreturn]] void throw_out_of_memory(const ArrayPlace& place);

/// A Selection, but no braces that could become one.
template <class T>
concept AnySelection = std::same_as<std::remove_cvref_t<T>, Selection>;

template <class Derived>
class ArrayAccess {
public:
    /// \name Reading
    /// Elements are converted to T on the way. A Selection must be one of the extent as it is now.
    /// \throws Error (out_of_range) for a position outside the extent; (invalid_argument) for a
    ///         Selection of another extent; (type_mismatch) when there is no conversion;
    ///         (not_found) for a member of a record that the file does not have
    /// Source: H5Dread.
    ///@{
    /// Reads what an expression selects; everything by default.
    ///
    ///     auto all  = dataset.read<double>();
    ///     auto part = dataset.read<double>({hs::slice(0, 10), hs::at(-1)});
    ///     auto rows = dataset.read<std::array<double, 3>>();    // of shape (n, 3): n of them
    ///     auto matrix = dataset.read<Eigen::MatrixXd>();        // with eigen.hpp
    ///
    /// The shape is that of NumPy's indexing, except that every list selects on its own axis. Where
    /// T is an array or a vector and the file has plain elements, T is the last axis.
    /// \returns an Array of T, or T for a matrix of another library (array_adaptor.hpp)
    template <class T>
    ReadResult<T> read(const IndexExpression& expression = {}) const {
        return read_selected<T>(expression);
    }
    template <class T, AnySelection S>
    ReadResult<T> read(const S& selection) const {
        return read_selected<T>(selection);
    }

    /// Reads into memory of the caller: an Array, a StridedView, an mdspan, a matrix, or a
    /// contiguous range. Matrices and vectors get the size of what is read.
    /// \throws Error (invalid_argument) when its shape is not that of the selection, or a
    ///     contiguous range has another number of elements
    template <class T>
        requires kIsTarget<std::remove_reference_t<T>>
    void read_into(T&& target, const IndexExpression& expression = {}) const {
        read_selected_into(target, expression);
    }
    template <class T, AnySelection S>
        requires kIsTarget<std::remove_reference_t<T>>
    void read_into(T&& target, const S& selection) const {
        read_selected_into(target, selection);
    }

    /// Reads one element or, with a container or a matrix for T, a row of elements or more.
    /// \throws Error (invalid_argument) when the expression selects no element, or several
    template <class T>
    T get(const IndexExpression& expression = {}) const {
        if constexpr (ResizableAdaptedArray<T>) {
            return read<T>(expression);
        } else if constexpr (require_element<T, kLoadable<T>>()) {
            T value{};
            detail::read_one(place(), expression, {&value, {}, {}, true, &codec_of<T>()});
            return value;
        } else {
            not_an_element();
        }
    }

    /// Explains what read<T> would do, and why. No element is read.
    template <Loadable T>
    ReadExplanation explain(const IndexExpression& expression = {}) const {
        return detail::explain(place(), expression, codec_of<T>());
    }
    ///@}

    /// \name Writing
    /// \throws Error (type_mismatch) when it cannot be broadcast or converted; (out_of_range);
    ///         (io) when the file cannot be written
    /// Source: H5Dwrite.
    ///@{
    /// Writes to what an expression selects; to everything by default.
    ///
    ///     dataset.write(values);                               // any range, a view, an Array
    ///     dataset.write({1, 2, 3}, {hs::at(3), hs::slice(0, 3)});
    ///     dataset.write(0.5, {hs::all, hs::slice(0, 100)});    // one value for all of them
    ///
    /// What is written is broadcast by NumPy's rules. A range without a shape may also hold all
    /// selected elements in C order. Ranges of arrays and vectors have further axes, unless the
    /// file has arrays or sequences for elements.
    template <class T>
    void write(const T& value, const IndexExpression& expression = {}) const {
        write_selected(value, expression);
    }
    template <class T, AnySelection S>
    void write(const T& value, const S& selection) const {
        write_selected(value, selection);
    }
    template <Storable T>
    void write(std::initializer_list<T> values, const IndexExpression& expression = {}) const {
        with_list(values, writer(expression));
    }
    template <Storable T>
    void write(std::initializer_list<std::initializer_list<T>> rows,
               const IndexExpression& expression = {}) const {
        with_list(rows, writer(expression));
    }

    /// Writes one element, whatever its type, to every selected place.
    template <class T>
    void set(const T& value, const IndexExpression& expression = {}) const {
        if constexpr (require_element<T, kStorable<T>>()) {
            detail::write(place(), expression, ref_of_value(value));
        }
    }
    ///@}

private:
    friend Derived;
    ArrayAccess() = default;

    template <class T, class Where>
    ReadResult<T> read_selected(const Where& where) const {
        if constexpr (ResizableAdaptedArray<T>) {
            T result{};
            read_selected_into(result, where);
            return result;
        } else if constexpr (require_element<T, kLoadable<T>>()) {
            Array<T> result;
            with_selection(place().dataset, where, [&](const Selection& selection) {
                result = allocated<T>(selection);
                detail::read(place(), selection, read_target(result));
            });
            return result;
        } else {
            not_an_element();
        }
    }

    template <class T, class Where>
    void read_selected_into(T& target, const Where& where) const {
        using Item = TargetElement<T>;
        if constexpr (require_element<Item, kLoadable<Item>>()) {
            with_selection(place().dataset, where, [&](const Selection& selection) {
                if constexpr (ResizableAdaptedArray<T>) {
                    ArrayAdaptor<T>::resize(target,
                                            target_shape(place(), selection, codec_of<Item>()));
                } else if constexpr (ResizableRange<T>) {
                    target.resize(static_cast<std::size_t>(
                        element_count(target_shape(place(), selection, codec_of<Item>()))));
                }
                detail::read(place(), selection, read_target(target));
            });
        }
    }

    auto writer(const IndexExpression& expression) const {
        return [this, &expression](const ConstArrayRef& source) {
            detail::write(place(), expression, source);
        };
    }

    template <class T, class Where>
    void write_selected(const T& value, const Where& where) const {
        if constexpr (require_element<SourceElement<T>, kIsSource<T>>()) {
            with_source(
                value, [&](const ConstArrayRef& source) { detail::write(place(), where, source); });
        }
    }

    template <class T>
    Array<T> allocated(const Selection& selection) const {
        try {
            return Array<T>(target_shape(place(), selection, codec_of<T>()), Uninitialized{});
        } catch (const std::bad_alloc&) {
            throw_out_of_memory(place());
        }
    }

    ArrayPlace place() const { return static_cast<const Derived&>(*this).place(); }
};

}  // namespace detail
}  // namespace hyperslab
