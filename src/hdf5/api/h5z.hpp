// H5Z: the filters that libhdf5 knows.
#pragma once

#include <cstdint>

#include "hyperslab/filter.hpp"

namespace hyperslab::hdf5::h5z {

/// H5Z_CLASS_T_VERS, the version of the structure that describes a filter.
int class_version();

/// Whether a filter is registered or can be loaded as a plug-in.
bool filter_avail(FilterId id);

/// H5Z_FILTER_CONFIG_* bits: whether it encodes (1), whether it decodes (2).
/// \throws Error when the filter is not available
unsigned get_filter_info(FilterId id);

/// Registers the filter that an H5Z_class2_t (or H5Z_class1_t) in memory describes.
void register_filter(const void* filter_class);

/// \throws Error when the filter is libhdf5's own, unknown or in use by an open object
void unregister_filter(FilterId id);

}  // namespace hyperslab::hdf5::h5z
