// h5ac: the configuration of a file's metadata cache. Names as in h5py.h5ac.

#include "property_lists/cache_config.hpp"
#include "support/bindings.hpp"
#include "support/integer.hpp"
#include "support/made_by_new.hpp"
#include "support/truth.hpp"

namespace hyperslab::python {
namespace {

using hdf5::h5ac::CacheConfig;
using Class = nb::class_<CacheConfig>;

// h5py shows C's booleans as integers.
void flag(Class& bound, const char* name, bool CacheConfig::* member, const char* doc) {
    bound.def_prop_rw(
        name,
        [member](const CacheConfig& self) { return static_cast<int>(self.*member); },
        [member](CacheConfig& self, Flag value) { self.*member = value; },
        doc);
}

template <class T>
void number(Class& bound, const char* name, T CacheConfig::* member, const char* doc) {
    bound.def_prop_rw(
        name,
        [member](const CacheConfig& self) { return self.*member; },
        [member](CacheConfig& self, Integer<T> value) { self.*member = value; },
        doc);
}

// HDF5's enumerations count from 0.
void mode(Class& bound, const char* name, int CacheConfig::* member, const char* doc) {
    bound.def_prop_rw(
        name,
        [member](const CacheConfig& self) { return self.*member; },
        [member](CacheConfig& self, Unsigned value) {
            self.*member = static_cast<int>(unsigned{value});
        },
        doc);
}

void fraction(Class& bound, const char* name, double CacheConfig::* member, const char* doc) {
    bound.def_prop_rw(
        name,
        [member](const CacheConfig& self) { return self.*member; },
        [member](CacheConfig& self, double value) { self.*member = value; },
        doc);
}

void bind_general(Class& c) {
    number(c, "version", &CacheConfig::version, "Version of the structure: 1.");
    flag(c, "rpt_fcn_enabled", &CacheConfig::rpt_fcn_enabled, "Whether resizing is reported.");
    flag(c, "evictions_enabled", &CacheConfig::evictions_enabled, "Whether entries may leave.");
    flag(c, "set_initial_size", &CacheConfig::set_initial_size, "Whether initial_size is used.");
    number(c, "initial_size", &CacheConfig::initial_size, "Size to begin with, in bytes.");
    fraction(
        c, "min_clean_fraction", &CacheConfig::min_clean_fraction, "Share kept clean, 0 to 1.");
    number(c, "max_size", &CacheConfig::max_size, "Largest size in bytes.");
    number(c, "min_size", &CacheConfig::min_size, "Smallest size in bytes.");
    number(c, "epoch_length", &CacheConfig::epoch_length, "Accesses between two decisions.");
}

void bind_growing(Class& c) {
    mode(c, "incr_mode", &CacheConfig::incr_mode, "How it grows: 0 not at all, 1 by threshold.");
    fraction(c, "lower_hr_threshold", &CacheConfig::lower_hr_threshold, "Hit rate it grows below.");
    fraction(c, "increment", &CacheConfig::increment, "Factor of growing, at least 1.");
    flag(c, "apply_max_increment", &CacheConfig::apply_max_increment, "Whether growth is limited.");
    number(c, "max_increment", &CacheConfig::max_increment, "Most bytes to grow by at once.");
    mode(c, "flash_incr_mode", &CacheConfig::flash_incr_mode, "Growing for a large entry: 0 or 1.");
    fraction(c, "flash_multiple", &CacheConfig::flash_multiple, "Growth in sizes of that entry.");
    fraction(c, "flash_threshold", &CacheConfig::flash_threshold, "Share that makes it large.");
}

void bind_shrinking(Class& c) {
    mode(c, "decr_mode", &CacheConfig::decr_mode, "How it shrinks: 0 not at all, 1, 2 or 3.");
    fraction(
        c, "upper_hr_threshold", &CacheConfig::upper_hr_threshold, "Hit rate it shrinks above.");
    fraction(c, "decrements", &CacheConfig::decrement, "Factor of shrinking, 0 to 1.");
    flag(c, "apply_max_decrement", &CacheConfig::apply_max_decrement, "Whether that is limited.");
    number(c, "max_decrement", &CacheConfig::max_decrement, "Most bytes to shrink by at once.");
    number(c,
           "epochs_before_eviction",
           &CacheConfig::epochs_before_eviction,
           "Epochs without an access after which entries leave.");
    flag(
        c, "apply_empty_reserve", &CacheConfig::apply_empty_reserve, "Whether a part stays empty.");
    fraction(c, "empty_reserve", &CacheConfig::empty_reserve, "That part, 0 to 1.");
    number(c,
           "dirty_bytes_threshold",
           &CacheConfig::dirty_bytes_threshold,
           "Bytes written between synchronisations of parallel processes.");
}

// What a pickle holds: the properties by name, in the form that makes it set attributes.
nb::tuple state_of(nb::handle self) {
    nb::dict values;
    for (const nb::handle name : nb::object(nb::module_::import_("builtins").attr("dir")(self))) {
        if (nb::cast<std::string>(name).front() != '_') {
            values[name] = self.attr(nb::cast<nb::str>(name));
        }
    }
    return nb::make_tuple(nb::none(), values);
}

}  // namespace

void bind_h5ac(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5ac");
    Class bound(m,
                "CacheConfig",
                default_slots<CacheConfig, Arguments::ignored>(),
                "How a file's metadata cache adapts its size; zeros when made. "
                "Source: H5AC_cache_config_t.");
    bound.def("__reduce__", [](nb::handle self) {
        return nb::make_tuple(nb::borrow(self.type()), nb::make_tuple(), state_of(self));
    });
    bind_general(bound);
    bind_growing(bound);
    bind_shrinking(bound);
}

}  // namespace hyperslab::python
