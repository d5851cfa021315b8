#include "hdf5/h5ac.hpp"

#include <cstring>

#include "hdf5/call.hpp"
#include "hdf5/capi.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5ac {
namespace {

H5AC_cache_config_t to_c(const CacheConfig& config) {
    H5AC_cache_config_t out{};
    if (config.trace_file_name.size() >= sizeof out.trace_file_name) {
        throw Error(ErrorCode::invalid_argument,
                    "The trace file's name is too long: " + config.trace_file_name);
    }
    out.version = config.version;
    out.rpt_fcn_enabled = config.rpt_fcn_enabled;
    out.open_trace_file = config.open_trace_file;
    out.close_trace_file = config.close_trace_file;
    std::strcpy(out.trace_file_name, config.trace_file_name.c_str());
    out.evictions_enabled = config.evictions_enabled;
    out.set_initial_size = config.set_initial_size;
    out.initial_size = config.initial_size;
    out.min_clean_fraction = config.min_clean_fraction;
    out.max_size = config.max_size;
    out.min_size = config.min_size;
    out.epoch_length = config.epoch_length;
    out.incr_mode = static_cast<H5C_cache_incr_mode>(config.incr_mode);
    out.lower_hr_threshold = config.lower_hr_threshold;
    out.increment = config.increment;
    out.apply_max_increment = config.apply_max_increment;
    out.max_increment = config.max_increment;
    out.flash_incr_mode = static_cast<H5C_cache_flash_incr_mode>(config.flash_incr_mode);
    out.flash_multiple = config.flash_multiple;
    out.flash_threshold = config.flash_threshold;
    out.decr_mode = static_cast<H5C_cache_decr_mode>(config.decr_mode);
    out.upper_hr_threshold = config.upper_hr_threshold;
    out.decrement = config.decrement;
    out.apply_max_decrement = config.apply_max_decrement;
    out.max_decrement = config.max_decrement;
    out.epochs_before_eviction = config.epochs_before_eviction;
    out.apply_empty_reserve = config.apply_empty_reserve;
    out.empty_reserve = config.empty_reserve;
    out.dirty_bytes_threshold = config.dirty_bytes_threshold;
    out.metadata_write_strategy = config.metadata_write_strategy;
    return out;
}

CacheConfig from_c(const H5AC_cache_config_t& config) {
    CacheConfig out;
    out.version = config.version;
    out.rpt_fcn_enabled = config.rpt_fcn_enabled;
    out.open_trace_file = config.open_trace_file;
    out.close_trace_file = config.close_trace_file;
    out.trace_file_name = config.trace_file_name;
    out.evictions_enabled = config.evictions_enabled;
    out.set_initial_size = config.set_initial_size;
    out.initial_size = config.initial_size;
    out.min_clean_fraction = config.min_clean_fraction;
    out.max_size = config.max_size;
    out.min_size = config.min_size;
    out.epoch_length = config.epoch_length;
    out.incr_mode = config.incr_mode;
    out.lower_hr_threshold = config.lower_hr_threshold;
    out.increment = config.increment;
    out.apply_max_increment = config.apply_max_increment;
    out.max_increment = config.max_increment;
    out.flash_incr_mode = config.flash_incr_mode;
    out.flash_multiple = config.flash_multiple;
    out.flash_threshold = config.flash_threshold;
    out.decr_mode = config.decr_mode;
    out.upper_hr_threshold = config.upper_hr_threshold;
    out.decrement = config.decrement;
    out.apply_max_decrement = config.apply_max_decrement;
    out.max_decrement = config.max_decrement;
    out.epochs_before_eviction = config.epochs_before_eviction;
    out.apply_empty_reserve = config.apply_empty_reserve;
    out.empty_reserve = config.empty_reserve;
    out.dirty_bytes_threshold = config.dirty_bytes_threshold;
    out.metadata_write_strategy = config.metadata_write_strategy;
    return out;
}

// libhdf5 reads the version field before it fills in the rest.
H5AC_cache_config_t empty_config() {
    H5AC_cache_config_t config{};
    config.version = H5AC__CURR_CACHE_CONFIG_VERSION;
    return config;
}

}  // namespace

CacheConfig::CacheConfig() : version(H5AC__CURR_CACHE_CONFIG_VERSION) {}

CacheConfig file_mdc_config(Id file) {
    H5AC_cache_config_t config = empty_config();
    check({file}, [&] { return H5Fget_mdc_config(file, &config); });
    return from_c(config);
}

void set_file_mdc_config(Id file, const CacheConfig& config) {
    H5AC_cache_config_t value = to_c(config);
    check({file}, [&] { return H5Fset_mdc_config(file, &value); });
}

CacheConfig get_mdc_config(Id fapl) {
    H5AC_cache_config_t config = empty_config();
    check({}, [&] { return H5Pget_mdc_config(fapl, &config); });
    return from_c(config);
}

void set_mdc_config(Id fapl, const CacheConfig& config) {
    H5AC_cache_config_t value = to_c(config);
    check({}, [&] { return H5Pset_mdc_config(fapl, &value); });
}

void set_mdc_image_config(Id fapl, const CacheImageConfig& config) {
    H5AC_cache_image_config_t value{};
    value.version = H5AC__CURR_CACHE_IMAGE_CONFIG_VERSION;
    value.generate_image = config.generate_image;
    value.save_resize_status = config.save_resize_status;
    value.entry_ageout = config.entry_ageout;
    check({}, [&] { return H5Pset_mdc_image_config(fapl, &value); });
}

CacheImageConfig get_mdc_image_config(Id fapl) {
    H5AC_cache_image_config_t value{};
    value.version = H5AC__CURR_CACHE_IMAGE_CONFIG_VERSION;
    check({}, [&] { return H5Pget_mdc_image_config(fapl, &value); });
    return {value.generate_image, value.save_resize_status, value.entry_ageout};
}

}  // namespace hyperslab::hdf5::h5ac
