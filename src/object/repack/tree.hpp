// Makes the objects and links of the new file, without attributes and elements.
#pragma once

#include "object/repack/work.hpp"

namespace hyperslab::object {

/// \throws Error naming the object that cannot be copied
void copy_tree(Repacking& work);

/// The type with which a dataset or attribute of the new file is made: where the old one has a
/// committed type, what that has become.
hdf5::Handle type_in_target(Repacking& work, hdf5::Id type);

}  // namespace hyperslab::object
