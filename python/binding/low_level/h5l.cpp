// h5l: links. Names and argument forms as in h5py.h5l.

#include "hdf5/api/h5l.hpp"

#include "ids/group_id.hpp"
#include "ids/prop_id.hpp"
#include "support/bindings.hpp"
#include "support/integer.hpp"
#include "support/iteration.hpp"
#include "support/made_by_new.hpp"
#include "support/truth.hpp"
#include "support/walk_calls.hpp"

namespace hyperslab::python {
namespace {

namespace h5l = hdf5::h5l;
using object::Walk;

nb::object value_of(const LinkProxy& self, const ByteString& name, const PropID* lapl) {
    const hdf5::Id plist = id_or_default(lapl);
    if (h5l::info(self.id, name.value, plist).type != h5l::Type::external) {
        return to_bytes(h5l::soft_value(self.id, name.value, plist));
    }
    const h5l::ExternalTarget target = h5l::external_value(self.id, name.value, plist);
    return nb::make_tuple(to_bytes(target.file), to_bytes(target.path));
}

Walk walk_from(const LinkProxy& self,
               Walk::Over over,
               const hdf5::Iteration& order,
               const ByteString& name,
               const PropID* lapl) {
    const hdf5::Id plist = id_or_default(lapl);
    return without_gil([&] { return Walk(self.id, over, order, name.value, plist); });
}

// h5py's rule for links: a true result ends the iteration, and the last result is returned even
// when it is false.
nb::object visit(const LinkProxy& self,
                 nb::handle func,
                 Int idx_type,
                 Int order,
                 const ByteString& obj_name,
                 const PropID* lapl,
                 Truth info) {
    Walk walk = walk_from(self, Walk::Over::links, iteration(idx_type, order), obj_name, lapl);
    return call_until(
        walk,
        [](Walk&) {},
        [&](Walk& here, const std::string& path) {
            return info ? func(to_bytes(path), here.link()) : func(to_bytes(path));
        },
        &truth_of);
}

nb::tuple iterate(const LinkProxy& self,
                  nb::handle func,
                  Int idx_type,
                  Int order,
                  const ByteString& obj_name,
                  const PropID* lapl,
                  Truth info,
                  Size idx) {
    Walk walk =
        walk_from(self, Walk::Over::members, iteration(idx_type, order, idx), obj_name, lapl);
    nb::object result = nb::none();
    std::uint64_t position = idx;
    for (bool enough = false; !walk.done() && !enough; walk.step()) {
        ++position;
        if (walk.look()) {
            const nb::bytes name = to_bytes(walk.path());
            result = info ? func(name, walk.link()) : func(name);
            enough = truth_of(result);
        }
    }
    return nb::make_tuple(result, position);
}

void bind_info(nb::module_& m) {
    nb::class_<h5l::Info>(m, "LinkInfo", default_slots<h5l::Info>(), "What HDF5 knows of a link.")
        .def_prop_ro(
            "type",
            [](const h5l::Info& self) { return static_cast<int>(self.type); },
            "The kind of the link: TYPE_HARD, TYPE_SOFT, TYPE_EXTERNAL, or a user-defined type's "
            "number.")
        .def_ro("corder_valid",
                &h5l::Info::creation_order_valid,
                "Whether the creation order is known.")
        .def_ro("corder", &h5l::Info::creation_order, "The creation order.")
        .def_ro("cset", &h5l::Info::character_set, "The name's character set: h5t.CSET_ASCII, …")
        .def_prop_ro(
            "u",
            [](const h5l::Info& self) {
                return self.type == h5l::Type::hard ? self.address : self.value_size;
            },
            "The address in the file of what a hard link leads to, or the size of another link's "
            "value in bytes.");
}

void bind_hard_and_soft(nb::class_<LinkProxy>& proxy) {
    proxy
        .def(
            "create_hard",
            [](const LinkProxy& self,
               const ByteString& new_name,
               const GroupID& cur_loc,
               const ByteString& cur_name,
               const PropID* lcpl,
               const PropID* lapl) {
                h5l::create_hard(cur_loc.id(),
                                 cur_name.value,
                                 self.id,
                                 new_name.value,
                                 id_or_default(lcpl),
                                 id_or_default(lapl));
            },
            nb::arg("new_name"),
            nb::arg("cur_loc"),
            nb::arg("cur_name"),
            nb::arg("lcpl") = nb::none(),
            nb::arg("lapl") = nb::none(),
            "Create a further hard link to an existing object. Raises OSError when the name is "
            "taken. Source: H5Lcreate_hard.")
        .def(
            "create_soft",
            [](const LinkProxy& self,
               const ByteString& new_name,
               const ByteString& target,
               const PropID* lcpl,
               const PropID* lapl) {
                h5l::create_soft(target.value,
                                 self.id,
                                 new_name.value,
                                 id_or_default(lcpl),
                                 id_or_default(lapl));
            },
            nb::arg("new_name"),
            nb::arg("target"),
            nb::arg("lcpl") = nb::none(),
            nb::arg("lapl") = nb::none(),
            "Create a link to a path, which need not exist. Raises OSError when the name is taken. "
            "Source: H5Lcreate_soft.");
}

void bind_external_and_move(nb::class_<LinkProxy>& proxy) {
    proxy
        .def(
            "create_external",
            [](const LinkProxy& self,
               const ByteString& link_name,
               const ByteString& file_name,
               const ByteString& obj_name,
               const PropID* lcpl,
               const PropID* lapl) {
                h5l::create_external(file_name.value,
                                     obj_name.value,
                                     self.id,
                                     link_name.value,
                                     id_or_default(lcpl),
                                     id_or_default(lapl));
            },
            nb::arg("link_name"),
            nb::arg("file_name"),
            nb::arg("obj_name"),
            nb::arg("lcpl") = nb::none(),
            nb::arg("lapl") = nb::none(),
            "Create a link to a path in another file; neither needs to exist. Raises RuntimeError "
            "when the name is taken. Source: H5Lcreate_external.")
        .def(
            "move",
            [](const LinkProxy& self,
               const ByteString& src_name,
               const GroupID& dst_loc,
               const ByteString& dst_name,
               const PropID* lcpl,
               const PropID* lapl) {
                h5l::move(self.id,
                          src_name.value,
                          dst_loc.id(),
                          dst_name.value,
                          id_or_default(lcpl),
                          id_or_default(lapl));
            },
            nb::arg("src_name"),
            nb::arg("dst_loc"),
            nb::arg("dst_name"),
            nb::arg("lcpl") = nb::none(),
            nb::arg("lapl") = nb::none(),
            "Rename or move a link. Raises ValueError when there is none, or when the new name is "
            "taken. Source: H5Lmove.");
}

void bind_creation(nb::class_<LinkProxy>& proxy) {
    bind_hard_and_soft(proxy);
    bind_external_and_move(proxy);
}

void bind_queries(nb::class_<LinkProxy>& proxy) {
    proxy
        .def("get_val",
             &value_of,
             nb::arg("name"),
             nb::arg("lapl") = nb::none(),
             "A soft link's path, or (file name, path) of an external link. "
             "Source: H5Lget_val, H5Lunpack_elink_val.")
        .def(
            "exists",
            [](const LinkProxy& self, const ByteString& name, const PropID* lapl) {
                return h5l::exists(self.id, name.value, id_or_default(lapl));
            },
            nb::arg("name"),
            nb::arg("lapl") = nb::none(),
            "Whether there is a link of that name, even one that leads nowhere. Source: H5Lexists.")
        .def(
            "get_info",
            [](const LinkProxy& self, const ByteString& name, Int /*index*/, const PropID* lapl) {
                return h5l::info(self.id, name.value, id_or_default(lapl));
            },
            nb::arg("name"),
            nb::arg("index") = -1,
            nb::kw_only(),
            nb::arg("lapl") = nb::none(),
            "A LinkInfo of the link with that name; the index is not used. Raises RuntimeError "
            "when there is none. Source: H5Lget_info2.");
}

void bind_iteration(nb::class_<LinkProxy>& proxy) {
    proxy
        .def("visit",
             &visit,
             nb::arg("func"),
             nb::kw_only(),
             nb::arg("idx_type") = 0,
             nb::arg("order") = 0,
             nb::arg("obj_name") = ByteString{"."},
             nb::arg("lapl") = nb::none(),
             nb::arg("info").none() = 0,
             "Call func(name), or func(name, LinkInfo) if info, for each link below the group, "
             "until it returns something true; returns the last result. func may do anything: "
             "what is gone when its turn comes is passed over. "
             "Source: H5Lvisit_by_name2.")
        .def("iterate",
             &iterate,
             nb::arg("func"),
             nb::kw_only(),
             nb::arg("idx_type") = 0,
             nb::arg("order") = 0,
             nb::arg("obj_name") = ByteString{"."},
             nb::arg("lapl") = nb::none(),
             nb::arg("info").none() = 0,
             nb::arg("idx") = 0,
             "Call func(name), or func(name, LinkInfo) if info, for each link in the group itself, "
             "from position idx on, until it returns something true; returns (last result, "
             "position after it). Source: H5Literate_by_name2.");
}

void bind_proxy(nb::module_& m) {
    nb::class_<LinkProxy> proxy(
        m, "LinkProxy", "The links in a group, which are reached as `group.links`.");
    proxy
        .def(
            "__init__",
            [](LinkProxy* self, hdf5::Id id) { new (self) LinkProxy{id, {}}; },
            nb::arg("id_"))
        .def(
            "__eq__",
            [](const LinkProxy& self, nb::handle other) {
                const LinkProxy* same = nullptr;
                return nb::try_cast(other, same) && same != nullptr && same->id == self.id;
            },
            nb::arg("other").none())
        .def(
            "__ne__",
            [](const LinkProxy& self, nb::handle other) {
                const LinkProxy* same = nullptr;
                return !nb::try_cast(other, same) || same == nullptr || same->id != self.id;
            },
            nb::arg("other").none())
        .def("__hash__", [](const LinkProxy&) -> Py_hash_t {
            throw nb::type_error("Link proxies are unhashable; use the parent group instead.");
        });
    bind_no_order(proxy);
    bind_creation(proxy);
    bind_queries(proxy);
    bind_iteration(proxy);
}

}  // namespace

void bind_h5l(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5l");
    m.attr("TYPE_HARD") = static_cast<int>(h5l::Type::hard);
    m.attr("TYPE_SOFT") = static_cast<int>(h5l::Type::soft);
    m.attr("TYPE_EXTERNAL") = static_cast<int>(h5l::Type::external);
    bind_info(m);
    bind_proxy(m);
}

}  // namespace hyperslab::python
