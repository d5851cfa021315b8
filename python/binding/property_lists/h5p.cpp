// h5p: property lists. Names and argument forms as in h5py.h5p. Here what holds for all lists; the
// classes are in h5p_object.cpp, h5p_link.cpp, h5p_file_*.cpp, h5p_dataset_*.cpp, h5p_transfer.cpp.

#include "hdf5/property_lists/h5p.hpp"

#include "property_lists/prop_binding.hpp"
#include "support/bindings.hpp"

namespace hyperslab::python {
namespace {

namespace h5p = hdf5::h5p;
using h5p::ListClass;

// Lists of one Python type are compared property by property; others are never equal.
bool equals(nb::handle self, nb::handle other) {
    if (!self.type().is(other.type())) {
        return false;
    }
    return h5p::equal(nb::cast<const PropID&>(self).id(), nb::cast<const PropID&>(other).id());
}

nb::object not_ordered(nb::handle /*self*/, nb::handle /*other*/) {
    return nb::borrow(Py_NotImplemented);
}

template <class Class>
void bind_comparison(Class& bound) {
    bound.def("__eq__", &equals, nb::arg("other").none())
        .def(
            "__ne__",
            [](nb::handle self, nb::handle other) { return !equals(self, other); },
            nb::arg("other").none());
    for (const char* name : {"__lt__", "__le__", "__gt__", "__ge__"}) {
        bound.def(name, &not_ordered, nb::arg("other").none());
    }
}

void bind_base_classes(nb::module_& m) {
    auto base = bind_list_class<PropID, ObjectID>(
        m, "PropID", "A property list or a class of property lists.");
    base.def(
        "equal",
        [](const PropID& self, const PropID& plist) { return h5p::equal(self.id(), plist.id()); },
        nb::arg("plist"),
        "Whether all properties are equal. Source: H5Pequal.");
    base.def("__hash__", [](const PropID&) -> Py_hash_t {
        throw nb::type_error("Property lists are unhashable");
    });
    bind_comparison(base);

    auto list_class = bind_list_class<PropClassID, PropID>(
        m, "PropClassID", "A class of property lists; hashable by its identifier.");
    list_class.def("__hash__",
                   [](const PropClassID& self) { return nb::hash(nb::int_(self.id())); });
    bind_comparison(list_class);

    bind_list_class<PropInstanceID, PropID>(m, "PropInstanceID", "A property list; not hashable.")
        .def(
            "copy",
            [](nb::handle self) {
                hdf5::Handle made = h5p::copy(nb::cast<const PropInstanceID&>(self).id());
                return self.type()(made.release());
            },
            "A copy, of the same Python type. Source: H5Pcopy.")
        .def(
            "get_class",
            [](const PropInstanceID& self) { return PropClassID(h5p::get_class(self.id())); },
            "The class of the list, a PropClassID. Source: H5Pget_class.");
    bind_list_class<PropCreateID, PropInstanceID>(
        m, "PropCreateID", "A list with properties of creating anything.");
}

void bind_list_class_constants(nb::module_& m) {
    const auto constant = [&](const char* name, ListClass list_class) {
        m.attr(name) = locked_id<PropClassID>(h5p::class_id(list_class));
    };
    constant("NO_CLASS", ListClass::root);
    constant("FILE_CREATE", ListClass::file_create);
    constant("FILE_ACCESS", ListClass::file_access);
    constant("DATASET_CREATE", ListClass::dataset_create);
    constant("DATASET_XFER", ListClass::dataset_transfer);
    constant("DATASET_ACCESS", ListClass::dataset_access);
    constant("OBJECT_COPY", ListClass::object_copy);
    constant("LINK_CREATE", ListClass::link_create);
    constant("LINK_ACCESS", ListClass::link_access);
    constant("GROUP_CREATE", ListClass::group_create);
    constant("OBJECT_CREATE", ListClass::object_create);
    constant("DATATYPE_CREATE", ListClass::datatype_create);
}

}  // namespace

void bind_h5p(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5p");
    bind_base_classes(m);
    bind_object_lists(m);
    bind_link_lists(m);
    bind_file_creation_list(m);
    bind_file_access_list(m);
    bind_dataset_creation_list(m);
    bind_dataset_access_list(m);
    bind_transfer_list(m);

    bind_list_class_constants(m);
    m.attr("CRT_ORDER_TRACKED") = h5p::kCreationOrderTracked;
    m.attr("CRT_ORDER_INDEXED") = h5p::kCreationOrderIndexed;
    m.attr("DEFAULT") = nb::none();

    m.def(
        "create",
        [](const PropClassID& cls) { return wrap_property_list(h5p::create(cls.id())); },
        nb::arg("cls"),
        "Create a property list with the defaults of a class (FILE_CREATE, DATASET_CREATE, …). "
        "Source: H5Pcreate.");
}

}  // namespace hyperslab::python
