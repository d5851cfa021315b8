// h5i: identifiers. Names and argument forms as in h5py.h5i.

#include "hdf5/api/h5i.hpp"

#include "ids/file_id.hpp"
#include "ids/object_id.hpp"
#include "ids/wrap.hpp"
#include "support/bindings.hpp"
#include "support/integer.hpp"

namespace hyperslab::python {
namespace {

namespace h5i = hdf5::h5i;

nb::object get_name(const ObjectID& obj) {
    const std::string name = h5i::name(obj.id());
    return name.empty() ? nb::none() : nb::object(to_bytes(name));
}

// A number that has no class here stays the caller's.
nb::object wrap(Int64 number) {
    const hdf5::Id ident = number;
    h5i::type(ident);
    nb::object wrapped = wrap_identifier(hdf5::Handle::borrow(ident));
    h5i::decrement_references(ident);
    return wrapped;
}

void bind_constants(nb::module_& m) {
    const auto value = [&](const char* name, h5i::Type type) {
        m.attr(name) = static_cast<int>(type);
    };
    value("BADID", h5i::Type::bad);
    value("FILE", h5i::Type::file);
    value("GROUP", h5i::Type::group);
    value("DATATYPE", h5i::Type::datatype);
    value("DATASPACE", h5i::Type::dataspace);
    value("DATASET", h5i::Type::dataset);
    value("ATTR", h5i::Type::attribute);
    value("GENPROP_CLS", h5i::Type::property_class);
    value("GENPROP_LST", h5i::Type::property_list);
    m.attr("INVALID_HID") = hdf5::kInvalidId;
}

}  // namespace

void bind_h5i(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5i");
    bind_constants(m);
    m.def("wrap_identifier",
          &wrap,
          nb::arg("ident"),
          "The object for an identifier's number; it takes over one reference.");
    m.def(
        "get_type",
        [](const ObjectID& obj) { return static_cast<int>(h5i::type(obj.id())); },
        nb::arg("obj"),
        "The kind of object that an identifier is of: FILE, GROUP, DATASET, … Source: "
        "H5Iget_type.");
    m.def("get_name",
          &get_name,
          nb::arg("obj"),
          "A path to the object as bytes, or None when it has none. Source: H5Iget_name.");
    m.def(
        "get_file_id",
        [](const ObjectID& obj) { return FileID(h5i::file(obj.id())); },
        nb::arg("obj"),
        "The file that the object lies in. Source: H5Iget_file_id.");
    m.def(
        "inc_ref",
        [](const ObjectID& obj) { h5i::increment_references(obj.id()); },
        nb::arg("obj"),
        "Add a reference; objects here keep count themselves. Source: H5Iinc_ref.");
    m.def(
        "get_ref",
        [](const ObjectID& obj) { return h5i::references(obj.id()); },
        nb::arg("obj"),
        "The number of references. Source: H5Iget_ref.");
    m.def(
        "dec_ref",
        [](const ObjectID& obj) { h5i::decrement_references(obj.id()); },
        nb::arg("obj"),
        "Drop a reference; objects here keep count themselves. Source: H5Idec_ref.");
}

}  // namespace hyperslab::python
