// h5o: objects of any kind. Names and argument forms as in h5py.h5o.

#include "hdf5/api/h5o.hpp"

#include "ids/group_id.hpp"
#include "ids/prop_id.hpp"
#include "ids/wrap.hpp"
#include "low_level/object_info.hpp"
#include "support/bindings.hpp"
#include "support/integer.hpp"
#include "support/iteration.hpp"
#include "support/truth.hpp"
#include "support/walk_calls.hpp"

namespace hyperslab::python {
namespace {

namespace h5o = hdf5::h5o;

ObjInfo get_info(const ObjectID& loc,
                 const std::optional<ByteString>& name,
                 Int index,
                 const ByteString& obj_name,
                 Int index_type,
                 Int order,
                 const PropID* lapl) {
    using h5o::Detail;
    const hdf5::Id plist = id_or_default(lapl);
    if (name && index >= 0) {
        throw nb::type_error("At most one of name or index may be specified");
    }
    if (name) {
        return {h5o::info_by_name(loc.id(), name->value, Detail::all, plist)};
    }
    if (index >= 0) {
        return {h5o::info_by_index(loc.id(),
                                   static_cast<std::uint64_t>(int{index}),
                                   iteration(index_type, order),
                                   Detail::all,
                                   obj_name.value,
                                   plist)};
    }
    return {h5o::info(loc.id(), Detail::all)};
}

void copy(const ObjectID& src_loc,
          const ByteString& src_name,
          const GroupID& dst_loc,
          const ByteString& dst_name,
          const PropID* copypl,
          const PropID* lcpl) {
    without_gil([&] {
        h5o::copy(src_loc.id(),
                  src_name.value,
                  dst_loc.id(),
                  dst_name.value,
                  id_or_default(copypl),
                  id_or_default(lcpl));
    });
}

nb::object visit(const ObjectID& loc,
                 nb::handle func,
                 Int idx_type,
                 Int order,
                 const ByteString& obj_name,
                 const PropID* lapl,
                 Truth info) {
    using object::Walk;
    const hdf5::Id plist = id_or_default(lapl);
    Walk walk = without_gil([&] {
        return Walk(
            loc.id(), Walk::Over::objects, iteration(idx_type, order), obj_name.value, plist);
    });
    h5o::Info found;
    const auto learn = [&](const Walk& here) {
        if (info) {
            found = here.info();
        }
    };
    return call_until_not_none(walk, learn, [&](Walk&, const std::string& path) {
        return info ? func(to_bytes(path), ObjInfo{found}) : func(to_bytes(path));
    });
}

void bind_constants(nb::module_& m) {
    m.attr("TYPE_GROUP") = static_cast<int>(h5o::Type::group);
    m.attr("TYPE_DATASET") = static_cast<int>(h5o::Type::dataset);
    m.attr("TYPE_NAMED_DATATYPE") = static_cast<int>(h5o::Type::named_datatype);
    m.attr("COPY_SHALLOW_HIERARCHY_FLAG") = h5o::kCopyShallowHierarchy;
    m.attr("COPY_EXPAND_SOFT_LINK_FLAG") = h5o::kCopyExpandSoftLink;
    m.attr("COPY_EXPAND_EXT_LINK_FLAG") = h5o::kCopyExpandExternalLink;
    m.attr("COPY_EXPAND_REFERENCE_FLAG") = h5o::kCopyExpandReference;
    m.attr("COPY_WITHOUT_ATTR_FLAG") = h5o::kCopyWithoutAttributes;
    m.attr("COPY_PRESERVE_NULL_FLAG") = h5o::kCopyPreserveNull;
}

void bind_opening_and_copying(nb::module_& m) {
    m.def(
        "open",
        [](const ObjectID& loc, const ByteString& name, const PropID* lapl) {
            return wrap_identifier(h5o::open(loc.id(), name.value, id_or_default(lapl)));
        },
        nb::arg("loc"),
        nb::arg("name"),
        nb::arg("lapl") = nb::none(),
        "Open a group, dataset or committed datatype. Raises KeyError when there is none. Source: "
        "H5Oopen.");
    m.def(
        "link",
        [](const ObjectID& obj,
           const GroupID& loc,
           const ByteString& name,
           const PropID* lcpl,
           const PropID* lapl) {
            h5o::link(obj.id(), loc.id(), name.value, id_or_default(lcpl), id_or_default(lapl));
        },
        nb::arg("obj"),
        nb::arg("loc"),
        nb::arg("name"),
        nb::arg("lcpl") = nb::none(),
        nb::arg("lapl") = nb::none(),
        "Create a hard link to an object, for instance to an anonymous one. Raises OSError when "
        "the name is taken. Source: H5Olink.");
    m.def("copy",
          &copy,
          nb::arg("src_loc"),
          nb::arg("src_name"),
          nb::arg("dst_loc"),
          nb::arg("dst_name"),
          nb::arg("copypl") = nb::none(),
          nb::arg("lcpl") = nb::none(),
          "Copy an object and what is below it, also into another file. Source: H5Ocopy.");
}

void bind_looking(nb::module_& m) {
    m.def(
        "exists_by_name",
        [](const ObjectID& loc, const ByteString& name, const PropID* lapl) {
            return h5o::exists_by_name(loc.id(), name.value, id_or_default(lapl));
        },
        nb::arg("loc"),
        nb::arg("name"),
        nb::arg("lapl") = nb::none(),
        "Whether a link leads to an object. Source: H5Oexists_by_name.");
    m.def("get_info",
          &get_info,
          nb::arg("loc"),
          nb::arg("name") = nb::none(),
          nb::arg("index") = -1,
          nb::kw_only(),
          nb::arg("obj_name") = ByteString{"."},
          nb::arg("index_type") = 0,
          nb::arg("order") = 0,
          nb::arg("lapl") = nb::none(),
          "An ObjInfo of loc, of a member by name, or of the n-th member of the group obj_name. "
          "Raises RuntimeError when there is none. Source: H5Oget_info3, H5Oget_native_info.");
    m.def(
        "visit",
        &visit,
        nb::arg("loc"),
        nb::arg("func"),
        nb::kw_only(),
        nb::arg("idx_type") = 0,
        nb::arg("order") = 0,
        nb::arg("obj_name") = ByteString{"."},
        nb::arg("lapl") = nb::none(),
        nb::arg("info").none() = false,
        "Call func(path), or func(path, ObjInfo) if info, for each object below loc (not for loc "
        "itself), until it returns something other than None; returns that. func may do anything: "
        "what is gone when its turn comes is passed over. "
        "Source: H5Ovisit_by_name3.");
}

void bind_objects_of_a_file(nb::module_& m) {
    bind_opening_and_copying(m);
    bind_looking(m);
}

void bind_comments(nb::module_& m) {
    m.def(
        "set_comment",
        [](const ObjectID& loc,
           const ByteString& comment,
           const ByteString& obj_name,
           const PropID* lapl) {
            h5o::set_comment(loc.id(), comment.c_str(), obj_name.value, id_or_default(lapl));
        },
        nb::arg("loc"),
        nb::arg("comment"),
        nb::kw_only(),
        nb::arg("obj_name") = ByteString{"."},
        nb::arg("lapl") = nb::none(),
        "Set an object's comment. Source: H5Oset_comment_by_name.");
    m.def(
        "get_comment",
        [](const ObjectID& loc,
           const ByteString& /*comment*/,
           const ByteString& obj_name,
           const PropID* lapl) {
            return to_bytes(h5o::comment(loc.id(), obj_name.value, id_or_default(lapl)));
        },
        nb::arg("loc"),
        nb::arg("comment"),
        nb::kw_only(),
        nb::arg("obj_name") = ByteString{"."},
        nb::arg("lapl") = nb::none(),
        "An object's comment; the argument comment is not used. "
        "Source: H5Oget_comment_by_name.");
}

}  // namespace

void bind_h5o(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5o");
    bind_constants(m);
    bind_object_info(m);
    bind_objects_of_a_file(m);
    bind_comments(m);
}

}  // namespace hyperslab::python
