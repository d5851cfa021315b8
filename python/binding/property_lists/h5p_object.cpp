// h5p: creation of objects, groups and committed datatypes; copying of objects.

#include "property_lists/prop_binding.hpp"

namespace hyperslab::python {
namespace {

namespace h5p = hdf5::h5p;

nb::tuple tuple_of(h5p::PhaseChange phase_change) {
    return nb::make_tuple(phase_change.max_compact, phase_change.min_dense);
}

void bind_object_creation_list(nb::module_& m) {
    bind_list_class<PropOCID, PropCreateID>(
        m, "PropOCID", "A list with properties of creating an object of any kind.")
        .def(
            "set_attr_creation_order",
            [](const PropOCID& self, Unsigned flags) {
                h5p::set_attr_creation_order(self.id(), flags);
            },
            nb::arg("flags"),
            "Track, or track and index, the order of attributes: CRT_ORDER_TRACKED, "
            "CRT_ORDER_INDEXED. Raises ValueError for indexing alone. Source: "
            "H5Pset_attr_creation_order.")
        .def(
            "get_attr_creation_order",
            [](const PropOCID& self) { return h5p::get_attr_creation_order(self.id()); },
            "The flags that say whether the order of attributes is tracked and indexed. Source: "
            "H5Pget_attr_creation_order.")
        .def(
            "set_attr_phase_change",
            [](const PropOCID& self, Unsigned max_compact, Unsigned min_dense) {
                h5p::set_attr_phase_change(self.id(), {max_compact, min_dense});
            },
            nb::arg("max_compact") = 8,
            nb::arg("min_dense") = 6,
            "Set the maximum number of attributes in the object header, and the number below which "
            "they move back there. (0, 0) keeps all outside, where one may exceed 64 KiB. Source: "
            "H5Pset_attr_phase_change.")
        .def(
            "get_attr_phase_change",
            [](const PropOCID& self) { return tuple_of(h5p::get_attr_phase_change(self.id())); },
            "The numbers of attributes at which they leave the object header and return: "
            "(max_compact, min_dense). Source: H5Pget_attr_phase_change.")
        .def(
            "set_obj_track_times",
            [](const PropOCID& self, Flag track_times) {
                h5p::set_obj_track_times(self.id(), track_times);
            },
            nb::arg("track_times"),
            "Set whether the object stores when it was made and changed. Source: "
            "H5Pset_obj_track_times.")
        .def(
            "get_obj_track_times",
            [](const PropOCID& self) {
                return static_cast<int>(h5p::get_obj_track_times(self.id()));
            },
            "Whether the object stores when it was made and changed: 0 or 1. Source: "
            "H5Pget_obj_track_times.");
}

void bind_group_creation_list(nb::module_& m) {
    auto list = bind_list_class<PropGCID, PropOCID>(
        m, "PropGCID", "A list with properties of creating a group.");
    list.def(
            "set_link_creation_order",
            [](const PropGCID& self, Unsigned flags) {
                h5p::set_link_creation_order(self.id(), flags);
            },
            nb::arg("flags"),
            "Track, or track and index, the order of links: CRT_ORDER_TRACKED, CRT_ORDER_INDEXED. "
            "Raises ValueError for indexing alone. Source: H5Pset_link_creation_order.")
        .def(
            "get_link_creation_order",
            [](const PropGCID& self) { return h5p::get_link_creation_order(self.id()); },
            "The flags that say whether the order of links is tracked and indexed. Source: "
            "H5Pget_link_creation_order.")
        .def(
            "set_link_phase_change",
            [](const PropGCID& self, Unsigned max_compact, Unsigned min_dense) {
                h5p::set_link_phase_change(self.id(), {max_compact, min_dense});
            },
            nb::arg("max_compact") = 8,
            nb::arg("min_dense") = 6,
            "Set the maximum number of links in the object header, and the number below which they "
            "move back there. Source: H5Pset_link_phase_change.")
        .def(
            "get_link_phase_change",
            [](const PropGCID& self) { return tuple_of(h5p::get_link_phase_change(self.id())); },
            "The numbers of links at which they leave the object header and return: (max_compact, "
            "min_dense). Source: H5Pget_link_phase_change.")
        .def(
            "set_est_link_info",
            [](const PropGCID& self, Unsigned est_num_entries, Unsigned est_name_len) {
                h5p::set_est_link_info(self.id(), est_num_entries, est_name_len);
            },
            nb::arg("est_num_entries"),
            nb::arg("est_name_len"),
            "Set the number of links to expect, and the length of their names in bytes. Source: "
            "H5Pset_est_link_info.")
        .def(
            "get_est_link_info",
            [](const PropGCID& self) {
                const auto [count, length] = h5p::get_est_link_info(self.id());
                return nb::make_tuple(count, length);
            },
            "The number of links to expect, and the length of their names in bytes. Source: "
            "H5Pget_est_link_info.")
        .def(
            "set_local_heap_size_hint",
            [](const PropGCID& self, Size size_hint) {
                h5p::set_local_heap_size_hint(self.id(), size_hint);
            },
            nb::arg("size_hint"),
            "Set the number of bytes to reserve for names in an old-style group; with 0 HDF5 "
            "decides. Source: H5Pset_local_heap_size_hint.")
        .def(
            "get_local_heap_size_hint",
            [](const PropGCID& self) { return h5p::get_local_heap_size_hint(self.id()); },
            "The number of bytes that are reserved for names in an old-style group. Source: "
            "H5Pget_local_heap_size_hint.");
}

void bind_copy_list(nb::module_& m) {
    bind_list_class<PropCopyID, PropInstanceID>(
        m, "PropCopyID", "A list with properties of copying an object.")
        .def(
            "set_copy_object",
            [](const PropCopyID& self, Unsigned flags) { h5p::set_copy_object(self.id(), flags); },
            nb::arg("flags"),
            "Set what is copied along with an object: h5o.COPY_* bits. Source: H5Pset_copy_object.")
        .def(
            "get_copy_object",
            [](const PropCopyID& self) { return h5p::get_copy_object(self.id()); },
            "What is copied along with an object: h5o.COPY_* bits. Source: H5Pget_copy_object.")
        .def(
            "add_merge_committed_dtype_path",
            [](const PropCopyID& self, const ByteString& path) {
                h5p::add_merge_committed_dtype_path(self.id(), path.value);
            },
            nb::arg("path"),
            "Add a path at the destination where a committed datatype equal to the source's is "
            "looked for. Source: H5Padd_merge_committed_dtype_path.")
        .def(
            "free_merge_committed_dtype_paths",
            [](const PropCopyID& self) { h5p::free_merge_committed_dtype_paths(self.id()); },
            "Forget the paths where committed datatypes are looked for. Source: "
            "H5Pfree_merge_committed_dtype_paths.");
}

}  // namespace

void bind_object_lists(nb::module_& m) {
    bind_object_creation_list(m);
    bind_group_creation_list(m);
    bind_list_class<PropTCID, PropOCID>(
        m, "PropTCID", "A list with properties of creating a committed datatype.");
    bind_copy_list(m);
}

}  // namespace hyperslab::python
