// h5ds: dimension scales. Names and argument forms as in h5py.h5ds.

#include "hdf5/api/h5ds.hpp"

#include "ids/dataset_id.hpp"
#include "support/bindings.hpp"
#include "support/callback.hpp"
#include "support/integer.hpp"

namespace hyperslab::python {
namespace {

namespace h5ds = hdf5::h5ds;

nb::object iterate(const DatasetID& dset, Unsigned dim, nb::handle func, Int startidx) {
    if (startidx < 0) {
        throw nb::value_error("Starting index must be non-negative");
    }
    std::vector<hdf5::Handle> scales = h5ds::scales(dset.id(), dim, startidx);
    return call_until_not_none(
        scales, [&](hdf5::Handle& scale) { return func(DatasetID(std::move(scale))); });
}

void bind_scales(nb::module_& m) {
    m.def(
        "set_scale",
        [](const DatasetID& dset, const ByteString& dimname) {
            h5ds::set_scale(dset.id(), dimname.value);
        },
        nb::arg("dset"),
        nb::arg("dimname") = ByteString{},
        "Make a dataset a dimension scale. Source: H5DSset_scale.");
    m.def(
        "is_scale",
        [](const DatasetID& dset) { return h5ds::is_scale(dset.id()); },
        nb::arg("dset"),
        "Whether a dataset is a dimension scale. Source: H5DSis_scale.");
    m.def(
        "attach_scale",
        [](const DatasetID& dset, const DatasetID& dscale, Unsigned idx) {
            h5ds::attach_scale(dset.id(), dscale.id(), idx);
        },
        nb::arg("dset"),
        nb::arg("dscale"),
        nb::arg("idx"),
        "Attach a scale to an axis. Source: H5DSattach_scale.");
    m.def(
        "is_attached",
        [](const DatasetID& dset, const DatasetID& dscale, Unsigned idx) {
            return h5ds::is_attached(dset.id(), dscale.id(), idx);
        },
        nb::arg("dset"),
        nb::arg("dscale"),
        nb::arg("idx"),
        "Whether a scale is attached to an axis. Source: H5DSis_attached.");
    m.def(
        "detach_scale",
        [](const DatasetID& dset, const DatasetID& dscale, Unsigned idx) {
            h5ds::detach_scale(dset.id(), dscale.id(), idx);
        },
        nb::arg("dset"),
        nb::arg("dscale"),
        nb::arg("idx"),
        "Detach a scale from an axis. Source: H5DSdetach_scale.");
    m.def(
        "get_num_scales",
        [](const DatasetID& dset, Unsigned dim) { return h5ds::scale_count(dset.id(), dim); },
        nb::arg("dset"),
        nb::arg("dim"),
        "The number of scales on an axis. Source: H5DSget_num_scales.");
    m.def("iterate",
          &iterate,
          nb::arg("dset"),
          nb::arg("dim"),
          nb::arg("func"),
          nb::arg("startidx") = 0,
          "Call func(DatasetID) for each scale of an axis from position startidx on, until it "
          "returns something other than None; returns that. func may do anything. "
          "Source: H5DSiterate_scales.");
}

void bind_names(nb::module_& m) {
    m.def(
        "set_label",
        [](const DatasetID& dset, Unsigned idx, const ByteString& label) {
            h5ds::set_label(dset.id(), idx, label.value);
        },
        nb::arg("dset"),
        nb::arg("idx"),
        nb::arg("label"),
        "Set an axis' label. Source: H5DSset_label.");
    m.def(
        "get_label",
        [](const DatasetID& dset, Unsigned idx) { return to_bytes(h5ds::label(dset.id(), idx)); },
        nb::arg("dset"),
        nb::arg("idx"),
        "An axis' label, b'' when it has none. Source: H5DSget_label.");
    m.def(
        "get_scale_name",
        [](const DatasetID& dscale) { return to_bytes(h5ds::scale_name(dscale.id())); },
        nb::arg("dscale"),
        "A scale's name, b'' when it has none. Source: H5DSget_scale_name.");
}

}  // namespace

void bind_h5ds(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5ds");
    bind_scales(m);
    bind_names(m);
}

}  // namespace hyperslab::python
