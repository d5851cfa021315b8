// h5p: access to datasets.

#include "property_lists/prop_binding.hpp"

namespace hyperslab::python {
namespace {

namespace h5p = hdf5::h5p;
using List = nb::class_<PropDAID, PropInstanceID>;

nb::tuple chunk_cache(const PropDAID& self) {
    const h5p::ChunkCache cache = h5p::get_chunk_cache(self.id());
    return nb::make_tuple(cache.slots, cache.bytes, cache.preemption);
}

void bind_prefixes(List& list) {
    list.def(
            "set_efile_prefix",
            [](const PropDAID& self, const ByteString& prefix) {
                h5p::set_efile_prefix(self.id(), prefix.value);
            },
            nb::arg("prefix"),
            "Set the prefix that is put before the names of external files; b'${ORIGIN}' is the "
            "HDF5 file's folder. Source: H5Pset_efile_prefix.")
        .def(
            "get_efile_prefix",
            [](const PropDAID& self) { return to_bytes(h5p::get_efile_prefix(self.id())); },
            "The prefix that is put before the names of external files. Source: "
            "H5Pget_efile_prefix.")
        .def(
            "set_virtual_prefix",
            [](const PropDAID& self, const ByteString& prefix) {
                h5p::set_virtual_prefix(self.id(), prefix.value);
            },
            nb::arg("prefix"),
            "Set the prefix that is put before the names of the source files of virtual datasets. "
            "Source: H5Pset_virtual_prefix.")
        .def(
            "get_virtual_prefix",
            [](const PropDAID& self) { return to_bytes(h5p::get_virtual_prefix(self.id())); },
            "The prefix that is put before the names of the source files of virtual datasets. "
            "Source: H5Pget_virtual_prefix.");
}

void bind_virtual_view(List& list) {
    list.def(
            "set_virtual_view",
            [](const PropDAID& self, Unsigned view) {
                const auto code = static_cast<int>(unsigned{view});
                h5p::set_virtual_view(self.id(), static_cast<h5p::VirtualView>(code));
            },
            nb::arg("view"),
            "Set where an unlimited virtual dataset ends: before the first missing source "
            "(h5d.VDS_FIRST_MISSING) or behind the last available one (h5d.VDS_LAST_AVAILABLE). "
            "Source: H5Pset_virtual_view.")
        .def(
            "get_virtual_view",
            [](const PropDAID& self) { return static_cast<int>(h5p::get_virtual_view(self.id())); },
            "Where an unlimited virtual dataset ends: h5d.VDS_FIRST_MISSING or "
            "h5d.VDS_LAST_AVAILABLE. Source: H5Pget_virtual_view.")
        .def(
            "set_virtual_printf_gap",
            [](const PropDAID& self, Integer<std::uint64_t> gap_size) {
                h5p::set_virtual_printf_gap(self.id(), gap_size);
            },
            nb::arg("gap_size") = 0,
            "Set how many sources named by a printf format may be missing before the search for "
            "more ends. Source: H5Pset_virtual_printf_gap.")
        .def(
            "get_virtual_printf_gap",
            [](const PropDAID& self) { return h5p::get_virtual_printf_gap(self.id()); },
            "The number of sources that may be missing before the search for more ends. Source: "
            "H5Pget_virtual_printf_gap.");
}

}  // namespace

void bind_dataset_access_list(nb::module_& m) {
    auto list = bind_list_class<PropDAID, PropInstanceID>(
        m, "PropDAID", "A list with properties of access to a dataset.");
    list.def(
            "set_chunk_cache",
            [](const PropDAID& self, Size rdcc_nslots, Size rdcc_nbytes, double rdcc_w0) {
                h5p::set_chunk_cache(self.id(), {rdcc_nslots, rdcc_nbytes, rdcc_w0});
            },
            nb::arg("rdcc_nslots"),
            nb::arg("rdcc_nbytes"),
            nb::arg("rdcc_w0"),
            "Set the dataset's chunk cache: hash slots, bytes, and how readily complete chunks are "
            "dropped (0 to 1). Source: H5Pset_chunk_cache.")
        .def("get_chunk_cache",
             &chunk_cache,
             "The dataset's chunk cache: (rdcc_nslots, rdcc_nbytes, rdcc_w0). Source: "
             "H5Pget_chunk_cache.");
    bind_prefixes(list);
    bind_virtual_view(list);
    bind_collective_metadata_reads(list);
}

}  // namespace hyperslab::python
