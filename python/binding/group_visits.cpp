#include "group_visits.hpp"

#include <optional>
#include <string>
#include <utility>

#include "hdf5/h5l.hpp"
#include "hdf5/h5o.hpp"
#include "hdf5/handle.hpp"
#include "high_level.hpp"
#include "hyperslab/error.hpp"
#include "link_objects.hpp"
#include "object/object_walk.hpp"

namespace hyperslab::python {
namespace {

using hdf5::Handle;
using hdf5::Id;
namespace h5l = hdf5::h5l;
namespace h5o = hdf5::h5o;

// Names are gathered first: what the function does to the file does not disturb the walk.
nb::object visit(nb::handle group, const nb::callable& function) {
    const nb::object id = low_level(group);
    const Id start = nb::cast<const ObjectID&>(id).id();
    const auto found =
        without_gil([&] { return h5o::visit_names(start, h5o::VisitCheck::datasets); });
    for (const std::string& path : found) {
        nb::object result = function(decode_name(path));
        if (!result.is_none()) {
            return result;
        }
    }
    return nb::none();
}

// The walk's next object, as indexing the group gives it; none when it was met before.
nb::object next_object(
    nb::handle group, Id start, object::ObjectWalk& walk, nb::handle name, bool by_indexing) {
    std::optional<Handle> opened;
    try {
        opened = without_gil([&] { return walk.open(); });
    } catch (const Error&) {
        // It is told as libhdf5's walk tells it, or else as indexing does.
        without_gil([&] { return h5o::visit_names(start, h5o::VisitCheck::none); });
    }
    if (opened && !*opened) {
        return {};
    }
    return opened && !by_indexing ? wrap_object(std::move(*opened)) : nb::object(group[name]);
}

// By indexing: the group's class has a __getitem__ of its own.
nb::object visit_items(nb::handle group, const nb::callable& function, bool by_indexing) {
    const nb::object id = low_level(group);
    const Id start = nb::cast<const ObjectID&>(id).id();
    auto walk = without_gil([&] { return object::ObjectWalk(start); });
    for (; !walk.done(); without_gil([&] { walk.step(); })) {
        const nb::object name = decode_name(walk.path());
        nb::object object = next_object(group, start, walk, name, by_indexing);
        if (!object.is_valid()) {
            continue;
        }
        nb::object result = function(name, std::move(object));
        if (!result.is_none()) {
            return result;
        }
    }
    return nb::none();
}

nb::object visit_links(nb::handle group, const nb::callable& function, bool with_links) {
    const nb::object id = low_level(group);
    const Id start = nb::cast<const ObjectID&>(id).id();
    const auto found = without_gil([&] { return h5l::visit_names(start); });
    for (const std::string& path : found) {
        const nb::object name = decode_name(path);
        nb::object result = with_links
                                ? function(name, link_object(start, path, false, hdf5::kDefault))
                                : function(name);
        if (!result.is_none()) {
            return result;
        }
    }
    return nb::none();
}

}  // namespace

void bind_visits(nb::module_& m) {
    m.def("visit", &visit, nb::arg("group"), nb::arg("function"));
    m.def(
        "visit_items", &visit_items, nb::arg("group"), nb::arg("function"), nb::arg("by_indexing"));
    m.def(
        "visit_links", &visit_links, nb::arg("group"), nb::arg("function"), nb::arg("with_links"));
}

}  // namespace hyperslab::python
