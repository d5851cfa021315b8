// H5DS: dimension scales, datasets that say what lies along another dataset's axes.
//
// The convention is attributes on both sides (DIMENSION_LIST, REFERENCE_LIST, …), kept by HDF5's
// high-level library.
#pragma once

#include <string>
#include <vector>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5::h5ds {

/// Makes a dataset a dimension scale.
void set_scale(Id dataset, const std::string& name = {});
bool is_scale(Id dataset);
void attach_scale(Id dataset, Id scale, unsigned axis);
void detach_scale(Id dataset, Id scale, unsigned axis);
bool is_attached(Id dataset, Id scale, unsigned axis);
int scale_count(Id dataset, unsigned axis);
/// The label of an axis, and the name of a scale; empty when there is none.
std::string label(Id dataset, unsigned axis);
void set_label(Id dataset, unsigned axis, const std::string& label);
std::string scale_name(Id scale);

/// The scales of an axis from a position on; all found in one pass (iteration.hpp).
std::vector<Handle> scales(Id dataset, unsigned axis, int start = 0);

}  // namespace hyperslab::hdf5::h5ds
