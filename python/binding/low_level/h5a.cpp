// h5a: attributes. Names and argument forms as in h5py.h5a.

#include "hdf5/api/h5a.hpp"

#include "hdf5/call/lock.hpp"
#include "hdf5/changes/name_removals.hpp"
#include "ids/attr_id.hpp"
#include "ids/prop_id.hpp"
#include "ids/space_id.hpp"
#include "ids/type_id.hpp"
#include "low_level/h5a_attribute.hpp"
#include "support/bindings.hpp"
#include "support/callback.hpp"
#include "support/integer.hpp"
#include "support/iteration.hpp"
#include "support/made_by_new.hpp"
#include "support/truth.hpp"

namespace hyperslab::python {
namespace {

namespace h5a = hdf5::h5a;

/// An attribute by its name or by its position, as most functions here take it.
struct Which {
    Which(const std::optional<ByteString>& asked, int index, int index_type, int order)
        : name(asked), by_index(index >= 0) {
        if (by_index) {
            position = iteration(index_type, order, static_cast<std::uint64_t>(index));
        }
    }
    bool exactly_one() const { return name.has_value() != by_index; }

    const std::optional<ByteString>& name;
    bool by_index;
    hdf5::Iteration position{};
};

AttrID create(const ObjectID& loc,
              const ByteString& name,
              const TypeID& tid,
              const SpaceID& space,
              const ByteString& obj_name,
              const PropID* lapl) {
    return AttrID(h5a::create(
        loc.id(), name.value, tid.id(), space.id(), obj_name.value, id_or_default(lapl)));
}

AttrID open(const ObjectID& loc,
            const std::optional<ByteString>& name,
            Int index,
            const ByteString& obj_name,
            Int index_type,
            Int order,
            const PropID* lapl) {
    const Which which(name, index, index_type, order);
    if (!which.exactly_one()) {
        throw nb::type_error("Exactly one of name or idx must be specified");
    }
    const hdf5::Id plist = id_or_default(lapl);
    return AttrID(which.by_index
                      ? h5a::open_by_index(loc.id(), which.position, obj_name.value, plist)
                      : h5a::open(loc.id(), name->value, obj_name.value, plist));
}

void remove(const ObjectID& loc,
            const std::optional<ByteString>& name,
            Int index,
            const ByteString& obj_name,
            Int index_type,
            Int order,
            const PropID* lapl) {
    const Which which(name, index, index_type, order);
    if (!which.exactly_one()) {
        throw nb::type_error("Exactly one of index or name must be specified.");
    }
    const hdf5::Id plist = id_or_default(lapl);
    if (which.by_index) {
        h5a::remove_by_index(loc.id(), which.position, obj_name.value, plist);
    } else {
        h5a::remove(loc.id(), name->value, obj_name.value, plist);
    }
}

h5a::Info get_info(const ObjectID& loc,
                   const std::optional<ByteString>& name,
                   Int index,
                   const ByteString& obj_name,
                   const PropID* lapl,
                   Int index_type,
                   Int order) {
    const Which which(name, index, index_type, order);
    const hdf5::Id plist = id_or_default(lapl);
    if (name && which.by_index) {
        throw nb::type_error("At most one of name and index may be specified");
    }
    if (name) {
        return h5a::info_by_name(loc.id(), name->value, obj_name.value, plist);
    }
    return which.by_index ? h5a::info_by_index(loc.id(), which.position, obj_name.value, plist)
                          : h5a::info(loc.id());
}

// Looks at an attribute again when any may have been taken away since it was listed.
bool is_there(hdf5::Id object, h5a::Attribute& attribute, std::uint64_t removals) {
    const hdf5::LockGuard guard;
    if (hdf5::name_removals() == removals) {
        return true;
    }
    if (!h5a::exists(object, attribute.name)) {
        return false;
    }
    attribute.info = h5a::info_by_name(object, attribute.name);
    return true;
}

nb::object iterate(
    const ObjectID& loc, nb::handle func, Int index, Int index_type, Int order, Truth info) {
    if (index < 0) {
        throw nb::value_error("Starting index must be a non-negative integer.");
    }
    const auto walk = iteration(index_type, order, static_cast<std::uint64_t>(int{index}));
    const std::uint64_t removals = hdf5::name_removals();
    auto found = without_gil([&] { return h5a::attributes(loc.id(), walk); });
    return call_until_not_none(found, [&](h5a::Attribute& attribute) -> nb::object {
        if (!without_gil([&] { return is_there(loc.id(), attribute, removals); })) {
            return nb::none();
        }
        return info ? func(to_bytes(attribute.name), attribute.info)
                    : func(to_bytes(attribute.name));
    });
}

void bind_info(nb::module_& m) {
    nb::class_<h5a::Info>(m,
                          "AttrInfo",
                          default_slots<h5a::Info>(),
                          "What HDF5 knows of an attribute beside its values.")
        .def_ro("corder_valid",
                &h5a::Info::creation_order_valid,
                "Whether the creation order is known.")
        .def_ro("corder", &h5a::Info::creation_order, "The creation order.")
        .def_ro("cset", &h5a::Info::character_set, "The name's character set: h5t.CSET_ASCII, …")
        .def_ro(
            "data_size", &h5a::Info::data_size, "The size of the values in the file, in bytes.");
}

void bind_by_name(nb::module_& m) {
    m.def("create",
          &create,
          nb::arg("loc"),
          nb::arg("name"),
          nb::arg("tid"),
          nb::arg("space"),
          nb::kw_only(),
          nb::arg("obj_name") = ByteString{"."},
          nb::arg("lapl") = nb::none(),
          "Create an attribute on loc, or on its member obj_name, and return its AttrID. Raises "
          "OSError when the name is taken. Source: H5Acreate_by_name.");
    m.def(
        "exists",
        [](const ObjectID& loc,
           const ByteString& name,
           const ByteString& obj_name,
           const PropID* lapl) {
            return h5a::exists(loc.id(), name.value, obj_name.value, id_or_default(lapl));
        },
        nb::arg("loc"),
        nb::arg("name"),
        nb::kw_only(),
        nb::arg("obj_name") = ByteString{"."},
        nb::arg("lapl") = nb::none(),
        "Whether there is an attribute of that name. Source: H5Aexists_by_name.");
    m.def(
        "rename",
        [](const ObjectID& loc,
           const ByteString& name,
           const ByteString& new_name,
           const ByteString& obj_name,
           const PropID* lapl) {
            h5a::rename(loc.id(), name.value, new_name.value, obj_name.value, id_or_default(lapl));
        },
        nb::arg("loc"),
        nb::arg("name"),
        nb::arg("new_name"),
        nb::kw_only(),
        nb::arg("obj_name") = ByteString{"."},
        nb::arg("lapl") = nb::none(),
        "Rename an attribute. Raises RuntimeError when there is none of that name, or when the new "
        "name is taken. Source: H5Arename_by_name.");
}

void bind_by_name_or_index(nb::module_& m) {
    m.def("open",
          &open,
          nb::arg("loc"),
          nb::arg("name") = nb::none(),
          nb::arg("index") = -1,
          nb::kw_only(),
          nb::arg("obj_name") = ByteString{"."},
          nb::arg("index_type") = 0,
          nb::arg("order") = 0,
          nb::arg("lapl") = nb::none(),
          "Open an attribute by name or by position. Raises KeyError when there is none of that "
          "name, OSError when there is none at that position. Source: H5Aopen_by_name, "
          "H5Aopen_by_idx.");
    m.def("delete",
          &remove,
          nb::arg("loc"),
          nb::arg("name") = nb::none(),
          nb::arg("index") = -1,
          nb::kw_only(),
          nb::arg("obj_name") = ByteString{"."},
          nb::arg("index_type") = 0,
          nb::arg("order") = 0,
          nb::arg("lapl") = nb::none(),
          "Remove an attribute by name or by position. Raises KeyError when there is none. Source: "
          "H5Adelete_by_name, H5Adelete_by_idx.");
    m.def("get_info",
          &get_info,
          nb::arg("loc"),
          nb::arg("name") = nb::none(),
          nb::arg("index") = -1,
          nb::kw_only(),
          nb::arg("obj_name") = ByteString{"."},
          nb::arg("lapl") = nb::none(),
          nb::arg("index_type") = 0,
          nb::arg("order") = 0,
          "An AttrInfo: of the attribute loc, or of one on loc by name or by position. "
          "Source: H5Aget_info, H5Aget_info_by_name, H5Aget_info_by_idx.");
    m.def(
        "get_num_attrs",
        [](const ObjectID& loc) { return h5a::count(loc.id()); },
        nb::arg("loc"),
        "The number of attributes. Source: H5Oget_info3.");
    m.def(
        "iterate",
        &iterate,
        nb::arg("loc"),
        nb::arg("func"),
        nb::arg("index") = 0,
        nb::kw_only(),
        nb::arg("index_type") = 0,
        nb::arg("order") = 0,
        nb::arg("info").none() = false,
        "Call func(name), or func(name, AttrInfo) if info, for each attribute from position index "
        "on, until it returns something other than None; returns that. func may do anything: what "
        "is "
        "gone when its turn comes is passed over. Source: H5Aiterate2.");
}

}  // namespace

void bind_h5a(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5a");
    bind_info(m);
    bind_attr_id(m);
    bind_by_name(m);
    bind_by_name_or_index(m);
}

}  // namespace hyperslab::python
