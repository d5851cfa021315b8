// h5a: the class AttrID.

#include "low_level/h5a_attribute.hpp"

#include "dtypes/known_type.hpp"
#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "elements/transfer.hpp"
#include "hdf5/api/h5a.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/types/type_translation.hpp"
#include "ids/attr_id.hpp"
#include "ids/space_id.hpp"
#include "ids/type_id.hpp"
#include "support/made_by_new.hpp"
#include "support/shapes.hpp"

namespace hyperslab::python {
namespace {

namespace h5a = hdf5::h5a;
namespace h5s = hdf5::h5s;

nb::object shape_of(const AttrID& self) {
    const hdf5::Handle space = h5a::space(self.id());
    return h5s::extent_class(space.id()) == h5s::ExtentClass::null
               ? nb::none()
               : nb::object(tuple_from_shape(h5s::dims(space.id())));
}

nb::object dtype_of(const AttrID& self) {
    return known_type(hdf5::describe_type(h5a::type(self.id()).id()))->dtype();
}

void require_array_and_type(nb::handle arr, nb::handle mtype) {
    if (!is_array(arr)) {
        throw nb::type_error("arr must be a NumPy array");
    }
    if (!mtype.is_none() && !nb::isinstance<TypeID>(mtype)) {
        throw nb::type_error("mtype must be a TypeID or None");
    }
}

void read(const AttrID& self, nb::handle arr, nb::handle mtype) {
    require_array_and_type(arr, mtype);
    read_attribute(self, arr, mtype);
}

void write(const AttrID& self, nb::handle arr, nb::handle mtype) {
    require_array_and_type(arr, mtype);
    write_attribute(self, arr, mtype);
}

nb::bytes name_of(const AttrID& self) { return to_bytes(h5a::name(self.id())); }

}  // namespace

void bind_attr_id(nb::module_& m) {
    nb::class_<AttrID, ObjectID>(m, "AttrID", identifier_slots<AttrID>(), "An attribute.")
        .def_prop_ro("name", &name_of, "The attribute's name, as bytes.")
        .def_prop_ro("shape", &shape_of, "The shape: () for a scalar, None for no elements at all.")
        .def_prop_ro("dtype", &dtype_of, "The NumPy dtype that values are read as.")
        .def("read",
             &read,
             nb::arg("arr"),
             nb::arg("mtype") = nb::none(),
             "Read all values into a writable C-contiguous array of the attribute's shape. mtype "
             "is the array's HDF5 type, for when its dtype does not say it. Raises OSError when "
             "there is no conversion, or when the file cannot be read. Source: H5Aread.")
        .def("write",
             &write,
             nb::arg("arr"),
             nb::arg("mtype") = nb::none(),
             "Write all values from a C-contiguous array of the attribute's shape. mtype is the "
             "array's HDF5 type, for when its dtype does not say it. Raises OSError when there is "
             "no conversion, or when the file cannot be written. Source: H5Awrite.")
        .def("get_name", &name_of, "The attribute's name, as bytes. Source: H5Aget_name.")
        .def(
            "get_space",
            [](const AttrID& self) { return SpaceID(h5a::space(self.id())); },
            "A copy of the dataspace. Source: H5Aget_space.")
        .def(
            "get_type",
            [](const AttrID& self) { return wrap_type(h5a::type(self.id())); },
            "A copy of the datatype. Source: H5Aget_type.")
        .def(
            "get_storage_size",
            [](const AttrID& self) { return h5a::storage_size(self.id()); },
            "The bytes that the values take in the file. Source: H5Aget_storage_size.");
}

}  // namespace hyperslab::python
