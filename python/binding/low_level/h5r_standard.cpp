// h5r: standard references, which came with HDF5 1.12. h5py lacks them; the names are H5R's, and
// the arguments have the form of the other functions of h5r.

#include "low_level/h5r_standard.hpp"

#include "dtypes/reference.hpp"
#include "hdf5/api/h5r_standard.hpp"
#include "ids/object_id.hpp"
#include "ids/prop_id.hpp"
#include "ids/space_id.hpp"
#include "ids/wrap.hpp"
#include "support/made_by_new.hpp"

namespace hyperslab::python {
namespace {

namespace h5r = hdf5::h5r;

StandardReference create_object(const ObjectID& loc, const ByteString& name, const PropID* oapl) {
    return {h5r::StandardReference::to_object(loc.id(), name.value, id_or_default(oapl))};
}

StandardReference create_region(const ObjectID& loc,
                                const ByteString& name,
                                const SpaceID& space,
                                const PropID* oapl) {
    return {
        h5r::StandardReference::to_region(loc.id(), name.value, space.id(), id_or_default(oapl))};
}

StandardReference create_attr(const ObjectID& loc,
                              const ByteString& name,
                              const ByteString& attr_name,
                              const PropID* oapl) {
    return {h5r::StandardReference::to_attribute(
        loc.id(), name.value, attr_name.value, id_or_default(oapl))};
}

nb::object open_object(const StandardReference& ref, const PropID* rapl, const PropID* oapl) {
    return wrap_identifier(ref.value.open_object(id_or_default(rapl), id_or_default(oapl)));
}

SpaceID open_region(const StandardReference& ref, const PropID* rapl, const PropID* oapl) {
    return SpaceID(ref.value.open_region(id_or_default(rapl), id_or_default(oapl)));
}

nb::object open_attr(const StandardReference& ref, const PropID* rapl, const PropID* aapl) {
    return wrap_identifier(ref.value.open_attribute(id_or_default(rapl), id_or_default(aapl)));
}

nb::object get_obj_name(const StandardReference& ref, const PropID* rapl) {
    const std::string name = ref.value.object_name(id_or_default(rapl));
    return name.empty() ? nb::none() : nb::object(to_bytes(name));
}

int get_type(const StandardReference& ref) { return static_cast<int>(ref.value.type()); }

const char* described(const StandardReference& ref) {
    if (ref.value.null()) {
        return "<HDF5 standard reference (null)>";
    }
    switch (ref.value.type()) {
        case h5r::StandardType::object:
            return "<HDF5 standard reference to an object>";
        case h5r::StandardType::region:
            return "<HDF5 standard reference to a region>";
        case h5r::StandardType::attribute:
            break;
    }
    return "<HDF5 standard reference to an attribute>";
}

nb::object reduce(nb::handle self) { refuse_pickling(self, "a reference belongs to an open file"); }

void bind_class(nb::module_& m) {
    nb::class_<StandardReference>(
        m,
        "StandardReference",
        default_slots<StandardReference>(),
        "A reference of HDF5 1.12 (type h5t.STD_REF): to an object, to a region of a dataset, or "
        "to an attribute, in any file; false when it refers to nothing. The identifier of its file "
        "stays open while the reference lives, or until the file is closed. Source: H5R_ref_t.")
        .def_prop_ro(
            "typecode", &get_type, "The kind of reference: OBJECT2, DATASET_REGION2 or ATTR.")
        .def_prop_ro(
            "typesize",
            [](const StandardReference&) { return h5r::kStandardSize; },
            "The size of the reference in memory, in bytes.")
        .def("__bool__", [](const StandardReference& self) { return !self.value.null(); })
        .def("__copy__",
             [](const StandardReference& self) -> StandardReference { return {self.value.copy()}; })
        .def("__reduce__", &reduce)
        .def("__repr__", &described);
}

void bind_making(nb::module_& m) {
    m.def("create_object",
          &create_object,
          nb::arg("loc"),
          nb::arg("name"),
          nb::arg("oapl") = nb::none(),
          "A StandardReference to the object of that name, a path from loc. "
          "Source: H5Rcreate_object.");
    m.def("create_region",
          &create_region,
          nb::arg("loc"),
          nb::arg("name"),
          nb::arg("space"),
          nb::arg("oapl") = nb::none(),
          "A StandardReference to what is selected in space, the dataspace of the dataset of that "
          "name. Source: H5Rcreate_region.");
    m.def("create_attr",
          &create_attr,
          nb::arg("loc"),
          nb::arg("name"),
          nb::arg("attr_name"),
          nb::arg("oapl") = nb::none(),
          "A StandardReference to an attribute of the object of that name. "
          "Source: H5Rcreate_attr.");
    m.def(
        "copy",
        [](const StandardReference& ref) -> StandardReference { return {ref.value.copy()}; },
        nb::arg("ref"),
        "A further StandardReference to what a StandardReference leads to. Source: H5Rcopy.");
    m.def(
        "equal",
        [](const StandardReference& ref1, const StandardReference& ref2) {
            return ref1.value.equals(ref2.value);
        },
        nb::arg("ref1"),
        nb::arg("ref2"),
        "Whether both StandardReferences lead to the same; of regions only the extents are "
        "compared. Source: H5Requal.");
    m.def(
        "destroy",
        [](StandardReference& ref) { ref.value = {}; },
        nb::arg("ref"),
        "Make a StandardReference null, and give up its hold on the file. Happens by itself when "
        "the object goes. Source: H5Rdestroy.");
}

void bind_following(nb::module_& m) {
    m.def("open_object",
          &open_object,
          nb::arg("ref"),
          nb::arg("rapl") = nb::none(),
          nb::arg("oapl") = nb::none(),
          "Open what a StandardReference leads to; of a region the dataset, of an attribute the "
          "object that has it. rapl, a file access list, is how another file is opened. "
          "Source: H5Ropen_object.");
    m.def("open_region",
          &open_region,
          nb::arg("ref"),
          nb::arg("rapl") = nb::none(),
          nb::arg("oapl") = nb::none(),
          "The dataset's dataspace with the region selected. Source: H5Ropen_region.");
    m.def("open_attr",
          &open_attr,
          nb::arg("ref"),
          nb::arg("rapl") = nb::none(),
          nb::arg("aapl") = nb::none(),
          "The attribute that a StandardReference leads to, an AttrID. Source: H5Ropen_attr.");
    m.def(
        "get_type",
        &get_type,
        nb::arg("ref"),
        "The kind of a StandardReference: OBJECT2, DATASET_REGION2 or ATTR. Source: H5Rget_type.");
    m.def(
        "get_obj_type3",
        [](const StandardReference& ref, const PropID* rapl) {
            return static_cast<int>(ref.value.object_type(id_or_default(rapl)));
        },
        nb::arg("ref"),
        nb::arg("rapl") = nb::none(),
        "The kind of object referred to: h5o.TYPE_GROUP, TYPE_DATASET or TYPE_NAMED_DATATYPE. "
        "Source: H5Rget_obj_type3.");
    m.def(
        "get_file_name",
        [](const StandardReference& ref) { return to_bytes(ref.value.file_name()); },
        nb::arg("ref"),
        "The name of the file that a StandardReference leads into, bytes. "
        "Source: H5Rget_file_name.");
    m.def("get_obj_name",
          &get_obj_name,
          nb::arg("ref"),
          nb::arg("rapl") = nb::none(),
          "A path to the object, bytes, or None when it has none. Source: H5Rget_obj_name.");
    m.def(
        "get_attr_name",
        [](const StandardReference& ref) { return to_bytes(ref.value.attribute_name()); },
        nb::arg("ref"),
        "The attribute's name, bytes. Source: H5Rget_attr_name.");
}

}  // namespace

void bind_standard_references(nb::module_& m) {
    m.attr("OBJECT2") = static_cast<int>(h5r::StandardType::object);
    m.attr("DATASET_REGION2") = static_cast<int>(h5r::StandardType::region);
    m.attr("ATTR") = static_cast<int>(h5r::StandardType::attribute);
    bind_class(m);
    bind_making(m);
    bind_following(m);
}

}  // namespace hyperslab::python
