// The functions behind DimensionProxy.

#include "hdf5/api/h5ds.hpp"
#include "ids/dataset_id.hpp"
#include "support/bindings.hpp"
#include "support/names.hpp"
#include "support/steps.hpp"

namespace hyperslab::python {
namespace {

namespace h5ds = hdf5::h5ds;

/// A scale and the name that it has.
struct NamedScale {
    std::string name;
    hdf5::Handle scale;
};

std::vector<NamedScale> scales_of(const DatasetID& dataset, unsigned axis) {
    return in_one_step([&] {
        std::vector<NamedScale> found;
        // libhdf5 calls it an error to look through no scales.
        if (h5ds::scale_count(dataset.id(), axis) != 0) {
            for (hdf5::Handle& scale : h5ds::scales(dataset.id(), axis)) {
                std::string name = h5ds::scale_name(scale.id());
                found.push_back({std::move(name), std::move(scale)});
            }
        }
        return found;
    });
}

nb::list scales(const DatasetID& dataset, unsigned axis) {
    nb::list result;
    for (NamedScale& found : scales_of(dataset, axis)) {
        result.append(nb::make_tuple(to_bytes(found.name), DatasetID(std::move(found.scale))));
    }
    return result;
}

DatasetID scale(const DatasetID& dataset, unsigned axis, nb::handle item) {
    std::vector<NamedScale> found = scales_of(dataset, axis);
    if (found.empty()) {
        throw std::runtime_error("No scale is attached to dimension " + std::to_string(axis));
    }
    if (PyLong_Check(item.ptr())) {
        const auto count = static_cast<std::int64_t>(found.size());
        auto index = nb::cast<std::int64_t>(item);
        index += index < 0 ? count : 0;
        if (index < 0 || index >= count) {
            throw nb::index_error("list index out of range");
        }
        return DatasetID(std::move(found[static_cast<std::size_t>(index)].scale));
    }
    const std::string name = encode_name(item);
    for (NamedScale& candidate : found) {
        if (candidate.name == name) {
            return DatasetID(std::move(candidate.scale));
        }
    }
    PyErr_SetObject(PyExc_KeyError, item.ptr());
    throw nb::python_error();
}

}  // namespace

void bind_dims(nb::module_& core) {
    nb::module_ m = core.def_submodule("dims");
    m.def("scales", &scales, nb::arg("dataset").none(), nb::arg("axis").none());
    m.def(
        "scale", &scale, nb::arg("dataset").none(), nb::arg("axis").none(), nb::arg("item").none());
}

}  // namespace hyperslab::python
