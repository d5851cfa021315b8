// The functions behind DimensionProxy.

#include "dataset_id.hpp"
#include "hdf5/h5ds.hpp"
#include "high_level.hpp"

namespace hyperslab::python {
namespace {

namespace h5ds = hdf5::h5ds;

std::vector<hdf5::Handle> scales_of(const DatasetID& dataset, unsigned axis) {
    // libhdf5 calls it an error to look through no scales.
    return h5ds::scale_count(dataset.id(), axis) == 0 ? std::vector<hdf5::Handle>()
                                                      : h5ds::scales(dataset.id(), axis);
}

nb::list scales(const DatasetID& dataset, unsigned axis) {
    nb::list result;
    for (hdf5::Handle& scale : scales_of(dataset, axis)) {
        const nb::bytes name = to_bytes(h5ds::scale_name(scale.id()));
        result.append(nb::make_tuple(name, DatasetID(std::move(scale))));
    }
    return result;
}

DatasetID scale(const DatasetID& dataset, unsigned axis, nb::handle item) {
    std::vector<hdf5::Handle> found = scales_of(dataset, axis);
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
        return DatasetID(std::move(found[static_cast<std::size_t>(index)]));
    }
    const std::string name = encode_name(item);
    for (hdf5::Handle& candidate : found) {
        if (h5ds::scale_name(candidate.id()) == name) {
            return DatasetID(std::move(candidate));
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
