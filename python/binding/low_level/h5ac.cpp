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
    number(c, "version", &CacheConfig::version, "The version of the structure, which is 1.");
    flag(c, "rpt_fcn_enabled", &CacheConfig::rpt_fcn_enabled, "Whether resizing is reported.");
    flag(c,
         "evictions_enabled",
         &CacheConfig::evictions_enabled,
         "Whether entries may leave the cache.");
    flag(c, "set_initial_size", &CacheConfig::set_initial_size, "Whether initial_size is used.");
    number(c,
           "initial_size",
           &CacheConfig::initial_size,
           "The size that the cache begins with, in bytes.");
    fraction(c,
             "min_clean_fraction",
             &CacheConfig::min_clean_fraction,
             "The share of the cache that is kept clean, from 0 to 1.");
    number(c, "max_size", &CacheConfig::max_size, "The largest size of the cache, in bytes.");
    number(c, "min_size", &CacheConfig::min_size, "The smallest size of the cache, in bytes.");
    number(c,
           "epoch_length",
           &CacheConfig::epoch_length,
           "The number of accesses between two decisions about the size.");
}

void bind_growing(Class& c) {
    mode(c,
         "incr_mode",
         &CacheConfig::incr_mode,
         "How the cache grows: 0 not at all, 1 when the hit rate falls below a threshold.");
    fraction(c,
             "lower_hr_threshold",
             &CacheConfig::lower_hr_threshold,
             "The hit rate below which the cache grows, from 0 to 1.");
    fraction(c,
             "increment",
             &CacheConfig::increment,
             "The factor by which the cache grows, at least 1.");
    flag(c, "apply_max_increment", &CacheConfig::apply_max_increment, "Whether growth is limited.");
    number(c,
           "max_increment",
           &CacheConfig::max_increment,
           "The maximum by which the cache grows at once, in bytes.");
    mode(c,
         "flash_incr_mode",
         &CacheConfig::flash_incr_mode,
         "Whether the cache grows for one large entry: 0 or 1.");
    fraction(c,
             "flash_multiple",
             &CacheConfig::flash_multiple,
             "The growth for a large entry, as a multiple of its size.");
    fraction(c,
             "flash_threshold",
             &CacheConfig::flash_threshold,
             "The share of the cache from which on an entry counts as large, from 0 to 1.");
}

void bind_shrinking(Class& c) {
    mode(c,
         "decr_mode",
         &CacheConfig::decr_mode,
         "How the cache shrinks: 0 not at all, 1 by hit rate, 2 by age, 3 by age when the hit rate "
         "is high.");
    fraction(c,
             "upper_hr_threshold",
             &CacheConfig::upper_hr_threshold,
             "The hit rate above which the cache shrinks, from 0 to 1.");
    fraction(c,
             "decrements",
             &CacheConfig::decrement,
             "The factor by which the cache shrinks, from 0 to 1.");
    flag(c,
         "apply_max_decrement",
         &CacheConfig::apply_max_decrement,
         "Whether shrinking is limited.");
    number(c,
           "max_decrement",
           &CacheConfig::max_decrement,
           "The maximum by which the cache shrinks at once, in bytes.");
    number(c,
           "epochs_before_eviction",
           &CacheConfig::epochs_before_eviction,
           "The number of epochs without an access after which entries leave the cache.");
    flag(c,
         "apply_empty_reserve",
         &CacheConfig::apply_empty_reserve,
         "Whether a part of the cache stays empty.");
    fraction(c,
             "empty_reserve",
             &CacheConfig::empty_reserve,
             "The share of the cache that stays empty, from 0 to 1.");
    number(c,
           "dirty_bytes_threshold",
           &CacheConfig::dirty_bytes_threshold,
           "The number of bytes written between two synchronisations of parallel processes.");
}

// The state in a pickle: the properties by name, in the form by which unpickling sets attributes.
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
