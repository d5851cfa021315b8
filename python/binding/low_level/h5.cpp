// h5: the library as a whole, and the configuration. Names as in h5py.h5.

#include <algorithm>
#include <array>
#include <atomic>
#include <iterator>
#include <utility>

#include "hdf5/api/h5.hpp"
#include "ids/object_id.hpp"
#include "support/bindings.hpp"
#include "support/config.hpp"
#include "support/made_by_new.hpp"
#include "support/truth.hpp"
#include "support/warn.hpp"

namespace hyperslab::python {
namespace {

// The context get_config().read_byte_strings, which has had no effect since h5py 3.
struct ByteStringContext {
    bool active = false;
};

// The Python view of the configuration.
struct PythonConfig {
    // h5py's are bytes until they are set, then text.
    std::atomic<bool> boolean_names_are_bytes{true};
    ByteStringContext byte_strings{};
};

nb::tuple version_tuple(const std::array<unsigned, 3>& version) {
    return nb::make_tuple(version[0], version[1], version[2]);
}

std::string text_from(nb::handle name) {
    if (PyUnicode_Check(name.ptr())) {
        return nb::cast<std::string>(name);
    }
    const nb::object bytes = nb::steal(PyBytes_FromObject(name.ptr()));
    if (!bytes.is_valid()) {
        throw nb::python_error();
    }
    return {PyBytes_AS_STRING(bytes.ptr()),
            static_cast<std::size_t>(PyBytes_GET_SIZE(bytes.ptr()))};
}

/// A pair from any sequence of two; TypeError with `message` for anything else.
template <class Convert>
std::pair<std::string, std::string> pair_from(nb::handle names,
                                              Convert&& convert,
                                              const char* message) {
    try {
        if (nb::len(names) == 2) {
            return {convert(names[0]), convert(names[1])};
        }
    } catch (const nb::python_error&) {  // not a sequence, or not of names
        throw nb::type_error(message);
    }
    throw nb::type_error(message);
}

void set_complex_names(PythonConfig& /*self*/, nb::handle names) {
    auto [real, imaginary] = pair_from(
        names,
        [](nb::handle name) { return text_from(name); },
        "complex_names must be a length-2 sequence of strings (real, img)");
    change_config([&](Config& values) {
        values.real_name = std::move(real);
        values.imaginary_name = std::move(imaginary);
    });
}

nb::object boolean_name(const PythonConfig& self, const std::string& name) {
    return self.boolean_names_are_bytes ? nb::object(to_bytes(name))
                                        : nb::object(nb::str(name.data(), name.size()));
}

void set_boolean_names(PythonConfig& self, nb::handle names) {
    auto [false_, true_] = pair_from(
        names,
        [](nb::handle name) { return nb::cast<std::string>(nb::str(name)); },
        "bool_names must be a length-2 sequence of names (false, true)");
    change_config([&](Config& values) {
        values.false_name = std::move(false_);
        values.true_name = std::move(true_);
    });
    self.boolean_names_are_bytes = false;
}

void set_default_file_mode(PythonConfig& /*self*/, nb::handle mode) {
    static constexpr const char* others[] = {"r+", "x", "w-", "w", "a"};
    const auto is = [&](const char* name) { return mode.equal(nb::str(name)); };
    if (is("r")) {
        warn_deprecated(
            "Setting h5py.default_file_mode is deprecated. 'r' (read-only) is the default from "
            "h5py 3.0.");
        return;
    }
    if (std::any_of(std::begin(others), std::end(others), is)) {
        throw nb::value_error(
            "Using default_file_mode other than 'r' is no longer supported. Pass the mode to "
            "h5py.File() instead.");
    }
    throw nb::value_error("Invalid mode; must be one of r, r+, w, w-, x, a");
}

void bind_byte_string_context(nb::module_& m) {
    nb::class_<ByteStringContext>(
        m,
        "ByteStringContext",
        "A context that once made strings be read as bytes, and has no effect now.")
        .def(
            "__init__",
            [](ByteStringContext* self) { new (self) ByteStringContext(); },
            nb::sig("def __init__(self)"))
        .def(
            "__bool__",
            [](const ByteStringContext& self) { return self.active; },
            nb::sig("def __bool__(self)"))
        .def("__enter__", [](ByteStringContext& self) { self.active = true; })
        .def("__exit__", [](ByteStringContext& self, const nb::args&) { self.active = false; })
        .def_rw("_readbytes", &ByteStringContext::active);
}

using Class = nb::class_<PythonConfig>;

void bind_names(Class& bound) {
    bound
        .def_prop_rw(
            "complex_names",
            [](const PythonConfig&) {
                const Config& values = config();
                return nb::make_tuple(values.real_name, values.imaginary_name);
            },
            &set_complex_names,
            "The names of the two members of a compound that stands for a complex number: a tuple "
            "of two str, by default ('r', 'i').")
        .def_prop_rw(
            "bool_names",
            [](const PythonConfig& self) {
                const Config& values = config();
                return nb::make_tuple(boolean_name(self, values.false_name),
                                      boolean_name(self, values.true_name));
            },
            &set_boolean_names,
            "The names of the two members of an enumeration that stands for a boolean: false, then "
            "true.")
        .def_prop_rw(
            "track_order",
            [](const PythonConfig&) { return config().track_order; },
            [](PythonConfig&, Truth value) {
                change_config([&](Config& values) { values.track_order = value; });
            },
            "Whether files, groups and datasets made without `track_order` remember the order in "
            "which links and attributes were made.")
        .def_prop_ro("_track_order", [](const PythonConfig&) { return config().track_order; })
        .def_prop_ro("_native_complex", [](const PythonConfig&) { return config().native_complex; })
        .def_prop_ro("_default_file_mode", [](const PythonConfig&) { return nb::none(); })
        .def_prop_ro("_r_name", [](const PythonConfig&) { return to_bytes(config().real_name); })
        .def_prop_ro("_i_name",
                     [](const PythonConfig&) { return to_bytes(config().imaginary_name); })
        .def_prop_ro(
            "_f_name",
            [](const PythonConfig& self) { return boolean_name(self, config().false_name); })
        .def_prop_ro("_t_name", [](const PythonConfig& self) {
            return boolean_name(self, config().true_name);
        });
}

void bind_build(Class& bound) {
    bound
        .def_prop_ro(
            "has_native_complex",
            [](const PythonConfig&) { return hdf5::has_native_complex(); },
            "Whether this HDF5 has complex numbers of its own.")
        .def_prop_ro(
            "mpi",
            [](const PythonConfig&) { return hdf5::has_mpi(); },
            "Whether this HDF5 is parallel.")
        .def_prop_ro(
            "subfiling",
            [](const PythonConfig&) { return hdf5::has_subfiling(); },
            "Whether this HDF5 has the subfiling driver. h5py has no such property.")
        .def_prop_ro(
            "ros3",
            [](const PythonConfig&) { return hdf5::has_ros3(); },
            "Whether this HDF5 has the ros3 driver.")
        .def_prop_ro(
            "direct_vfd",
            [](const PythonConfig&) { return hdf5::has_direct_driver(); },
            "Whether this HDF5 has the direct driver.")
        .def_prop_ro(
            "API_16",
            [](const PythonConfig&) { return nb::none(); },
            "None, always: HDF5 1.6 and 1.8 are not distinguished any more.")
        .def_prop_ro(
            "API_18",
            [](const PythonConfig&) { return nb::none(); },
            "None, always: HDF5 1.6 and 1.8 are not distinguished any more.");
}

void bind_deprecated(Class& bound) {
    bound
        .def_prop_ro(
            "read_byte_strings",
            [](PythonConfig& self) -> ByteStringContext& {
                warn_deprecated(
                    "h5py.get_config().read_byte_strings is deprecated, and no longer has any "
                    "effect.");
                return self.byte_strings;
            },
            nb::rv_policy::reference_internal,
            "A context that has no effect; it is deprecated.")
        .def_prop_ro(
            "swmr_min_hdf5_version",
            [](const PythonConfig&) {
                warn_deprecated(
                    "h5py.get_config().swmr_min_hdf5_version is deprecated. This version of h5py "
                    "does not support older HDF5 without SWMR.");
                return nb::make_tuple(1, 9, 178);
            },
            "The version (1, 9, 178); it is deprecated.")
        .def_prop_ro(
            "vds_min_hdf5_version",
            [](const PythonConfig&) {
                warn_deprecated(
                    "h5py.get_config().vds_min_hdf5_version is deprecated. This version of h5py "
                    "does not support older HDF5 without VDS.");
                return nb::make_tuple(1, 9, 233);
            },
            "The version (1, 9, 233); it is deprecated.")
        .def_prop_rw(
            "default_file_mode",
            [](const PythonConfig&) {
                warn_deprecated(
                    "h5py.get_config().default_file_mode is deprecated. The default mode is now "
                    "always 'r' (read-only).");
                return "r";
            },
            &set_default_file_mode,
            "The mode 'r'; it is deprecated.");
}

void bind_config(nb::module_& m) {
    Class bound(m,
                "H5PYConfig",
                default_slots<PythonConfig, Arguments::ignored>(),
                "The configuration; there is one, which get_config() returns.");
    // The name of a global: copies and pickles are the one configuration.
    bound.def("__reduce__", [](const PythonConfig&) { return "_config"; });
    bind_names(bound);
    bind_build(bound);
    bind_deprecated(bound);
    m.attr("_config") = bound();
    m.def(
        "get_config",
        [the_one = nb::object(m.attr("_config")).ptr()] { return nb::borrow(the_one); },
        "The configuration, an H5PYConfig: what is set there counts for the whole process.");
}

}  // namespace

void bind_h5(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5");
    bind_byte_string_context(m);
    bind_config(m);
    m.def(
        "get_libversion",
        [] { return version_tuple(hdf5::library_version()); },
        "The version of HDF5 that runs, as (major, minor, release). Source: H5get_libversion.");

    m.attr("HDF5_VERSION_COMPILED_AGAINST") = version_tuple(hdf5::headers_version());
    // Neither was compiled against: any NumPy serves, and there is no Cython. Programs print them.
    m.attr("NUMPY_VERSION_COMPILED_AGAINST") = nb::module_::import_("numpy").attr("__version__");
    m.attr("CYTHON_VERSION_COMPILED_WITH") = "not used";
    m.attr("INDEX_NAME") = 0;
    m.attr("INDEX_CRT_ORDER") = 1;
    m.attr("ITER_INC") = 0;
    m.attr("ITER_DEC") = 1;
    m.attr("ITER_NATIVE") = 2;
}

}  // namespace hyperslab::python
