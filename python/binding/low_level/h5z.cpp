// h5z: the filters that HDF5 knows. Names as in h5py.h5z.

#include "hdf5/api/h5z.hpp"

#include <bit>

#include "filter/format/szip.hpp"
#include "hdf5/startup/lzf_filter.hpp"
#include "support/binding.hpp"
#include "support/bindings.hpp"
#include "support/integer.hpp"

namespace hyperslab::python {
namespace {

namespace h5z = hdf5::h5z;

struct Constant {
    const char* name;
    int value;
};

// The constants of H5Zpublic.h, which are stored in files and never change.
constexpr Constant kConstants[] = {
    {"FILTER_LZF", filter_id::kLzf},
    {"FILTER_ERROR", -1},
    {"FILTER_NONE", 0},
    {"FILTER_ALL", 0},
    {"FILTER_DEFLATE", filter_id::kDeflate},
    {"FILTER_SHUFFLE", filter_id::kShuffle},
    {"FILTER_FLETCHER32", filter_id::kFletcher32},
    {"FILTER_SZIP", filter_id::kSzip},
    {"FILTER_NBIT", filter_id::kNbit},
    {"FILTER_SCALEOFFSET", filter_id::kScaleoffset},
    {"FILTER_RESERVED", 256},
    {"FILTER_MAX", 65535},
    {"FLAG_DEFMASK", 0x00ff},
    {"FLAG_MANDATORY", 0x0000},
    {"FLAG_OPTIONAL", 0x0001},
    {"FLAG_INVMASK", 0xff00},
    {"FLAG_REVERSE", 0x0100},
    {"FLAG_SKIP_EDC", 0x0200},
    {"SZIP_ALLOW_K13_OPTION_MASK", 1},
    {"SZIP_CHIP_OPTION_MASK", 2},
    {"SZIP_EC_OPTION_MASK", filter::kSzipEntropy},
    {"SZIP_NN_OPTION_MASK", filter::kSzipNearestNeighbour},
    {"SZIP_MAX_PIXELS_PER_BLOCK", filter::kSzipMostPixelsPerBlock},
    {"SO_FLOAT_DSCALE", 0},
    {"SO_FLOAT_ESCALE", 1},
    {"SO_INT", 2},
    {"SO_INT_MINBITS_DEFAULT", 0},
    {"FILTER_CONFIG_ENCODE_ENABLED", 1},
    {"FILTER_CONFIG_DECODE_ENABLED", 2},
    {"ERROR_EDC", -1},
    {"DISABLE_EDC", 0},
    {"ENABLE_EDC", 1},
    {"NO_EDC", 2},
};

}  // namespace

void bind_h5z(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5z");
    m.attr("CLASS_T_VERS") = h5z::class_version();
    for (const Constant& constant : kConstants) {
        m.attr(constant.name) = constant.value;
    }
    m.def(
        "filter_avail",
        [](Int filter_code) { return h5z::filter_avail(filter_code); },
        nb::arg("filter_code"),
        "Whether a filter is registered or can be loaded. Source: H5Zfilter_avail.");
    m.def(
        "get_filter_info",
        [](Int filter_code) { return h5z::get_filter_info(filter_code); },
        nb::arg("filter_code"),
        "What a filter can do: FILTER_CONFIG_ENCODE_ENABLED and FILTER_CONFIG_DECODE_ENABLED, "
        "or-ed. Raises RuntimeError when the filter is not there. Source: H5Zget_filter_info.");
    m.def(
        "register_filter",
        [](Size cls_pointer_address) {
            h5z::register_filter(std::bit_cast<const void*>(std::size_t{cls_pointer_address}));
            return true;
        },
        nb::arg("cls_pointer_address"),
        "Register the filter that an H5Z_class2_t in memory describes, as a plug-in's "
        "H5PLget_plugin_info() returns it. The filter's code must stay loaded. "
        "Source: H5Zregister.");
    m.def(
        "unregister_filter",
        [](Int filter_code) {
            h5z::unregister_filter(filter_code);
            return true;
        },
        nb::arg("filter_code"),
        "Forget a filter. Source: H5Zunregister.");
    m.def("_register_lzf", &hdf5::register_lzf_filter, "Register h5py's LZF filter.");
}

}  // namespace hyperslab::python
