#include "high_level/group_visits.hpp"

#include <utility>

#include "hdf5/api/h5l.hpp"
#include "hdf5/call/handle.hpp"
#include "high_level/link_objects.hpp"
#include "ids/python_classes.hpp"
#include "support/names.hpp"
#include "support/steps.hpp"
#include "support/walk_calls.hpp"

namespace hyperslab::python {
namespace {

using object::Walk;

// Makes a walk from the identifier of a group; that of a closed group is refused.
Walk walk_from(nb::handle group, Walk::Over over) {
    const nb::object id = low_level(group);
    return without_gil([&] { return Walk(nb::cast<const ObjectID&>(id).id(), over); });
}

nb::object visit(nb::handle group, nb::handle function) {
    Walk walk = walk_from(group, Walk::Over::objects);
    return call_until_not_none(
        walk, [&](Walk&, const std::string& path) { return function(decode_name(path)); });
}

// Gets a member by indexing; null when another thread has just removed it.
nb::object indexed(nb::handle group, nb::handle name, const std::string& path) {
    try {
        return group[name];
    } catch (const nb::python_error& error) {
        const nb::object id = low_level(group);
        const auto& location = nb::cast<const ObjectID&>(id);
        if (!error.matches(PyExc_KeyError) || in_quick_step([&] {
                return !location.handle.valid() || hdf5::h5l::path_valid(location.id(), path);
            })) {
            throw;
        }
        return {};
    }
}

// Members are opened by indexing where the group's class has a __getitem__ of its own.
nb::object visit_items(nb::handle group, nb::handle function, bool by_indexing) {
    Walk walk = walk_from(group, Walk::Over::objects);
    return call_until_not_none(walk, [&](Walk& here, const std::string& path) {
        const nb::object name = decode_name(path);
        hdf5::Handle object = std::move(here.object());
        const nb::object item =
            object && !by_indexing ? wrap_object(std::move(object)) : indexed(group, name, path);
        return item.is_valid() ? function(name, item) : nb::none();
    });
}

nb::object visit_links(nb::handle group, nb::handle function, bool with_links) {
    const nb::object id = low_level(group);
    Walk walk = walk_from(group, Walk::Over::links);
    const auto& location = nb::cast<const ObjectID&>(id);
    FoundLink found;
    const auto learn = [&](const Walk& here) {
        if (with_links) {
            found = find_link(location.id(), here.path(), hdf5::kDefault);
        }
    };
    return call_until_not_none(walk, learn, [&](Walk&, const std::string& path) {
        const nb::object name = decode_name(path);
        return with_links ? function(name, link_object(found, false)) : function(name);
    });
}

}  // namespace

void bind_visits(nb::module_& m) {
    m.def("visit", &visit, nb::arg("group").none(), nb::arg("function").none());
    m.def("visit_items",
          &visit_items,
          nb::arg("group").none(),
          nb::arg("function").none(),
          nb::arg("by_indexing").none());
    m.def("visit_links",
          &visit_links,
          nb::arg("group").none(),
          nb::arg("function").none(),
          nb::arg("with_links").none());
}

}  // namespace hyperslab::python
