// h5t: the classes with named members.

#include "hdf5/types/h5t.hpp"
#include "low_level/type_binding.hpp"
#include "support/integer.hpp"

namespace hyperslab::python {
namespace {

namespace h5t = hdf5::h5t;

unsigned member_number(int index, const char* message = "Member index must be non-negative.") {
    if (index < 0) {
        throw nb::value_error(message);
    }
    return static_cast<unsigned>(index);
}

void bind_composite(nb::module_& m) {
    bind_type_class<TypeCompositeID, TypeID>(m, "TypeCompositeID", "Types with named members.")
        .def(
            "get_nmembers",
            [](const TypeCompositeID& self) { return h5t::member_count(self.id()); },
            "The number of members. Source: H5Tget_nmembers.")
        .def(
            "get_member_name",
            [](const TypeCompositeID& self, Int member) {
                return to_bytes(h5t::member_name(self.id(), member_number(member)));
            },
            nb::arg("member"),
            "A member's name. Source: H5Tget_member_name.")
        .def(
            "get_member_index",
            [](const TypeCompositeID& self, const ByteString& name) {
                return h5t::member_index(self.id(), name.value);
            },
            nb::arg("name"),
            "The index of a member's name. Source: H5Tget_member_index.");
}

void bind_compound(nb::module_& m) {
    bind_type_class<TypeCompoundID, TypeCompositeID>(
        m, "TypeCompoundID", "Records: members with name, offset and type.")
        .def(
            "get_member_class",
            [](const TypeCompoundID& self, Int member) {
                return static_cast<int>(h5t::member_class(self.id(), member_number(member)));
            },
            nb::arg("member"),
            "A member's datatype class. Source: H5Tget_member_class.")
        .def(
            "get_member_offset",
            [](const TypeCompoundID& self, Int member) {
                return h5t::member_offset(self.id(), member_number(member));
            },
            nb::arg("member"),
            "Where a member begins, in bytes. Source: H5Tget_member_offset.")
        .def(
            "get_member_type",
            [](const TypeCompoundID& self, Int member) {
                return wrap_type(h5t::member_type(self.id(), member_number(member)));
            },
            nb::arg("member"),
            "A copy of a member's datatype. Source: H5Tget_member_type.")
        .def(
            "insert",
            [](const TypeCompoundID& self,
               const ByteString& name,
               Size offset,
               const TypeID& field) { h5t::insert(self.id(), name.value, offset, field.id()); },
            nb::arg("name"),
            nb::arg("offset"),
            nb::arg("field"),
            "Add a member that begins at a byte offset. Source: H5Tinsert.")
        .def(
            "pack",
            [](const TypeCompoundID& self) { h5t::pack(self.id()); },
            "Take out the gaps between members, at every depth. Source: H5Tpack.");
}

void bind_enum(nb::module_& m) {
    bind_type_class<TypeEnumID, TypeCompositeID>(
        m, "TypeEnumID", "An enumeration: integers with names.")
        .def(
            "enum_insert",
            [](const TypeEnumID& self, const ByteString& name, Int64 value) {
                h5t::enum_insert(self.id(), name.value, value);
            },
            nb::arg("name"),
            nb::arg("value"),
            "Name a value; one that the base type cannot hold is clipped. Source: H5Tenum_insert.")
        .def(
            "enum_nameof",
            [](const TypeEnumID& self, Int64 value) {
                return to_bytes(h5t::enum_name_of(self.id(), value));
            },
            nb::arg("value"),
            "The name of a value. Source: H5Tenum_nameof.")
        .def(
            "enum_valueof",
            [](const TypeEnumID& self, const ByteString& name) {
                return h5t::enum_value_of(self.id(), name.value);
            },
            nb::arg("name"),
            "The value of a name. Source: H5Tenum_valueof.")
        .def(
            "get_member_value",
            [](const TypeEnumID& self, Int idx) {
                return h5t::member_value(self.id(),
                                         member_number(idx, "Index must be non-negative."));
            },
            nb::arg("idx"),
            "A member's value. Source: H5Tget_member_value.");
}

}  // namespace

void bind_composite_type_classes(nb::module_& m) {
    bind_composite(m);
    bind_compound(m);
    bind_enum(m);
}

}  // namespace hyperslab::python
