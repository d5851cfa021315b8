// The keywords of `create_dataset`, taken apart.
#pragma once

#include <optional>

#include "dtypes/memory_layout.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/dataset_options.hpp"
#include "hyperslab/shape.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// Options for the library, and what keeps alive that they point to.
struct CreationArguments {
    DatasetOptions options{};
    hdf5::Id base_dcpl = hdf5::kDefault;
    hdf5::Id base_dapl = hdf5::kDefault;
    KeepAlive keep{};
};

/// \param shape  the shape of the new dataset; empty for a null dataset
/// \param dtype  its NumPy dtype
/// \param keywords  a dict; unknown ones are a TypeError
CreationArguments parse_creation(const std::optional<Shape>& shape,
                                 nb::handle dtype,
                                 nb::handle keywords);

/// Parses the keywords that open_dset takes, and ignores others.
CreationArguments parse_access(nb::handle keywords);

/// A shape given as a tuple, any iterable of integers, or one integer.
Shape shape_argument(nb::handle shape);

/// The filters that compression, shuffle and the others ask for, in the order of writing.
std::vector<Filter> parse_filters(nb::handle dtype, nb::handle keywords);

}  // namespace hyperslab::python
