#include "high_level/group_making.hpp"

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5g.hpp"
#include "hdf5/api/h5l.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "high_level/block_datasets.hpp"
#include "high_level/creation_arguments.hpp"
#include "high_level/dataset_creation.hpp"
#include "high_level/link_objects.hpp"
#include "hyperslab/error.hpp"
#include "ids/group_id.hpp"
#include "ids/prop_id.hpp"
#include "ids/python_classes.hpp"
#include "object/datasets/dataset_creation.hpp"
#include "support/integer_argument.hpp"
#include "support/names.hpp"
#include "support/steps.hpp"
#include "support/truth.hpp"

namespace hyperslab::python {
namespace {

using hdf5::Handle;
namespace h5g = hdf5::h5g;
namespace h5o = hdf5::h5o;
namespace h5p = hdf5::h5p;

Handle group_creation_plist(bool order, bool times) {
    Handle plist = h5p::create(h5p::ListClass::group_create);
    if (order) {
        const unsigned flags = h5p::kCreationOrderTracked | h5p::kCreationOrderIndexed;
        h5p::set_link_creation_order(plist.id(), flags);
        h5p::set_attr_creation_order(plist.id(), flags);
    }
    h5p::set_obj_track_times(plist.id(), times);
    return plist;
}

Handle create_named(const ObjectID& group, const std::string& path, const Handle& plist) {
    return h5g::create(group.id(), path, object::link_plist(path), plist.id());
}

nb::object create_group(const ObjectID& group,
                        nb::handle name,
                        nb::handle track_order,
                        nb::handle track_times) {
    const bool order = track_order.is_none() ? default_track_order() : truth_of(track_order);
    const bool times =
        !track_times.is_none() &&
        true_or_false(track_times, "track_times must be either True, False, or None");
    const Handle plist = group_creation_plist(order, times);
    if (name.is_none()) {
        return wrap_object(h5g::create_anonymous(group.id(), plist.id()));
    }
    const std::string path = encode_name(name);
    return wrap_object(in_one_step([&] { return create_named(group, path, plist); }));
}

[[noreturn]] void throw_incompatible(nb::handle found) {
    const auto name = nb::cast<std::string>(found.type().attr("__name__"));
    throw nb::type_error(("Incompatible object (" + name + ") already exists").c_str());
}

nb::object require_group(const ObjectID& group, nb::handle name) {
    const std::string path = encode_name(name);
    const bool order = default_track_order();
    nb::object found = wrap_object(in_one_step([&] {
        return has_member(group, path)
                   ? h5o::open(group.id(), path)
                   : create_named(group, path, group_creation_plist(order, false));
    }));
    if (!nb::isinstance(found, classes().group)) {
        throw_incompatible(found);
    }
    return found;
}

nb::object create_dataset(nb::handle group,
                          nb::handle name,
                          nb::handle shape,
                          nb::handle dtype,
                          nb::handle data,
                          nb::handle keywords) {
    const nb::object id = low_level(group);
    const auto make =
        is_data_in_blocks(dtype, data, keywords) ? &make_dataset_of_blocks : &make_dataset;
    return classes().dataset(
        nb::cast(make(nb::cast<const ObjectID&>(id), name, shape, dtype, data, keywords)));
}

[[noreturn]] void throw_mismatch(const char* what, nb::handle existing, nb::handle wanted) {
    throw nb::type_error((std::string(what) + " (existing " +
                          nb::cast<std::string>(nb::str(existing)) + " vs new " +
                          nb::cast<std::string>(nb::str(wanted)) + ")")
                             .c_str());
}

void require_matching(
    nb::handle dataset, nb::handle shape, nb::handle dtype, Truth exact, nb::handle keywords) {
    const nb::object found = dataset.attr("shape");
    const nb::object wanted =
        PyLong_Check(shape.ptr()) ? nb::object(nb::make_tuple(shape)) : nb::borrow(shape);
    if (!found.equal(wanted)) {
        PyObject* const limits = PyDict_GetItemString(keywords.ptr(), "maxshape");
        if (limits == nullptr) {
            throw_mismatch("Shapes do not match", found, wanted);
        }
        const nb::object max_shape = dataset.attr("maxshape");
        if (!max_shape.equal(nb::handle(limits))) {
            throw_mismatch("Max shapes do not match", max_shape, limits);
        }
    }
    const nb::object type = dataset.attr("dtype");
    if (exact) {
        if (!type.equal(dtype)) {
            throw_mismatch("Datatypes do not exactly match", type, dtype);
        }
    } else if (!nb::cast<bool>(numpy().module.attr("can_cast")(dtype, type))) {
        throw_mismatch("Datatypes cannot be safely cast", type, dtype);
    }
}

// Opens what is there; null when there is nothing. An object that is no dataset is opened too.
nb::object open_for_requiring(const ObjectID& location,
                              const std::string& path,
                              const CreationArguments& access) {
    Handle found = in_one_step([&] {
        if (!has_member(location, path)) {
            return Handle();
        }
        // The dataset is not opened for that, because the first opening decides its cache and file
        // prefixes.
        return h5o::type_by_name(location.id(), path) == h5o::Type::dataset
                   ? object::open_dataset(location.id(), path, access.options, access.base_dapl)
                   : h5o::open(location.id(), path);
    });
    return found ? wrap_object(std::move(found)) : nb::object();
}

nb::object require_dataset(nb::handle group,
                           nb::handle name,
                           nb::handle shape,
                           nb::handle dtype,
                           Truth exact,
                           nb::handle keywords) {
    const nb::object id = low_level(group);
    const auto& location = nb::cast<const ObjectID&>(id);
    const std::string path = encode_name(name);
    for (;;) {
        nb::object found = open_for_requiring(location, path, parse_access(keywords));
        if (found.is_valid()) {
            if (!nb::isinstance(found, classes().dataset)) {
                throw_incompatible(found);
            }
            require_matching(found, shape, dtype, exact, keywords);
            return found;
        }
        try {
            return group.attr("create_dataset")(
                name, shape, dtype, **nb::borrow<nb::dict>(keywords));
        } catch (const nb::python_error&) {
            if (!in_quick_step([&] { return has_member(location, path); })) {
                throw;
            }
        }  // another thread has made it meanwhile
    }
}

nb::dict options_like(nb::handle other, const nb::dict& updates) {
    nb::dict options;
    for (const char* key : {"shape",
                            "dtype",
                            "chunks",
                            "compression",
                            "compression_opts",
                            "scaleoffset",
                            "shuffle",
                            "fletcher32",
                            "fillvalue"}) {
        options[key] = nb::object(other.attr(key));
    }
    const nb::object plist = low_level(other).attr("get_create_plist")();
    options["track_times"] = nb::bool_(truth_of(plist.attr("get_obj_track_times")()));
    options["track_order"] = nb::bool_(nb::cast<int>(plist.attr("get_attr_creation_order")()) > 0);
    // Asking for a maximum shape makes a dataset chunked, so only where it differs.
    const nb::object max_shape = other.attr("maxshape");
    if (!max_shape.equal(nb::object(options["shape"]))) {
        options["maxshape"] = max_shape;
    }
    options.update(updates);
    return options;
}

nb::object create_virtual_dataset(nb::handle group,
                                  nb::handle name,
                                  nb::handle layout,
                                  nb::handle fillvalue) {
    return classes().dataset(layout.attr("make_dataset")(
        group,
        nb::arg("name") = name.is_none() ? nb::none() : nb::object(to_bytes(encode_name(name))),
        nb::arg("fillvalue") = fillvalue));
}

}  // namespace

void bind_group_making(nb::module_& m) {
    m.def("create_group",
          &create_group,
          nb::arg("group").none(),
          nb::arg("name").none(),
          nb::arg("track_order").none(),
          nb::arg("track_times").none());
    m.def("require_group", &require_group, nb::arg("group").none(), nb::arg("name").none());
    m.def(
        "create_many",
        [](nb::handle group, nb::handle members, nb::handle keywords) {
            const nb::object id = low_level(group);
            make_datasets(nb::cast<const ObjectID&>(id), members, keywords);
        },
        nb::arg("group").none(),
        nb::arg("members").none(),
        nb::arg("keywords").none());
    m.def("create_dataset",
          &create_dataset,
          nb::arg("group").none(),
          nb::arg("name").none(),
          nb::arg("shape").none(),
          nb::arg("dtype").none(),
          nb::arg("data").none(),
          nb::arg("keywords").none());
    m.def("require_dataset",
          &require_dataset,
          nb::arg("group").none(),
          nb::arg("name").none(),
          nb::arg("shape").none(),
          nb::arg("dtype").none(),
          nb::arg("exact").none(),
          nb::arg("keywords").none());
    m.def("options_like", &options_like, nb::arg("other").none(), nb::arg("updates").none());
    m.def("create_virtual_dataset",
          &create_virtual_dataset,
          nb::arg("group").none(),
          nb::arg("name").none(),
          nb::arg("layout").none(),
          nb::arg("fillvalue").none());
}

}  // namespace hyperslab::python
