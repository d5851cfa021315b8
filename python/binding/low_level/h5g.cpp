// h5g: groups. Names and argument forms as in h5py.h5g.

#include "hdf5/api/h5g.hpp"

#include "hdf5/api/h5l.hpp"
#include "hdf5/api/h5o.hpp"
#include "ids/group_id.hpp"
#include "ids/prop_id.hpp"
#include "low_level/group_iter.hpp"
#include "support/bindings.hpp"
#include "support/integer.hpp"
#include "support/made_by_new.hpp"
#include "support/truth.hpp"
#include "support/walk_calls.hpp"

namespace hyperslab::python {
namespace {

namespace h5g = hdf5::h5g;
namespace h5l = hdf5::h5l;

hdf5::Id id_or_own(const GroupID* remote, const GroupID& self) {
    return remote == nullptr ? self.id() : remote->id();
}

GroupID create(const ObjectID& loc, nb::handle name, const PropID* lcpl, const PropID* gcpl) {
    if (name.is_none()) {
        return GroupID(h5g::create_anonymous(loc.id(), id_or_default(gcpl)));
    }
    ByteString text;
    if (!nb::try_cast(name, text)) {
        throw nb::type_error("name must be bytes or None");
    }
    return GroupID(h5g::create(loc.id(), text.value, id_or_default(lcpl), id_or_default(gcpl)));
}

nb::object iterate(const GroupID& loc, nb::handle func, Int startidx, const ByteString& obj_name) {
    if (startidx < 0) {
        throw nb::value_error("Starting index must be non-negative");
    }
    const hdf5::Iteration from{.start = static_cast<std::uint64_t>(int{startidx})};
    object::Walk walk = without_gil(
        [&] { return object::Walk(loc.id(), object::Walk::Over::members, from, obj_name.value); });
    return call_until_not_none(
        walk, [&](object::Walk&, const std::string& name) { return func(to_bytes(name)); });
}

nb::bytes link_value(const GroupID& self, const ByteString& name) {
    const h5g::Stat link = h5g::stat(self.id(), name.value, false);
    if (link.type != h5g::MemberType::link) {
        const std::string shown = nb::cast<std::string>(nb::repr(to_bytes(name.value)));
        throw nb::value_error(("\"" + shown + "\" is not a symbolic link.").c_str());
    }
    return to_bytes(h5l::soft_value(self.id(), name.value));
}

bool path_valid(const GroupID& grp, nb::handle path, const PropID* lapl) {
    if (path.is_none()) {
        throw nb::type_error("Argument 'path' must not be None");
    }
    const nb::object text =
        PyBytes_Check(path.ptr()) ? path.attr("decode")("utf-8") : nb::object(nb::str(path));
    return h5l::path_valid(grp.id(), nb::cast<std::string>(text), id_or_default(lapl));
}

void bind_stat(nb::module_& m) {
    const auto pair = [](const std::array<unsigned long, 2>& numbers) {
        return nb::make_tuple(numbers[0], numbers[1]);
    };
    nb::class_<h5g::Stat>(
        m, "GroupStat", default_slots<h5g::Stat>(), "What H5G_stat_t says of a group's member.")
        .def_prop_ro(
            "fileno",
            [pair](const h5g::Stat& self) { return pair(self.file_number); },
            "Two numbers that name the file among those open.")
        .def_prop_ro(
            "objno",
            [pair](const h5g::Stat& self) { return pair(self.object_number); },
            "Two numbers that name the object in its file.")
        .def_ro("nlink", &h5g::Stat::link_count, "The number of hard links to the object.")
        .def_prop_ro(
            "type",
            [](const h5g::Stat& self) { return static_cast<int>(self.type); },
            "The kind of the object: GROUP, DATASET, TYPE or LINK.")
        .def_ro("mtime",
                &h5g::Stat::modification_time,
                "When the object was changed, as a Unix time in seconds.")
        .def_ro("linklen", &h5g::Stat::link_length, "The size of a soft link's value, in bytes.");
}

void bind_iterator(nb::module_& m) {
    nb::class_<GroupIter>(m, "GroupIter", "An iterator over the names in a group.")
        .def(
            "__init__",
            [](GroupIter* self, nb::handle_t<GroupID> grp, Truth reversed) {
                new (self) GroupIter(nb::borrow(grp), reversed);
            },
            nb::arg("grp"),
            nb::arg("reversed").none() = false)
        .def("__iter__", [](nb::handle self) { return self; })
        .def("__next__", &GroupIter::next, nb::lock_self());
}

void bind_members(nb::class_<GroupID, ObjectID>& group) {
    group
        .def_prop_ro(
            "links",
            [](nb::handle self) {
                return LinkProxy{nb::cast<const GroupID&>(self).id(), nb::borrow(self)};
            },
            "H5L's functions for the links in this group: a LinkProxy.")
        .def(
            "get_num_objs",
            [](const GroupID& self) { return h5g::link_count(self.id()); },
            "The number of members. Source: H5Gget_num_objs.")
        .def(
            "get_objname_by_idx",
            [](const GroupID& self, Size idx) {
                return to_bytes(h5g::member_name(self.id(), idx));
            },
            nb::arg("idx"),
            "The n-th member's name. Source: H5Gget_objname_by_idx.")
        .def(
            "get_objtype_by_idx",
            [](const GroupID& self, Size idx) {
                return static_cast<int>(h5g::member_type(self.id(), idx));
            },
            nb::arg("idx"),
            "The kind of the n-th member: GROUP, DATASET or TYPE. Source: H5Gget_objtype_by_idx.")
        .def("__contains__",
             [](const GroupID& self, nb::handle name) {
                 return self.handle.valid() && path_valid(self, name, nullptr);
             })
        .def("__iter__", [](nb::handle self) { return GroupIter(nb::borrow(self), false); })
        .def("__reversed__", [](nb::handle self) { return GroupIter(nb::borrow(self), true); })
        .def("__len__", [](const GroupID& self) { return h5g::link_count(self.id()); });
}

void bind_links(nb::class_<GroupID, ObjectID>& group) {
    group
        .def(
            "link",
            [](const GroupID& self,
               const ByteString& current_name,
               const ByteString& new_name,
               Int link_type,
               const GroupID* remote) {
                h5g::link(self.id(),
                          current_name.value,
                          link_type,
                          id_or_own(remote, self),
                          new_name.value);
            },
            nb::arg("current_name"),
            nb::arg("new_name"),
            nb::arg("link_type") = 0,
            nb::arg("remote") = nb::none(),
            "Create a LINK_HARD or LINK_SOFT link in this group, or in the group remote. Source: "
            "H5Glink2.")
        .def(
            "unlink",
            [](const GroupID& self, const ByteString& name) { h5l::remove(self.id(), name.value); },
            nb::arg("name"),
            "Remove a link from this group. Raises KeyError when there is none. Source: H5Ldelete.")
        .def(
            "move",
            [](const GroupID& self,
               const ByteString& current_name,
               const ByteString& new_name,
               const GroupID* remote) {
                h5l::move(self.id(), current_name.value, id_or_own(remote, self), new_name.value);
            },
            nb::arg("current_name"),
            nb::arg("new_name"),
            nb::arg("remote") = nb::none(),
            "Rename a link, or move it to the group remote. Source: H5Lmove.")
        .def("get_linkval",
             &link_value,
             nb::arg("name"),
             "A soft link's value. Source: H5Lget_val.");
}

void bind_group_id(nb::module_& m) {
    nb::class_<GroupID, ObjectID> group(m,
                                        "GroupID",
                                        identifier_slots<GroupID>(),
                                        "A group. len(), `in` and iteration are over the names of "
                                        "its members.");
    bind_members(group);
    bind_links(group);
    group
        .def(
            "get_create_plist",
            [](const GroupID& self) { return wrap_property_list(h5g::create_plist(self.id())); },
            "A copy of the group creation property list. Source: H5Gget_create_plist.")
        .def(
            "set_comment",
            [](const GroupID& self, const ByteString& name, const ByteString& comment) {
                hdf5::h5o::set_comment(self.id(), comment.c_str(), name.value);
            },
            nb::arg("name"),
            nb::arg("comment"),
            "Set a member's comment. Source: H5Oset_comment_by_name.")
        .def(
            "get_comment",
            [](const GroupID& self, const ByteString& name) {
                return to_bytes(hdf5::h5o::comment(self.id(), name.value));
            },
            nb::arg("name"),
            "A member's comment. Source: H5Oget_comment_by_name.");
}

void bind_constants(nb::module_& m) {
    const auto value = [&](const char* name, auto code) { m.attr(name) = static_cast<int>(code); };
    value("UNKNOWN", h5g::MemberType::unknown);
    value("GROUP", h5g::MemberType::group);
    value("DATASET", h5g::MemberType::dataset);
    value("TYPE", h5g::MemberType::type);
    value("LINK", h5g::MemberType::link);
    value("LINK_ERROR", h5l::Type::error);
    value("LINK_HARD", h5l::Type::hard);
    value("LINK_SOFT", h5l::Type::soft);
    m.attr("CRT_ORDER_TRACKED") = h5g::kCreationOrderTracked;
}

}  // namespace

void bind_h5g(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5g");
    bind_constants(m);
    bind_stat(m);
    bind_group_id(m);
    bind_iterator(m);
    m.def(
        "open",
        [](const ObjectID& loc, const ByteString& name) {
            return GroupID(h5g::open(loc.id(), name.value));
        },
        nb::arg("loc"),
        nb::arg("name"),
        "Open a group and return its GroupID. Raises ValueError when there is none. Source: "
        "H5Gopen2.");
    m.def("create",
          &create,
          nb::arg("loc"),
          nb::arg("name").none(),
          nb::arg("lcpl") = nb::none(),
          nb::arg("gcpl") = nb::none(),
          "Create a group, an anonymous one when name is None, and return its GroupID. Raises "
          "ValueError when the name is taken. Source: H5Gcreate2, H5Gcreate_anon.");
    m.def(
        "iterate",
        &iterate,
        nb::arg("loc"),
        nb::arg("func"),
        nb::arg("startidx") = 0,
        nb::kw_only(),
        nb::arg("obj_name") = ByteString{"."},
        "Call func(name) for each member, in the order of names, until it returns something other "
        "than None; returns that. func may do anything. Source: H5Literate_by_name2.");
    m.def(
        "get_objinfo",
        [](const ObjectID& obj, const ByteString& name, Int follow_link) {
            return h5g::stat(obj.id(), name.value, follow_link != 0);
        },
        nb::arg("obj"),
        nb::arg("name") = ByteString{"."},
        nb::arg("follow_link") = 1,
        "A GroupStat for an object or a link. Source: H5Gget_objinfo.");
    m.def("_path_valid",
          &path_valid,
          nb::arg("grp"),
          nb::arg("path"),
          nb::arg("lapl") = nb::none(),
          "Whether every step of a path is there; the last may lead nowhere.");
}

}  // namespace hyperslab::python
