// Turns selections into those of libhdf5.
#pragma once

#include "hdf5/call/id.hpp"
#include "hyperslab/selection.hpp"

namespace hyperslab::engine {

/// Selects in a dataspace what a selection selects.
void apply_selection(const Selection& selection, hdf5::Id space);

}  // namespace hyperslab::engine
