// h5r: references. Names and argument forms as in h5py.h5r.

#include "hdf5/api/h5r.hpp"

#include "dtypes/reference.hpp"
#include "ids/object_id.hpp"
#include "ids/prop_id.hpp"
#include "ids/space_id.hpp"
#include "ids/wrap.hpp"
#include "low_level/h5r_standard.hpp"
#include "support/bindings.hpp"
#include "support/integer.hpp"
#include "support/made_by_new.hpp"

namespace hyperslab::python {
namespace {

namespace h5r = hdf5::h5r;

nb::object create(const ObjectID& loc,
                  const ByteString& name,
                  Int ref_type,
                  const ObjectID* space) {
    switch (static_cast<h5r::Type>(int{ref_type})) {
        case h5r::Type::object: {
            Reference reference;
            reference.value = h5r::create_object(loc.id(), name.value);
            return nb::cast(reference);
        }
        case h5r::Type::region: {
            if (space == nullptr) {
                throw nb::value_error("Dataspace required for region reference");
            }
            RegionReference reference;
            reference.value = h5r::create_region(loc.id(), name.value, space->id());
            return nb::cast(reference);
        }
    }
    throw nb::value_error("Unknown reference typecode");
}

nb::object dereference(const Reference& ref, const ObjectID& id, const PropID* oapl) {
    if (ref.value.null()) {
        return nb::none();
    }
    return wrap_identifier(h5r::dereference(ref.value, id.id(), id_or_default(oapl)));
}

nb::object get_region(const RegionReference& ref, const ObjectID& id) {
    return ref.value.null() ? nb::none() : nb::cast(SpaceID(h5r::region(ref.value, id.id())));
}

nb::object get_obj_type(const Reference& ref, const ObjectID& id) {
    return ref.value.null()
               ? nb::none()
               : nb::object(nb::int_(static_cast<int>(h5r::object_type(ref.value, id.id()))));
}

nb::object get_name(const Reference& ref, const ObjectID& loc) {
    const std::string name = h5r::name(ref.value, loc.id());
    return name.empty() ? nb::none() : nb::object(to_bytes(name));
}

nb::object reduce(nb::handle self) {
    refuse_pickling(self, "a reference means something in its own file only");
}

void bind_references(nb::module_& m) {
    nb::class_<Reference>(m,
                          "Reference",
                          default_slots<Reference>(),
                          "A reference to an object in a file; false when it refers to nothing.")
        .def_prop_ro(
            "typecode",
            [](const Reference& self) { return static_cast<int>(self.value.type); },
            "The kind of reference: OBJECT or DATASET_REGION.")
        .def_prop_ro(
            "typesize",
            [](const Reference& self) { return h5r::size_of(self.value.type); },
            "The size of the reference in a file, in bytes.")
        .def("__bool__", [](const Reference& self) { return !self.value.null(); })
        .def("__reduce__", &reduce)
        .def("__repr__", [](const Reference& self) {
            return self.value.null() ? "<HDF5 object reference (null)>" : "<HDF5 object reference>";
        });
    nb::class_<RegionReference, Reference>(m,
                                           "RegionReference",
                                           default_slots<RegionReference>(),
                                           "A reference to a selection in a dataset.")
        .def("__repr__", [](const RegionReference& self) {
            // The missing parenthesis is h5py's.
            return self.value.null() ? "<HDF5 region reference (null>" : "<HDF5 region reference>";
        });
}

}  // namespace

void bind_h5r(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5r");
    m.attr("OBJECT") = static_cast<int>(h5r::Type::object);
    m.attr("DATASET_REGION") = static_cast<int>(h5r::Type::region);
    bind_references(m);
    bind_standard_references(m);
    m.def("create",
          &create,
          nb::arg("loc"),
          nb::arg("name"),
          nb::arg("ref_type"),
          nb::arg("space") = nb::none(),
          "A reference to the object of that name, or with DATASET_REGION to what is selected in "
          "space, the dataset's dataspace. Source: H5Rcreate.");
    m.def("dereference",
          &dereference,
          nb::arg("ref"),
          nb::arg("id"),
          nb::arg("oapl") = nb::none(),
          "Open what is referred to; id is any object of the same file. None for a null reference. "
          "Source: H5Rdereference2.");
    m.def("get_region",
          &get_region,
          nb::arg("ref"),
          nb::arg("id"),
          "The dataset's dataspace with the region selected, or None for a null reference. Source: "
          "H5Rget_region.");
    m.def("get_obj_type",
          &get_obj_type,
          nb::arg("ref"),
          nb::arg("id"),
          "The kind of object referred to: h5o.TYPE_GROUP, TYPE_DATASET or TYPE_NAMED_DATATYPE, or "
          "None for a null reference. Source: H5Rget_obj_type2.");
    m.def("get_name",
          &get_name,
          nb::arg("ref"),
          nb::arg("loc"),
          "A path to the object, bytes, or None when it has none. Source: H5Rget_name.");
}

}  // namespace hyperslab::python
