// ArrayAccess: reading and writing of elements, which datasets and their fields have in common.
//
// Templates here only marshal: they turn C++ types into codecs and memory references. What follows
// is compiled once (src/object/dataset_read.cpp, dataset_write.cpp).
#pragma once

#include <concepts>
#include <functional>
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

/// Elements of a dataset, or of a member of it: the members' names from outside to inside.
struct ArrayPlace {
    const Object& dataset;
    std::span<const std::string> field;
};

Selection select(const Object& dataset, const IndexExpression& expression);
/// \throws Error (invalid_argument) for a selection of another extent than the dataset has now
const Selection& require_extent(const Object& dataset, const Selection& selection);

using SelectionUser = std::function<void(const Selection&)>;
/// Calls use(selection), which may read() what is selected; again when the dataset had been resized
/// by then.
void with_selection(const Object& dataset,
                    const IndexExpression& expression,
                    const SelectionUser& use);
/// \throws Error as require_extent
void with_selection(const Object& dataset, const Selection& selection, const SelectionUser& use);
/// Only in with_selection.
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
    /// Reads what an expression selects; everything by default.
    ///
    ///     auto all  = dataset.read<double>();
    ///     auto part = dataset.read<double>({hs::slice(0, 10), hs::at(-1)});
    ///
    /// Elements are converted to T on the way. Shape: as NumPy's indexing, but that every list
    /// selects on its own axis. A Selection must be one of the dataset's extent as it is now.
    /// \throws Error (out_of_range) for a position outside the extent; (invalid_argument) for a
    ///         Selection of another extent; (type_mismatch) when there is no conversion;
    ///         (not_found) for a member of a record that the file does not have
    /// Source: H5Dread.
    template <Loadable T>
    Array<T> read(const IndexExpression& expression = {}) const {
        return read_selected<T>(expression);
    }
    template <Loadable T, AnySelection S>
    Array<T> read(const S& selection) const {
        return read_selected<T>(selection);
    }

    /// Reads into memory of the caller: an Array, a StridedView, an mdspan, or a contiguous range.
    /// \throws Error (invalid_argument) when its shape is not that of the selection; a contiguous
    ///         range needs as many elements
    template <class T>
        requires Target<std::remove_reference_t<T>>
    void read_into(T&& target, const IndexExpression& expression = {}) const {
        read_selected_into(target, expression);
    }
    template <class T, AnySelection S>
        requires Target<std::remove_reference_t<T>>
    void read_into(T&& target, const S& selection) const {
        read_selected_into(target, selection);
    }

    /// Reads one element.
    /// \throws Error (invalid_argument) when the expression selects none or several
    template <Loadable T>
    T get(const IndexExpression& expression = {}) const {
        T value{};
        detail::read_one(place(), expression, {&value, {}, {}, true, &codec_of<T>()});
        return value;
    }

    /// What read<T> would do, and why; reads no element.
    template <Loadable T>
    ReadExplanation explain(const IndexExpression& expression = {}) const {
        return detail::explain(place(), expression, codec_of<T>());
    }

    /// Writes to what an expression selects; to everything by default.
    ///
    ///     dataset.write(values);                               // any range, a view, an Array
    ///     dataset.write(row, {hs::at(3), hs::all});
    ///     dataset.write(0.5, {hs::all, hs::slice(0, 100)});    // one value for all of them
    ///
    /// What is written is broadcast by NumPy's rules. A range without a shape may also hold all
    /// selected elements in C order. A std::vector is a range of elements, not one element of
    /// variable length: that is for set().
    /// \throws Error (type_mismatch) when it cannot be broadcast or converted; (out_of_range);
    ///         (io) when the file cannot be written
    /// Source: H5Dwrite.
    template <Source T>
    void write(const T& value, const IndexExpression& expression = {}) const {
        write_selected(value, expression);
    }
    template <Source T, AnySelection S>
    void write(const T& value, const S& selection) const {
        write_selected(value, selection);
    }

    /// Writes one element, whatever its type, to every selected place.
    template <Storable T>
    void set(const T& value, const IndexExpression& expression = {}) const {
        const ConstArrayRef source{&value, {}, {}, false, &codec_of<T>()};
        detail::write(place(), expression, source);
    }

private:
    friend Derived;
    ArrayAccess() = default;

    template <class T, class Where>
    Array<T> read_selected(const Where& where) const {
        Array<T> result;
        with_selection(place().dataset, where, [&](const Selection& selection) {
            result = allocated<T>(selection);
            detail::read(place(), selection, read_target(result));
        });
        return result;
    }

    template <class T, class Where>
    void read_selected_into(T& target, const Where& where) const {
        with_selection(place().dataset, where, [&](const Selection& selection) {
            detail::read(place(), selection, read_target(target));
        });
    }

    template <class T, class Where>
    void write_selected(const T& value, const Where& where) const {
        with_source(value,
                    [&](const ConstArrayRef& source) { detail::write(place(), where, source); });
    }

    template <class T>
    Array<T> allocated(const Selection& selection) const {
        try {
            return Array<T>(selection.result_shape(), Uninitialized{});
        } catch (const std::bad_alloc&) {
            throw_out_of_memory(place());
        }
    }

    ArrayPlace place() const { return static_cast<const Derived&>(*this).place(); }
};

}  // namespace detail
}  // namespace hyperslab
