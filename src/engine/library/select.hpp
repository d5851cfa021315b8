// Selections as libhdf5 knows them.
#pragma once

#include "hdf5/call/id.hpp"
#include "hyperslab/selection.hpp"

namespace hyperslab::engine {

/// Selects in a dataspace what a selection says.
void apply_selection(const Selection& selection, hdf5::Id space);

}  // namespace hyperslab::engine
