// h5p: transfer of raw data.

#include "property_lists/prop_binding.hpp"

namespace hyperslab::python {
namespace {

namespace h5p = hdf5::h5p;
using List = nb::class_<PropDXID, PropInstanceID>;

nb::tuple no_collective_cause(const PropDXID& self) {
    const h5p::NoCollectiveCause cause = h5p::get_mpio_no_collective_cause(self.id());
    return nb::make_tuple(cause.local, cause.global);
}

void bind_mpio(List& list) {
    list.def(
            "set_dxpl_mpio",
            [](const PropDXID& self, Int xfer_mode) {
                h5p::set_dxpl_mpio(self.id(), static_cast<h5p::MpioTransfer>(int{xfer_mode}));
            },
            nb::arg("xfer_mode"),
            "h5fd.MPIO_INDEPENDENT or h5fd.MPIO_COLLECTIVE. Source: H5Pset_dxpl_mpio.")
        .def(
            "get_dxpl_mpio",
            [](const PropDXID& self) { return static_cast<int>(h5p::get_dxpl_mpio(self.id())); },
            "How processes transfer data: h5fd.MPIO_INDEPENDENT or h5fd.MPIO_COLLECTIVE. Source: "
            "H5Pget_dxpl_mpio.")
        .def(
            "get_mpio_actual_io_mode",
            [](const PropDXID& self) { return h5p::get_mpio_actual_io_mode(self.id()); },
            "How the last transfer with this list went: 0 not collectively, 1 chunks "
            "independently, 2 chunks collectively, 3 both, 4 contiguous collectively. "
            "Source: H5Pget_mpio_actual_io_mode.")
        .def(
            "get_mpio_actual_chunk_opt_mode",
            [](const PropDXID& self) { return h5p::get_mpio_actual_chunk_opt_mode(self.id()); },
            "How the last transfer of chunks was optimised. "
            "Source: H5Pget_mpio_actual_chunk_opt_mode.")
        .def("get_mpio_no_collective_cause",
             &no_collective_cause,
             "Why it was not collective: bits for this process and for any process; (0, 0) when it "
             "was. Source: H5Pget_mpio_no_collective_cause.");
}

}  // namespace

void bind_transfer_list(nb::module_& m) {
    auto list = bind_list_class<PropDXID, PropInstanceID>(
        m, "PropDXID", "A list with properties of transferring raw data.");
    list.def(
            "set_buffer",
            [](const PropDXID& self, Size size) { h5p::set_buffer(self.id(), size); },
            nb::arg("size"),
            "Set the size in bytes of the buffer in which types are converted. Source: "
            "H5Pset_buffer.")
        .def(
            "get_buffer",
            [](const PropDXID& self) { return h5p::get_buffer(self.id()); },
            "The size in bytes of the buffer in which types are converted. Source: H5Pget_buffer.")
        .def(
            "set_edc_check",
            [](const PropDXID& self, Flag check) { h5p::set_edc_check(self.id(), check); },
            nb::arg("check"),
            "Set whether reading compares checksums: h5z.ENABLE_EDC or DISABLE_EDC. Source: "
            "H5Pset_edc_check.")
        .def(
            "get_edc_check",
            [](const PropDXID& self) { return static_cast<int>(h5p::get_edc_check(self.id())); },
            "Whether reading compares checksums: 0 or 1. Source: H5Pget_edc_check.")
        .def(
            "set_hyper_vector_size",
            [](const PropDXID& self, Size size) { h5p::set_hyper_vector_size(self.id(), size); },
            nb::arg("size"),
            "Set how many pieces of a selection are gathered at once, at least 1. Source: "
            "H5Pset_hyper_vector_size.")
        .def(
            "get_hyper_vector_size",
            [](const PropDXID& self) { return h5p::get_hyper_vector_size(self.id()); },
            "The number of pieces of a selection that are gathered at once. Source: "
            "H5Pget_hyper_vector_size.");
    if (hdf5::has_mpi()) {
        bind_mpio(list);
    }
}

}  // namespace hyperslab::python
