// h5p: creation of files.

#include "property_lists/prop_binding.hpp"

namespace hyperslab::python {
namespace {

namespace h5p = hdf5::h5p;

nb::tuple versions(const PropFCID& self) {
    const h5p::FormatVersions found = h5p::get_version(self.id());
    return nb::make_tuple(
        found.superblock, found.freelist, found.symbol_table, found.shared_header);
}

nb::tuple sizes(const PropFCID& self) {
    const h5p::Sizes found = h5p::get_sizes(self.id());
    return nb::make_tuple(found.address, found.length);
}

void set_file_space_strategy(const PropFCID& self,
                             Unsigned strategy,
                             Truth persist,
                             Integer<std::uint64_t> threshold) {
    const auto code = static_cast<h5p::SpaceStrategy>(static_cast<int>(unsigned{strategy}));
    h5p::set_file_space_strategy(self.id(), {code, persist, threshold});
}

nb::tuple file_space_strategy(const PropFCID& self) {
    const h5p::FileSpace space = h5p::get_file_space_strategy(self.id());
    return nb::make_tuple(
        static_cast<int>(space.strategy), static_cast<int>(space.persist), space.threshold);
}

void bind_tree_sizes(nb::class_<PropFCID, PropOCID>& list) {
    list.def(
            "set_sym_k",
            [](const PropFCID& self, Unsigned ik, Unsigned lk) {
                h5p::set_sym_k(self.id(), ik, lk);
            },
            nb::arg("ik"),
            nb::arg("lk"),
            "Set half the rank of the trees of old-style groups, and half the number of entries of "
            "their leaves. Source: H5Pset_sym_k.")
        .def(
            "get_sym_k",
            [](const PropFCID& self) {
                const auto [rank, leaf] = h5p::get_sym_k(self.id());
                return nb::make_tuple(rank, leaf);
            },
            "Half the rank of the trees of old-style groups, and half the number of entries of "
            "their leaves: (ik, lk). Source: H5Pget_sym_k.")
        .def(
            "set_istore_k",
            [](const PropFCID& self, Unsigned ik) { h5p::set_istore_k(self.id(), ik); },
            nb::arg("ik"),
            "Set half the rank of the trees that index chunks. Source: H5Pset_istore_k.")
        .def(
            "get_istore_k",
            [](const PropFCID& self) { return h5p::get_istore_k(self.id()); },
            "Half the rank of the trees that index chunks. Source: H5Pget_istore_k.");
}

void bind_shared_messages(nb::class_<PropFCID, PropOCID>& list) {
    list.def(
            "set_shared_mesg_nindexes",
            [](const PropFCID& self, Unsigned nindexes) {
                h5p::set_shared_mesg_nindexes(self.id(), nindexes);
            },
            nb::arg("nindexes"),
            "Set how many indexes of shared object header messages the file has, at most 8. "
            "Source: H5Pset_shared_mesg_nindexes.")
        .def(
            "get_shared_mesg_nindexes",
            [](const PropFCID& self) { return h5p::get_shared_mesg_nindexes(self.id()); },
            "The number of indexes of shared object header messages. Source: "
            "H5Pget_shared_mesg_nindexes.")
        .def(
            "set_shared_mesg_index",
            [](const PropFCID& self, Unsigned index, Unsigned types, Unsigned min_mesg_size) {
                h5p::set_shared_mesg_index(self.id(), index, types, min_mesg_size);
            },
            nb::arg("index_num"),
            nb::arg("mesg_type_flags"),
            nb::arg("min_mesg_size"),
            "Set which kinds of message an index takes, and their smallest size in bytes. Source: "
            "H5Pset_shared_mesg_index.")
        .def(
            "get_shared_mesg_index",
            [](const PropFCID& self, Unsigned index) {
                const auto [types, bytes] = h5p::get_shared_mesg_index(self.id(), index);
                return nb::make_tuple(types, bytes);
            },
            nb::arg("index_num"),
            "Which kinds of message an index takes, and their smallest size in bytes: "
            "(mesg_type_flags, min_mesg_size). Source: H5Pget_shared_mesg_index.");
}

void bind_layout_of_file(nb::class_<PropFCID, PropOCID>& list) {
    list.def("get_version",
             &versions,
             "The versions of the parts of the file's format: (superblock, free list, symbol "
             "table, shared header). Source: H5Pget_version.")
        .def(
            "set_userblock",
            [](const PropFCID& self, Integer<std::uint64_t> size) {
                h5p::set_userblock(self.id(), size);
            },
            nb::arg("size"),
            "Set the number of bytes in front of the HDF5 data that are the user's: 0, or a power "
            "of 2 from 512 on. Source: H5Pset_userblock.")
        .def(
            "get_userblock",
            [](const PropFCID& self) { return h5p::get_userblock(self.id()); },
            "The number of bytes in front of the HDF5 data that are the user's. Source: "
            "H5Pget_userblock.")
        .def(
            "set_sizes",
            [](const PropFCID& self, Size addr, Size size) {
                h5p::set_sizes(self.id(), {addr, size});
            },
            nb::arg("addr"),
            nb::arg("size"),
            "Set the sizes of an address and of a length in the file, in bytes: 2, 4, 8 or 16. "
            "Source: H5Pset_sizes.")
        .def(
            "get_sizes",
            &sizes,
            "The sizes of an address and of a length in the file, in bytes. Source: H5Pget_sizes.");
}

void bind_order_and_space(nb::class_<PropFCID, PropOCID>& list) {
    list.def(
            "set_link_creation_order",
            [](const PropFCID& self, Unsigned flags) {
                h5p::set_link_creation_order(self.id(), flags);
            },
            nb::arg("flags"),
            "Track, or track and index, the order of links in the root group: CRT_ORDER_TRACKED, "
            "CRT_ORDER_INDEXED. Source: H5Pset_link_creation_order.")
        .def(
            "get_link_creation_order",
            [](const PropFCID& self) { return h5p::get_link_creation_order(self.id()); },
            "The flags that say whether the order of links is tracked and indexed. Source: "
            "H5Pget_link_creation_order.")
        .def("set_file_space_strategy",
             &set_file_space_strategy,
             nb::arg("strategy"),
             nb::arg("persist").none(),
             nb::arg("threshold"),
             "Set how free space is kept (h5f.FSPACE_STRATEGY_*), whether it is kept across "
             "closing, and the smallest piece that is kept, in bytes. Source: "
             "H5Pset_file_space_strategy.")
        .def("get_file_space_strategy",
             &file_space_strategy,
             "How free space is kept: (strategy, persist, threshold in bytes). Source: "
             "H5Pget_file_space_strategy.")
        .def(
            "set_file_space_page_size",
            [](const PropFCID& self, Integer<std::uint64_t> fsp_size) {
                h5p::set_file_space_page_size(self.id(), fsp_size);
            },
            nb::arg("fsp_size"),
            "Set the size of a page in bytes, at least 512, for FSPACE_STRATEGY_PAGE. Source: "
            "H5Pset_file_space_page_size.")
        .def(
            "get_file_space_page_size",
            [](const PropFCID& self) { return h5p::get_file_space_page_size(self.id()); },
            "The size of a page in bytes. Source: H5Pget_file_space_page_size.");
}

}  // namespace

void bind_file_creation_list(nb::module_& m) {
    auto list = bind_list_class<PropFCID, PropOCID>(
        m, "PropFCID", "A list with properties of creating a file.");
    bind_layout_of_file(list);
    bind_order_and_space(list);
    bind_tree_sizes(list);
    bind_shared_messages(list);
}

}  // namespace hyperslab::python
