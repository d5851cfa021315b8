// Functions for the files that bind classes of property lists.
#pragma once

#include "hdf5/api/h5.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "ids/prop_id.hpp"
#include "support/integer.hpp"
#include "support/made_by_new.hpp"
#include "support/truth.hpp"

namespace hyperslab::python {

/// A class of lists, made of an identifier's number.
template <class List, class Base>
nb::class_<List, Base> bind_list_class(nb::module_& m, const char* name, const char* doc) {
    return nb::class_<List, Base>(m, name, identifier_slots<List>(), doc);
}

/// Collective reading of metadata, which several kinds of access lists have in parallel builds.
template <class List, class Base>
void bind_collective_metadata_reads(nb::class_<List, Base>& list) {
    if (!hdf5::has_mpi()) {
        return;
    }
    list.def(
            "set_all_coll_metadata_ops",
            [](const List& self, Flag is_collective) {
                hdf5::h5p::set_all_coll_metadata_ops(self.id(), is_collective);
            },
            nb::arg("is_collective"),
            "Whether metadata are read collectively. Source: H5Pset_all_coll_metadata_ops.")
        .def(
            "get_all_coll_metadata_ops",
            [](const List& self) { return hdf5::h5p::get_all_coll_metadata_ops(self.id()); },
            "Whether metadata are read collectively. Source: H5Pget_all_coll_metadata_ops.");
}

// One function a file (h5p_object.cpp, …), called in this order: bases come first.
void bind_object_lists(nb::module_& m);
void bind_link_lists(nb::module_& m);
void bind_file_creation_list(nb::module_& m);
void bind_file_access_list(nb::module_& m);
void bind_dataset_creation_list(nb::module_& m);
void bind_dataset_access_list(nb::module_& m);
void bind_transfer_list(nb::module_& m);

// Parts of the two large classes.
void bind_drivers(nb::class_<PropFAID, PropInstanceID>& list);
void bind_filters(nb::class_<PropDCID, PropOCID>& list);
void bind_storage(nb::class_<PropDCID, PropOCID>& list);

}  // namespace hyperslab::python
