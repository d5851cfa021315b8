// Empty: a type without a value; the null dataspace.
#pragma once

#include "hyperslab/datatype.hpp"

namespace hyperslab {

/// Stands for the contents of a dataset or attribute that has a type but no elements at all, not
/// even a shape (H5S_NULL). h5py.Empty.
struct Empty {
    Datatype type;
};

}  // namespace hyperslab
