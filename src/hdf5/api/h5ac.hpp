// H5AC: how the metadata cache of a file adapts its size.
#pragma once

#include <cstddef>
#include <string>

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5::h5ac {

/// H5AC_cache_config_t, with its names; sizes in bytes, thresholds as fractions of 1.
///
/// Zeros and the current version when made; a meaningful one comes from get_mdc_config.
struct CacheConfig {
    CacheConfig();

    int version;
    bool rpt_fcn_enabled = false;
    bool open_trace_file = false;
    bool close_trace_file = false;
    std::string trace_file_name{};
    bool evictions_enabled = false;
    bool set_initial_size = false;
    std::size_t initial_size = 0;
    double min_clean_fraction = 0;
    std::size_t max_size = 0;
    std::size_t min_size = 0;
    long epoch_length = 0;

    /// \name Growing
    ///@{
    int incr_mode = 0;  ///< H5C_cache_incr_mode
    double lower_hr_threshold = 0;
    double increment = 0;
    bool apply_max_increment = false;
    std::size_t max_increment = 0;
    int flash_incr_mode = 0;  ///< H5C_cache_flash_incr_mode
    double flash_multiple = 0;
    double flash_threshold = 0;
    ///@}

    /// \name Shrinking
    ///@{
    int decr_mode = 0;  ///< H5C_cache_decr_mode
    double upper_hr_threshold = 0;
    double decrement = 0;
    bool apply_max_decrement = false;
    std::size_t max_decrement = 0;
    int epochs_before_eviction = 0;
    bool apply_empty_reserve = false;
    double empty_reserve = 0;
    ///@}

    /// \name Parallel files
    ///@{
    std::size_t dirty_bytes_threshold = 0;
    int metadata_write_strategy = 0;
    ///@}
};

/// \name Of an open file (H5Fget_mdc_config, H5Fset_mdc_config)
///@{
CacheConfig file_mdc_config(Id file);
void set_file_mdc_config(Id file, const CacheConfig& config);
///@}

/// \name Of a file access list
///@{
CacheConfig get_mdc_config(Id fapl);
void set_mdc_config(Id fapl, const CacheConfig& config);
///@}

/// Whether closing the file stores its metadata cache as one image (H5AC_cache_image_config_t).
struct CacheImageConfig {
    bool generate_image = false;
    bool save_resize_status = false;
    int entry_ageout = -1;  ///< -1: entries stay however long they go unused
};

void set_mdc_image_config(Id fapl, const CacheImageConfig& config);
CacheImageConfig get_mdc_image_config(Id fapl);

}  // namespace hyperslab::hdf5::h5ac
