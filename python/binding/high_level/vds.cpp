// The functions behind VirtualLayout and VirtualSource.

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/type_translation.hpp"
#include "high_level/creation_arguments.hpp"
#include "ids/dataset_id.hpp"
#include "ids/prop_id.hpp"
#include "ids/python_classes.hpp"
#include "ids/space_id.hpp"
#include "ids/type_id.hpp"
#include "object/datasets/dataset_creation.hpp"
#include "support/bindings.hpp"
#include "support/integer_argument.hpp"
#include "support/steps.hpp"

namespace hyperslab::python {
namespace {

using hdf5::Handle;
namespace h5p = hdf5::h5p;
namespace h5s = hdf5::h5s;

// Sources in the dataset's own file are named ".", so that the file can be renamed. All else that
// the list says is kept.
Handle with_own_file(const PropDCID& dcpl, const ByteString& file) {
    const hdf5::LockGuard guard;
    Handle plist = h5p::copy(dcpl.id());
    h5p::set_layout(plist.id(), h5p::Layout::virtual_);  // without mappings
    for (const h5p::VirtualMapping& mapping : h5p::get_virtual_mappings(dcpl.id())) {
        h5p::set_virtual(plist.id(),
                         mapping.virtual_space.id(),
                         mapping.file == file.value ? "." : mapping.file,
                         mapping.dataset,
                         mapping.source_space.id());
    }
    return plist;
}

std::optional<Shape> max_dims_of(nb::handle maxshape) {
    if (maxshape.is_none()) {
        return std::nullopt;
    }
    Shape dims;
    for (const nb::handle limit : maxshape) {
        dims.push_back(limit.is_none() ? kUnlimited : integer_argument<std::uint64_t>(limit));
    }
    return dims;
}

Handle type_of(nb::handle dtype) {
    if (nb::isinstance(dtype, classes().datatype)) {
        const nb::object id = low_level(dtype);
        return Handle::borrow(nb::cast<const TypeID&>(id).id());
    }
    return hdf5::make_type(type_from_dtype(dtype, true));
}

DatasetID make_dataset(const PropDCID& dcpl,
                       const ObjectID& parent,
                       const std::optional<ByteString>& name,
                       nb::handle shape,
                       nb::handle dtype,
                       nb::handle maxshape,
                       nb::handle fillvalue) {
    const Handle plist = h5p::copy(dcpl.id());
    if (!fillvalue.is_none()) {
        wrap_property_list(Handle::borrow(plist.id()))
            .attr("set_fill_value")(numpy().module.attr("array")(nb::make_tuple(fillvalue)));
    }
    const Handle space = h5s::create_simple(shape_argument(shape), max_dims_of(maxshape));
    const Handle type = type_of(dtype);
    std::string path = name ? name->value : "";
    return DatasetID(in_one_step([&] {
        const std::optional<Handle> group = object::require_parent(parent.id(), path);
        return hdf5::h5d::create(group ? group->id() : parent.id(),
                                 name ? path.c_str() : nullptr,
                                 type.id(),
                                 space.id(),
                                 hdf5::kDefault,
                                 plist.id());
    }));
}

bool is_unlimited_slice(nb::handle key) {
    if (!PySlice_Check(key.ptr())) {
        return false;
    }
    const nb::object stop = key.attr("stop");
    return PyLong_Check(stop.ptr()) && stop.equal(nb::cast(kUnlimited));
}

// A slice that ends at UNLIMITED selects without end; plain slicing has cut it at the extent.
void lift_limits(const SpaceID& space, nb::handle key) {
    if (h5s::selection_type(space.id()) != h5s::SelectionType::hyperslabs ||
        !h5s::is_regular_hyperslab(space.id())) {
        return;
    }
    const nb::object keys =
        PyTuple_Check(key.ptr()) ? nb::borrow(key) : nb::object(nb::make_tuple(key));
    h5s::Hyperslab slab = h5s::regular_hyperslab(space.id());
    std::size_t axis = 0;
    bool any = false;
    for (const nb::handle item : keys) {
        if (item.is(Py_Ellipsis)) {
            axis += slab.count.size() - (nb::len(keys) - 1);
            continue;
        }
        if (is_unlimited_slice(item) && axis < slab.count.size()) {
            slab.count[axis] = kUnlimited;
            any = true;
        }
        ++axis;
    }
    if (any) {
        h5s::select_hyperslab(space.id(),
                              h5s::Operation::set,
                              slab.start.data(),
                              slab.stride.data(),
                              slab.count.data(),
                              slab.block.data());
    }
}

}  // namespace

void bind_vds(nb::module_& core) {
    nb::module_ m = core.def_submodule("vds");
    m.def(
        "with_own_file",
        [](const PropDCID& dcpl, const ByteString& file) {
            return wrap_property_list(with_own_file(dcpl, file));
        },
        nb::arg("dcpl"),
        nb::arg("file"));
    m.def("make_dataset",
          &make_dataset,
          nb::arg("dcpl"),
          nb::arg("parent"),
          nb::arg("name").none(),
          nb::arg("shape"),
          nb::arg("dtype").none(),
          nb::arg("maxshape").none(),
          nb::arg("fillvalue").none());
    m.def("lift_limits", &lift_limits, nb::arg("space"), nb::arg("key"));
}

}  // namespace hyperslab::python
