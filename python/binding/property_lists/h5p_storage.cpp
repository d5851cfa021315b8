// h5p: external files and virtual mappings of dataset creation lists.

#include "ids/space_id.hpp"
#include "property_lists/prop_binding.hpp"

namespace hyperslab::python {
namespace {

namespace h5p = hdf5::h5p;
using List = nb::class_<PropDCID, PropOCID>;

void set_external(const PropDCID& self,
                  const ByteString& name,
                  Int64 offset,
                  Integer<std::uint64_t> size) {
    h5p::set_external(self.id(), {name.value, offset, size});
}

nb::tuple external(const PropDCID& self, Unsigned idx) {
    const h5p::ExternalFile file = h5p::get_external(self.id(), idx);
    return nb::make_tuple(to_bytes(file.name), file.offset, file.bytes);
}

void bind_external_files(List& list) {
    list.def("set_external",
             &set_external,
             nb::arg("name"),
             nb::arg("offset"),
             nb::arg("size"),
             "Append an external file where raw data lie: from `offset` on, `size` bytes, or "
             "h5f.UNLIMITED. Source: H5Pset_external.")
        .def(
            "get_external_count",
            [](const PropDCID& self) { return h5p::get_external_count(self.id()); },
            "The number of external files. Source: H5Pget_external_count.")
        .def("get_external",
             &external,
             nb::arg("idx") = 0,
             "An external file by its place, counted from 0: (name, offset, size), in bytes. "
             "Source: H5Pget_external.");
}

void bind_virtual_mappings(List& list) {
    list.def(
            "set_virtual",
            [](const PropDCID& self,
               const SpaceID& vspace,
               const ByteString& src_file_name,
               const ByteString& src_dset_name,
               const SpaceID& src_space) {
                h5p::set_virtual(self.id(),
                                 vspace.id(),
                                 src_file_name.value,
                                 src_dset_name.value,
                                 src_space.id());
            },
            nb::arg("vspace"),
            nb::arg("src_file_name"),
            nb::arg("src_dset_name"),
            nb::arg("src_space"),
            "Find the elements selected in `vspace` in another dataset, where `src_space` selects "
            "them. The file name b'.' is the virtual dataset's own file. Source: H5Pset_virtual.")
        .def(
            "get_virtual_count",
            [](const PropDCID& self) { return h5p::get_virtual_count(self.id()); },
            "The number of mappings. Source: H5Pget_virtual_count.")
        .def(
            "get_virtual_dsetname",
            [](const PropDCID& self, Size index) {
                return h5p::get_virtual_dsetname(self.id(), index);
            },
            nb::arg("index") = 0,
            "The name of a mapping's source dataset, a str. Source: H5Pget_virtual_dsetname.")
        .def(
            "get_virtual_filename",
            [](const PropDCID& self, Size index) {
                return h5p::get_virtual_filename(self.id(), index);
            },
            nb::arg("index") = 0,
            "The name of a mapping's source file, a str. Source: H5Pget_virtual_filename.")
        .def(
            "get_virtual_vspace",
            [](const PropDCID& self, Size index) {
                return SpaceID(h5p::get_virtual_vspace(self.id(), index));
            },
            nb::arg("index") = 0,
            "The selection in the virtual dataset, a SpaceID. Source: H5Pget_virtual_vspace.")
        .def(
            "get_virtual_srcspace",
            [](const PropDCID& self, Size index) {
                return SpaceID(h5p::get_virtual_srcspace(self.id(), index));
            },
            nb::arg("index") = 0,
            "The selection in the source dataset, a SpaceID. Source: H5Pget_virtual_srcspace.");
}

}  // namespace

void bind_storage(List& list) {
    bind_external_files(list);
    bind_virtual_mappings(list);
}

}  // namespace hyperslab::python
