// Attributes of one object given to another one, of whatever type they are.
#pragma once

#include <hyperslab/hyperslab.hpp>

namespace hyperslab::apps::h5boss {

/// Copies the attributes that `to` lacks. References are left out: they would lead nowhere.
/// \throws Error (io)
void copy_attributes(const Object& from, const Object& to);

}  // namespace hyperslab::apps::h5boss
