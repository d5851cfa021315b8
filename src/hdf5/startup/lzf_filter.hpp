// LZF (filter 32000, h5py's own) for libhdf5: glue between its filter interface and filter/lzf.
#pragma once

namespace hyperslab::hdf5 {

/// Makes filter 32000 available to libhdf5 in this process.
void register_lzf_filter();

}  // namespace hyperslab::hdf5
