// What stands between the brackets of `dataset[...]`, taken apart.
#pragma once

#include <optional>
#include <vector>

#include "hyperslab/selection.hpp"
#include "hyperslab/shape.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// The arguments of reading or writing a dataset. At most one of the last three is set.
struct IndexArguments {
    IndexExpression expression{};
    /// Names of fields, in the order given.
    std::vector<nb::object> names{};
    /// No argument at all but names: `dataset[()]`.
    bool empty = false;
    /// Just `...`.
    bool only_ellipsis = false;
    /// A boolean array given alone; what it means depends on the dataset's shape.
    nb::object mask{};
    /// A RegionReference or StandardReference given alone.
    nb::object region{};
    /// A selection object of `_hl.selections` given alone.
    nb::object selection{};
};

/// \throws TypeError for what cannot index
IndexArguments parse_index(nb::handle args);

/// The same where fields cannot be named.
IndexArguments parse_selection(nb::handle args);

/// What the arguments select in an extent.
/// \throws IndexError, TypeError or ValueError, as h5py does
Selection resolve_index(const IndexArguments& arguments, const Shape& extent);

/// Remembers the Python classes that are recognised here; called once, at import.
void set_index_classes(nb::handle multi_block_slice, nb::handle selection);

}  // namespace hyperslab::python
