// h5p: creation of datasets. Filters are in h5p_filter.cpp, external files and virtual mappings in
// h5p_storage.cpp.

#include "elements/fill_value.hpp"
#include "property_lists/prop_binding.hpp"
#include "support/shapes.hpp"

namespace hyperslab::python {
namespace {

namespace h5p = hdf5::h5p;
using List = nb::class_<PropDCID, PropOCID>;

void set_chunk(const PropDCID& self, nb::handle chunksize) {
    if (!PyTuple_Check(chunksize.ptr())) {
        throw nb::value_error("chunksize must be a tuple.");
    }
    h5p::set_chunk(self.id(), shape_from_tuple(chunksize, "chunksize"));
}

void bind_layout(List& list) {
    list.def(
            "set_layout",
            [](const PropDCID& self, Int layout_code) {
                h5p::set_layout(self.id(), static_cast<h5p::Layout>(int{layout_code}));
            },
            nb::arg("layout_code"),
            "Set how raw data are stored: h5d.COMPACT, CONTIGUOUS, CHUNKED or VIRTUAL. Source: "
            "H5Pset_layout.")
        .def(
            "get_layout",
            [](const PropDCID& self) { return static_cast<int>(h5p::get_layout(self.id())); },
            "How raw data are stored: h5d.COMPACT, CONTIGUOUS, CHUNKED or VIRTUAL. Source: "
            "H5Pget_layout.")
        .def("set_chunk",
             &set_chunk,
             nb::arg("chunksize").none(),
             "Store in chunks of this shape, a tuple of elements along each dimension. "
             "Source: H5Pset_chunk.")
        .def(
            "get_chunk",
            [](const PropDCID& self) { return tuple_from_shape(h5p::get_chunk(self.id())); },
            "The shape of a chunk in elements. Raises ValueError when the layout is another. "
            "Source: H5Pget_chunk.")
        .def(
            "set_chunk_opts",
            [](const PropDCID& self, Unsigned opts) { h5p::set_chunk_opts(self.id(), opts); },
            nb::arg("opts"),
            "Set options of chunks: with bit 2, chunks that the dataset's edge cuts are not "
            "filtered. Source: H5Pset_chunk_opts.")
        .def(
            "get_chunk_opts",
            [](const PropDCID& self) { return h5p::get_chunk_opts(self.id()); },
            "The options of chunks, as bits: 2 when chunks that the dataset's edge cuts are not "
            "filtered. Source: H5Pget_chunk_opts.")
        .def(
            "set_dset_no_attrs_hint",
            [](const PropDCID& self, Flag minimize) {
                h5p::set_dset_no_attrs_hint(self.id(), minimize);
            },
            nb::arg("minimize"),
            "Say that the dataset will have few attributes: a smaller object header. "
            "Source: H5Pset_dset_no_attrs_hint.")
        .def(
            "get_dset_no_attrs_hint",
            [](const PropDCID& self) {
                return static_cast<int>(h5p::get_dset_no_attrs_hint(self.id()));
            },
            "Whether the dataset was said to have few attributes: 0 or 1. Source: "
            "H5Pget_dset_no_attrs_hint.");
}

void bind_fill_value(List& list) {
    list.def(
            "set_fill_value",
            [](const PropDCID& self, nb::handle value) { set_fill_value(self.id(), value); },
            nb::arg("value"),
            "Set what elements hold that were never written: the first element of a C-contiguous "
            "NumPy array. Raises TypeError when its dtype has no HDF5 type. Source: "
            "H5Pset_fill_value.")
        .def(
            "get_fill_value",
            [](const PropDCID& self, nb::handle value) { get_fill_value(self.id(), value); },
            nb::arg("value"),
            "Read the fill value into the first element of a C-contiguous, writable NumPy array, "
            "converted to its dtype. Source: H5Pget_fill_value.")
        .def(
            "fill_value_defined",
            [](const PropDCID& self) {
                return static_cast<int>(h5p::fill_value_defined(self.id()));
            },
            "Which kind of fill value is set: h5d.FILL_VALUE_UNDEFINED, FILL_VALUE_DEFAULT or "
            "FILL_VALUE_USER_DEFINED. Source: H5Pfill_value_defined.")
        .def(
            "set_fill_time",
            [](const PropDCID& self, Int fill_time) {
                h5p::set_fill_time(self.id(), static_cast<h5p::FillTime>(int{fill_time}));
            },
            nb::arg("fill_time"),
            "Set when the fill value is written: h5d.FILL_TIME_ALLOC, FILL_TIME_NEVER or "
            "FILL_TIME_IFSET. Source: H5Pset_fill_time.")
        .def(
            "get_fill_time",
            [](const PropDCID& self) { return static_cast<int>(h5p::get_fill_time(self.id())); },
            "When the fill value is written: h5d.FILL_TIME_ALLOC, FILL_TIME_NEVER or "
            "FILL_TIME_IFSET. Source: H5Pget_fill_time.")
        .def(
            "set_alloc_time",
            [](const PropDCID& self, Int alloc_time) {
                h5p::set_alloc_time(self.id(), static_cast<h5p::AllocTime>(int{alloc_time}));
            },
            nb::arg("alloc_time"),
            "Set when space in the file is taken: h5d.ALLOC_TIME_*. Source: H5Pset_alloc_time.")
        .def(
            "get_alloc_time",
            [](const PropDCID& self) { return static_cast<int>(h5p::get_alloc_time(self.id())); },
            "When space in the file is taken: one of h5d.ALLOC_TIME_*. Source: H5Pget_alloc_time.");
}

}  // namespace

void bind_dataset_creation_list(nb::module_& m) {
    auto list = bind_list_class<PropDCID, PropOCID>(
        m, "PropDCID", "A list with properties of creating a dataset.");
    bind_layout(list);
    bind_fill_value(list);
    bind_filters(list);
    bind_storage(list);
}

}  // namespace hyperslab::python
