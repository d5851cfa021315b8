#include "hdf5/api/h5ac.hpp"

#include <cstring>
#include <type_traits>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5ac {
namespace {

// libhdf5's enumerations are integers with us.
template <class From, class To>
void assign(From from, To& to) {
    if constexpr (std::is_enum_v<From> || std::is_enum_v<To>) {
        to = static_cast<To>(from);
    } else {
        to = from;
    }
}

// All but the text, which is made differently in either direction.
template <class From, class To>
void copy_numbers(const From& from, To& to) {
    assign(from.version, to.version);
    assign(from.rpt_fcn_enabled, to.rpt_fcn_enabled);
    assign(from.open_trace_file, to.open_trace_file);
    assign(from.close_trace_file, to.close_trace_file);
    assign(from.evictions_enabled, to.evictions_enabled);
    assign(from.set_initial_size, to.set_initial_size);
    assign(from.initial_size, to.initial_size);
    assign(from.min_clean_fraction, to.min_clean_fraction);
    assign(from.max_size, to.max_size);
    assign(from.min_size, to.min_size);
    assign(from.epoch_length, to.epoch_length);
    assign(from.incr_mode, to.incr_mode);
    assign(from.lower_hr_threshold, to.lower_hr_threshold);
    assign(from.increment, to.increment);
    assign(from.apply_max_increment, to.apply_max_increment);
    assign(from.max_increment, to.max_increment);
    assign(from.flash_incr_mode, to.flash_incr_mode);
    assign(from.flash_multiple, to.flash_multiple);
    assign(from.flash_threshold, to.flash_threshold);
    assign(from.decr_mode, to.decr_mode);
    assign(from.upper_hr_threshold, to.upper_hr_threshold);
    assign(from.decrement, to.decrement);
    assign(from.apply_max_decrement, to.apply_max_decrement);
    assign(from.max_decrement, to.max_decrement);
    assign(from.epochs_before_eviction, to.epochs_before_eviction);
    assign(from.apply_empty_reserve, to.apply_empty_reserve);
    assign(from.empty_reserve, to.empty_reserve);
    assign(from.dirty_bytes_threshold, to.dirty_bytes_threshold);
    assign(from.metadata_write_strategy, to.metadata_write_strategy);
}

H5AC_cache_config_t to_c(const CacheConfig& config) {
    H5AC_cache_config_t out{};
    if (config.trace_file_name.size() >= sizeof out.trace_file_name) {
        throw Error(ErrorCode::invalid_argument,
                    "The trace file's name is too long: " + config.trace_file_name);
    }
    copy_numbers(config, out);
    std::strcpy(out.trace_file_name, config.trace_file_name.c_str());
    return out;
}

CacheConfig from_c(const H5AC_cache_config_t& config) {
    CacheConfig out;
    copy_numbers(config, out);
    out.trace_file_name = config.trace_file_name;
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
