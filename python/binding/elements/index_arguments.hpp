// The arguments between the brackets of `dataset[...]`.
#pragma once

#include <variant>
#include <vector>

#include "hyperslab/selection.hpp"
#include "hyperslab/shape.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// Nothing that selects: `dataset[()]`.
struct NoIndex {};

/// `...` given alone.
struct OnlyEllipsis {};

/// A boolean array given alone. What it selects depends on the dataset's shape.
struct MaskIndex {
    nb::object array;
};

/// A RegionReference or StandardReference given alone.
struct RegionIndex {
    nb::object reference;
};

/// A selection object of `_hl.selections` given alone.
struct SelectionIndex {
    nb::object selection;
};

/// The part of the arguments that selects elements.
using ElementIndex =
    std::variant<IndexExpression, NoIndex, OnlyEllipsis, MaskIndex, RegionIndex, SelectionIndex>;

/// The arguments of reading or writing a dataset.
struct IndexArguments {
    ElementIndex index{};
    /// The names of fields, in the order given.
    std::vector<nb::object> names{};

    /// The alternative `Kind`, or null when the index is of another kind.
    template <class Kind>
    const Kind* get_if() const {
        return std::get_if<Kind>(&index);
    }

    template <class Kind>
    bool is() const {
        return std::holds_alternative<Kind>(index);
    }
};

/// \throws TypeError for what cannot index
IndexArguments parse_index(nb::handle args);

/// Parses what selects, where fields cannot be named.
/// \throws TypeError for what cannot index, and for names
IndexArguments parse_selection(nb::handle args);

/// The selection of the arguments in an extent. They must be neither a region nor a selection
/// object.
/// \throws IndexError, TypeError or ValueError, as h5py does
Selection resolve_index(const IndexArguments& arguments, const Shape& extent);

/// Remembers the Python classes that are recognised here; called once, at import.
void set_index_classes(nb::handle multi_block_slice, nb::handle selection);

}  // namespace hyperslab::python
