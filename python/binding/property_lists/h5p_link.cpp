// h5p: creation of links, access through links.

#include "property_lists/prop_binding.hpp"

namespace hyperslab::python {
namespace {

namespace h5p = hdf5::h5p;

void bind_link_creation_list(nb::module_& m) {
    bind_list_class<PropLCID, PropCreateID>(
        m, "PropLCID", "A list with properties of creating a link.")
        .def(
            "set_char_encoding",
            [](const PropLCID& self, Int encoding) {
                h5p::set_char_encoding(self.id(), static_cast<h5p::CharEncoding>(int{encoding}));
            },
            nb::arg("encoding"),
            "Set the encoding of the link's name: h5t.CSET_ASCII or h5t.CSET_UTF8. Source: "
            "H5Pset_char_encoding.")
        .def(
            "get_char_encoding",
            [](const PropLCID& self) {
                return static_cast<int>(h5p::get_char_encoding(self.id()));
            },
            "The encoding of the link's name: h5t.CSET_ASCII or h5t.CSET_UTF8. Source: "
            "H5Pget_char_encoding.")
        .def(
            "set_create_intermediate_group",
            [](const PropLCID& self, Truth create) {
                h5p::set_create_intermediate_group(self.id(), create);
            },
            nb::arg("create").none(),
            "Set whether groups missing on the way are made. Source: "
            "H5Pset_create_intermediate_group.")
        .def(
            "get_create_intermediate_group",
            [](const PropLCID& self) { return h5p::get_create_intermediate_group(self.id()); },
            "Whether groups missing on the way are made. Source: "
            "H5Pget_create_intermediate_group.");
}

void bind_link_access_list(nb::module_& m) {
    auto list = bind_list_class<PropLAID, PropInstanceID>(
        m, "PropLAID", "A list with properties of access through links.");
    list.def(
            "set_nlinks",
            [](const PropLAID& self, Size nlinks) { h5p::set_nlinks(self.id(), nlinks); },
            nb::arg("nlinks"),
            "Set how many soft or user-defined links are followed before giving up; at least 1. "
            "Source: H5Pset_nlinks.")
        .def(
            "get_nlinks",
            [](const PropLAID& self) { return h5p::get_nlinks(self.id()); },
            "The number of soft or user-defined links that are followed before giving up. Source: "
            "H5Pget_nlinks.")
        .def(
            "set_elink_prefix",
            [](const PropLAID& self, const ByteString& prefix) {
                h5p::set_elink_prefix(self.id(), prefix.value);
            },
            nb::arg("prefix"),
            "Set the prefix that is put before the file name of external links. Source: "
            "H5Pset_elink_prefix.")
        .def(
            "get_elink_prefix",
            [](const PropLAID& self) { return to_bytes(h5p::get_elink_prefix(self.id())); },
            "The prefix that is put before the file name of external links. Source: "
            "H5Pget_elink_prefix.")
        .def(
            "set_elink_fapl",
            [](const PropLAID& self, const PropID& fapl) {
                h5p::set_elink_fapl(self.id(), fapl.id());
            },
            nb::arg("fapl"),
            "Set the file access list for files that external links lead to. Source: "
            "H5Pset_elink_fapl.")
        .def(
            "get_elink_fapl",
            [](const PropLAID& self) { return wrap_property_list(h5p::get_elink_fapl(self.id())); },
            "A copy of the file access list for external links, or a list of defaults when none "
            "was set. Source: H5Pget_elink_fapl.")
        .def(
            "set_elink_acc_flags",
            [](const PropLAID& self, Unsigned flags) {
                h5p::set_elink_acc_flags(self.id(), flags);
            },
            nb::arg("flags"),
            "Set how files that external links lead to are opened: h5f.ACC_* bits. Source: "
            "H5Pset_elink_acc_flags.")
        .def(
            "get_elink_acc_flags",
            [](const PropLAID& self) { return h5p::get_elink_acc_flags(self.id()); },
            "How files that external links lead to are opened: h5f.ACC_* bits. Source: "
            "H5Pget_elink_acc_flags.");
    bind_collective_metadata_reads(list);
}

}  // namespace

void bind_link_lists(nb::module_& m) {
    bind_link_creation_list(m);
    bind_link_access_list(m);
}

}  // namespace hyperslab::python
