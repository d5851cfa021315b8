// h5t: TypeID and the classes without parts: arrays, opaque types, strings, references.

#include "dtypes/known_type.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "ids/prop_id.hpp"
#include "low_level/type_binding.hpp"
#include "support/integer.hpp"
#include "support/shapes.hpp"

namespace hyperslab::python {
namespace {

namespace h5t = hdf5::h5t;

nb::bytes encode(const TypeID& self) {
    const std::vector<std::byte> encoded = h5t::encode(self.id());
    return nb::bytes(encoded.data(), encoded.size());
}

nb::object dtype(const TypeID& self) { return known_type(hdf5::describe_type(self.id()))->dtype(); }

// A committed type is an object in a file, a locked one is its description; others may change.
Py_hash_t hash_of(nb::handle self) {
    auto& type = nb::cast<TypeID&>(self);
    if (const Py_hash_t known = type.hash; known != -1) {
        return known;
    }
    const nb::object of_object = nb::type<ObjectID>().attr("__hash__");
    try {
        return nb::cast<Py_hash_t>(of_object(self));
    } catch (nb::python_error& error) {
        if (!error.matches(PyExc_TypeError)) {
            throw;
        }
    }
    if (!type.locked) {
        throw nb::type_error("Only locked or committed types can be hashed");
    }
    type.hash = nb::hash(encode(type));
    return type.hash;
}

bool equals(const TypeID& self, nb::handle other) {
    const TypeID* type = nullptr;
    return nb::try_cast(other, type) && type != nullptr && h5t::equal(self.id(), type->id());
}

using TypeClass = nb::class_<TypeID, ObjectID>;

// Binds what makes a type a Python object.
void bind_type_object(TypeClass& c) {
    c.def("__hash__", &hash_of)
        .def("__eq__", &equals, nb::arg("other").none())
        .def(
            "__ne__",
            [](const TypeID& self, nb::handle other) { return !equals(self, other); },
            nb::arg("other").none())
        .def_prop_ro(
            "dtype",
            &dtype,
            "The NumPy dtype that elements are read as. Raises TypeError when there is none.");
}

// HDF5's functions.
void bind_type_functions(TypeClass& c) {
    c.def(
         "commit",
         [](const TypeID& self,
            const ObjectID& group,
            const ByteString& name,
            const ObjectID* lcpl) {
             h5t::commit(group.id(), name.value, self.id(), id_or_default(lcpl));
         },
         nb::arg("group"),
         nb::arg("name"),
         nb::arg("lcpl") = nb::none(),
         "Keep the type in a file, under a name. Raises KeyError when the name is taken. Source: "
         "H5Tcommit2.")
        .def(
            "committed",
            [](const TypeID& self) { return h5t::committed(self.id()); },
            "Whether the type lives in a file. Source: H5Tcommitted.")
        .def(
            "copy",
            [](const TypeID& self) { return wrap_type(h5t::copy(self.id())); },
            "A transient copy that may be changed. Source: H5Tcopy.")
        .def(
            "equal",
            [](const TypeID& self, const TypeID* other) {
                return h5t::equal(self.id(), id_of(other));
            },
            nb::arg("typeid").none(),
            "Whether two types are the same. Source: H5Tequal.")
        .def(
            "lock",
            [](TypeID& self) {
                h5t::lock(self.id());
                self.locked = true;
            },
            "Make the type immutable and immortal. Source: H5Tlock.")
        .def(
            "get_class",
            [](const TypeID& self) { return static_cast<int>(h5t::type_class(self.id())); },
            "The class of the type: INTEGER, FLOAT, STRING, … Source: H5Tget_class.")
        .def(
            "set_size",
            [](const TypeID& self, Size size) { h5t::set_size(self.id(), size); },
            nb::arg("size"),
            "Set the size in bytes; VARIABLE for strings. Source: H5Tset_size.")
        .def(
            "get_size",
            [](const TypeID& self) { return h5t::size(self.id()); },
            "The size of one element, in bytes. Source: H5Tget_size.")
        .def(
            "get_super",
            [](const TypeID& self) { return wrap_type(h5t::super(self.id())); },
            "The base of an array, enumeration or sequence. Source: H5Tget_super.")
        .def(
            "detect_class",
            [](const TypeID& self, Int classtype) {
                return h5t::detect_class(self.id(), static_cast<h5t::Class>(int{classtype}));
            },
            nb::arg("classtype"),
            "Whether a class occurs in the type, at any depth. Source: H5Tdetect_class.");
}

// The type as bytes.
void bind_type_bytes(TypeClass& c) {
    c.def("encode", &encode, "The type as bytes. Source: H5Tencode.")
        .def(
            "get_create_plist",
            [](const TypeID& self) { return wrap_property_list(h5t::create_plist(self.id())); },
            "A copy of the datatype creation property list. Source: H5Tget_create_plist.")
        .def("__reduce__",
             [](nb::handle self) { return reduced(self, encode(nb::cast<const TypeID&>(self))); })
        .def(
            "__setstate__",
            [](nb::handle self, const ByteString& state) {
                nb::cast<TypeID&>(self).handle = h5t::decode(std::as_bytes(std::span(state.value)));
            },
            nb::arg("state"));
}

void bind_type_id(nb::module_& m) {
    auto c = bind_type_class<TypeID, ObjectID>(
        m,
        "TypeID",
        "A datatype. Equal means equal descriptions; hashable when "
        "it is committed or locked.");
    bind_type_object(c);
    bind_type_functions(c);
    bind_type_bytes(c);
}

void bind_string(nb::module_& m) {
    bind_type_class<TypeStringID, TypeID>(
        m, "TypeStringID", "Strings, of fixed or variable length.")
        .def(
            "is_variable_str",
            [](const TypeStringID& self) { return h5t::is_variable_string(self.id()); },
            "Whether lengths vary. Source: H5Tis_variable_str.")
        .def(
            "get_cset",
            [](const TypeStringID& self) {
                return static_cast<int>(h5t::character_set(self.id()));
            },
            "The character set: CSET_ASCII or CSET_UTF8. Source: H5Tget_cset.")
        .def(
            "set_cset",
            [](const TypeStringID& self, Int cset) {
                h5t::set_character_set(self.id(), static_cast<h5t::CharacterSet>(int{cset}));
            },
            nb::arg("cset"),
            "Set the character set. Source: H5Tset_cset.")
        .def(
            "get_strpad",
            [](const TypeStringID& self) { return static_cast<int>(h5t::string_pad(self.id())); },
            "How short strings are filled: STR_NULLTERM, STR_NULLPAD or STR_SPACEPAD. Source: "
            "H5Tget_strpad.")
        .def(
            "set_strpad",
            [](const TypeStringID& self, Int pad) {
                h5t::set_string_pad(self.id(), static_cast<h5t::StringPad>(int{pad}));
            },
            nb::arg("pad"),
            "Set how short strings are filled. Source: H5Tset_strpad.");
}

void bind_array(nb::module_& m) {
    bind_type_class<TypeArrayID, TypeID>(m, "TypeArrayID", "Arrays of one fixed shape.")
        .def(
            "get_array_ndims",
            [](const TypeArrayID& self) { return h5t::array_rank(self.id()); },
            "The rank. Source: H5Tget_array_ndims.")
        .def(
            "get_array_dims",
            [](const TypeArrayID& self) { return tuple_from_shape(h5t::array_dims(self.id())); },
            "The dimensions, a tuple. Source: H5Tget_array_dims2.");
}

void bind_opaque(nb::module_& m) {
    bind_type_class<TypeOpaqueID, TypeID>(m, "TypeOpaqueID", "Bytes that only a tag explains.")
        .def(
            "set_tag",
            [](const TypeOpaqueID& self, const ByteString& tag) {
                h5t::set_tag(self.id(), tag.value);
            },
            nb::arg("tag"),
            "Set the tag, at most 256 bytes. Source: H5Tset_tag.")
        .def(
            "get_tag",
            [](const TypeOpaqueID& self) { return to_bytes(h5t::tag(self.id())); },
            "The tag. Source: H5Tget_tag.");
}

}  // namespace

void bind_type_classes(nb::module_& m) {
    bind_type_id(m);
    bind_array(m);
    bind_opaque(m);
    bind_string(m);
    bind_type_class<TypeVlenID, TypeID>(m, "TypeVlenID", "Sequences of varying length.");
    bind_type_class<TypeTimeID, TypeID>(m, "TypeTimeID", "Unix times; HDF5 gave them up.");
    bind_type_class<TypeReferenceID, TypeID>(
        m, "TypeReferenceID", "References to objects or regions.");
    bind_atomic_type_classes(m);
    bind_composite_type_classes(m);
}

}  // namespace hyperslab::python
