// The functions behind Group: members, links, copying.

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "dtypes/reference.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5g.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5l.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/api/h5r.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "high_level/creation_arguments.hpp"
#include "high_level/dataset_creation.hpp"
#include "high_level/group_making.hpp"
#include "high_level/group_visits.hpp"
#include "high_level/link_objects.hpp"
#include "hyperslab/error.hpp"
#include "ids/group_id.hpp"
#include "ids/prop_id.hpp"
#include "ids/python_classes.hpp"
#include "object/datasets/dataset_creation.hpp"
#include "support/bindings.hpp"
#include "support/integer_argument.hpp"
#include "support/names.hpp"
#include "support/steps.hpp"
#include "support/truth.hpp"

namespace hyperslab::python {
namespace {

using hdf5::Handle;
using hdf5::Id;
namespace h5g = hdf5::h5g;
namespace h5l = hdf5::h5l;
namespace h5o = hdf5::h5o;
namespace h5p = hdf5::h5p;

Id plist_id(nb::handle plist) {
    return id_or_default(plist.is_none() ? nullptr : &nb::cast<const PropID&>(plist));
}

template <class Kind, class Open>
nb::object follow_reference(const Kind& reference, nb::handle lapl, Open&& open) {
    if (!lapl.is_none()) {
        throw nb::type_error(
            "Access with link access properties is done with bytes or str, not Reference");
    }
    if (reference.value.null()) {
        throw nb::value_error("Invalid HDF5 object reference");
    }
    return wrap_object(open(reference.value));
}

nb::object getitem(const ObjectID& group, nb::handle name, nb::handle lapl) {
    if (!PyUnicode_Check(name.ptr()) && !PyBytes_Check(name.ptr())) {
        const Reference* reference = nullptr;
        if (nb::try_cast(name, reference) && reference != nullptr) {
            return follow_reference(*reference, lapl, [&](const auto& value) {
                return hdf5::h5r::dereference(value, group.id());
            });
        }
        const StandardReference* standard = nullptr;
        if (nb::try_cast(name, standard) && standard != nullptr) {
            return follow_reference(
                *standard, lapl, [](const auto& value) { return value.open_object(); });
        }
        throw nb::type_error(("Accessing a group is done with bytes or str, not " +
                              nb::cast<std::string>(nb::repr(name.type())))
                                 .c_str());
    }
    const std::string path = encode_name(name);
    const Id access = plist_id(lapl);
    return wrap_object(without_gil([&] { return h5o::open(group.id(), path, access); }));
}

nb::object open_member(nb::handle group, nb::handle name) {
    const nb::object id = low_level(group);
    return getitem(nb::cast<const ObjectID&>(id), name, Py_None);
}

bool contains(const ObjectID& group, nb::handle name, nb::handle lapl) {
    const std::string path = encode_name(name);
    const Id access = plist_id(lapl);
    return in_quick_step([&] { return has_member(group, path, access); });
}

bool leads_to_an_object(Id group, const std::string& path, Id lapl) {
    try {
        return h5o::exists_by_name(group, path, lapl);
    } catch (const Error&) {  // something on the way is missing
        return false;
    }
}

// Opens a member, or returns None when there is none. A member that cannot be opened is an error.
nb::object find(const ObjectID& group, nb::handle name, nb::handle lapl) {
    if (!PyUnicode_Check(name.ptr()) && !PyBytes_Check(name.ptr())) {
        return getitem(group, name, lapl);
    }
    const std::string path = encode_name(name);
    const Id access = plist_id(lapl);
    Handle found = in_one_step([&] {
        try {
            return h5o::open(group.id(), path, access);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::not_found ||
                leads_to_an_object(group.id(), path, access)) {
                throw;
            }
            return Handle();
        }
    });
    return found ? wrap_object(std::move(found)) : nb::none();
}

// None when there is no such member.
nb::object object_class(const ObjectID& group, nb::handle name, nb::handle lapl) {
    const std::string path = encode_name(name);
    const Id access = plist_id(lapl);
    const auto type = in_quick_step([&] {
        return has_member(group, path, access)
                   ? std::optional(h5o::type_by_name(group.id(), path, access))
                   : std::nullopt;
    });
    if (!type) {
        return nb::none();
    }
    switch (*type) {
        case h5o::Type::group:
            return classes().group;
        case h5o::Type::dataset:
            return classes().dataset;
        case h5o::Type::named_datatype:
            return classes().datatype;
        default:
            throw nb::type_error("Unknown object type");
    }
}

nb::list names(const ObjectID& group, bool reversed) {
    const std::vector<std::string> found = without_gil([&] {
        const hdf5::LockGuard guard;
        hdf5::h5i::require_open(group.id());
        // A file's identifier does not know the order of its root group, so the group is opened.
        const Handle opened = h5o::open(group.id(), ".");
        return h5l::names(
            opened.id(),
            {.index = h5g::tracks_creation_order(opened.id()) ? hdf5::IndexType::creation_order
                                                              : hdf5::IndexType::name,
             .order =
                 reversed ? hdf5::IterationOrder::decreasing : hdf5::IterationOrder::increasing});
    });
    nb::list result;
    for (const std::string& name : found) {
        result.append(decode_name(name));
    }
    return result;
}

// --- Linking ---

void setitem(nb::handle group, nb::handle name, nb::handle object) {
    const nb::object id = low_level(group);
    const auto& location = nb::cast<const ObjectID&>(id);
    const std::string path = encode_name(name);
    const Id lcpl = object::link_plist(path);
    if (nb::hasattr(object, "_id") && is_object(object)) {
        const nb::object target = low_level(object);
        h5o::link(nb::cast<const ObjectID&>(target).id(), location.id(), path, lcpl);
    } else if (is_soft_link(object)) {
        h5l::create_soft(encode_name(object.attr("path")), location.id(), path, lcpl);
    } else if (is_external_link(object)) {
        const nb::object file =
            nb::module_::import_("os").attr("fsencode")(nb::object(object.attr("filename")));
        h5l::create_external(
            encode_name(file), encode_name(object.attr("path")), location.id(), path, lcpl);
    } else if (is_dtype(object)) {
        const Handle type = hdf5::make_type(type_from_dtype(object, true));
        hdf5::h5t::commit(location.id(), path, type.id(), lcpl);
    } else {
        const DatasetToMake dataset(nb::none(), nb::none(), object, nb::dict());
        in_one_step([&] {
            const Handle made = dataset.make(location.id(), std::nullopt);
            h5o::link(made.id(), location.id(), path, lcpl);
        });
    }
}

// --- Copying and moving ---

std::string base_name(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

bool is_group(nb::handle object) { return nb::isinstance(object, classes().group); }

std::string copied_name(Id source, const std::string& path) {
    if (path == ".") {
        return base_name(hdf5::h5i::name(source));
    }
    return base_name(hdf5::h5i::name(h5o::open(source, path).id()));
}

void copy(nb::handle group, nb::handle source, nb::handle dest, nb::handle name, unsigned flags) {
    const bool source_is_object = is_object(source);
    const nb::object source_id = low_level(source_is_object ? source : group);
    const Id from = nb::cast<const ObjectID&>(source_id).id();
    const std::string from_path = source_is_object ? "." : encode_name(source);
    if (is_object(dest) && !is_group(dest)) {
        throw nb::type_error("Destination must be path or Group object");
    }
    const nb::object dest_id = low_level(is_group(dest) ? dest : group);
    const Id to = nb::cast<const ObjectID&>(dest_id).id();
    const bool as_named = is_group(dest) && name.is_none();
    const std::string new_path = as_named ? "" : encode_name(is_group(dest) ? name : dest);
    in_one_step([&] {
        Handle plist;
        if (flags != 0) {
            plist = h5p::create(h5p::ListClass::object_copy);
            h5p::set_copy_object(plist.id(), flags);
        }
        const std::string to_path = as_named ? copied_name(from, from_path) : new_path;
        h5o::copy(from,
                  from_path,
                  to,
                  to_path,
                  plist ? plist.id() : hdf5::kDefault,
                  object::link_plist(to_path));
    });
}

void move(const ObjectID& group, nb::handle source, nb::handle dest) {
    const std::string from = encode_name(source);
    const std::string to = encode_name(dest);
    if (from == to) {
        return;
    }
    in_one_step([&] { h5l::move(group.id(), from, group.id(), to, object::link_plist(to)); });
}

// None when there is no such member.
nb::object link(const ObjectID& group, nb::handle name, Truth as_class, nb::handle lapl) {
    return link_object_or_none(group, encode_name(name), as_class, plist_id(lapl));
}

}  // namespace

void bind_group(nb::module_& core) {
    nb::module_ m = core.def_submodule("group");
    m.def("getitem",
          &getitem,
          nb::arg("group").none(),
          nb::arg("name").none(),
          nb::arg("lapl") = nb::none());
    m.def("open_member", &open_member, nb::arg("group").none(), nb::arg("name").none());
    m.def("find",
          &find,
          nb::arg("group").none(),
          nb::arg("name").none(),
          nb::arg("lapl") = nb::none());
    m.def("contains",
          &contains,
          nb::arg("group").none(),
          nb::arg("name").none(),
          nb::arg("lapl").none());
    m.def("names", &names, nb::arg("group").none(), nb::arg("reversed").none());
    m.def("object_class",
          &object_class,
          nb::arg("group").none(),
          nb::arg("name").none(),
          nb::arg("lapl").none());
    m.def("link",
          &link,
          nb::arg("group").none(),
          nb::arg("name").none(),
          nb::arg("as_class").none(),
          nb::arg("lapl").none());
    m.def("setitem",
          &setitem,
          nb::arg("group").none(),
          nb::arg("name").none(),
          nb::arg("object").none());
    m.def("copy",
          &copy,
          nb::arg("group").none(),
          nb::arg("source").none(),
          nb::arg("dest").none(),
          nb::arg("name").none(),
          nb::arg("flags").none());
    m.def("move", &move, nb::arg("group").none(), nb::arg("source").none(), nb::arg("dest").none());
    bind_group_making(m);
    bind_visits(m);
    bind_link_access(m);
}

}  // namespace hyperslab::python
