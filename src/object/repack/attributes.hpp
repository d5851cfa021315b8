// Copies the attributes of an object, and its comment.
#pragma once

#include "hdf5/call/id.hpp"
#include "object/repack/work.hpp"

namespace hyperslab::object {

/// \throws Error naming the attribute
void copy_attributes(Repacking& work, hdf5::Id source, hdf5::Id target, const std::string& path);

}  // namespace hyperslab::object
