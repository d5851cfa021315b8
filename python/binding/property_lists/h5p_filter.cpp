// h5p: the filter pipeline of dataset creation lists.

#include "property_lists/prop_binding.hpp"

namespace hyperslab::python {
namespace {

namespace h5p = hdf5::h5p;
using List = nb::class_<PropDCID, PropOCID>;

nb::tuple tuple_of(const std::vector<unsigned>& values) {
    nb::list items;
    for (const unsigned value : values) {
        items.append(value);
    }
    return nb::tuple(items);
}

// Each value is what int() makes of it, which clients rely on.
std::vector<unsigned> values_of(nb::handle values) {
    if (values.is_none()) {
        return {};
    }
    if (!PyTuple_Check(values.ptr())) {
        throw nb::value_error("values must be a tuple or None.");
    }
    std::vector<unsigned> numbers;
    for (const nb::handle value : nb::borrow<nb::tuple>(values)) {
        numbers.push_back(nb::cast<Unsigned>(nb::int_(value)));
    }
    return numbers;
}

nb::tuple filter(const PropDCID& self, Int filter_idx) {
    if (filter_idx < 0) {
        throw nb::value_error("Filter index must be a non-negative integer");
    }
    const h5p::FilterStage stage =
        h5p::get_filter(self.id(), static_cast<unsigned>(int{filter_idx}));
    return nb::make_tuple(stage.id, stage.flags, tuple_of(stage.values), to_bytes(stage.name));
}

nb::object filter_by_id(const PropDCID& self, Int filter_code) {
    const auto stage = h5p::get_filter_by_id(self.id(), filter_code);
    if (!stage) {
        return nb::none();
    }
    return nb::make_tuple(stage->flags, tuple_of(stage->values), to_bytes(stage->name));
}

void bind_pipeline(List& list) {
    list.def(
            "set_filter",
            [](const PropDCID& self, Int filter_code, Unsigned flags, nb::handle values) {
                h5p::set_filter(self.id(), filter_code, flags, values_of(values));
            },
            nb::arg("filter_code"),
            nb::arg("flags") = 0,
            nb::arg("values") = nb::none(),
            "Append a filter: its number, h5z.FLAG_* bits, and a tuple of its parameters. "
            "Source: H5Pset_filter.")
        .def(
            "all_filters_avail",
            [](const PropDCID& self) { return h5p::all_filters_avail(self.id()); },
            "Whether every filter is there or can be loaded. Source: H5Pall_filters_avail.")
        .def(
            "get_nfilters",
            [](const PropDCID& self) { return h5p::get_nfilters(self.id()); },
            "The number of filters. Source: H5Pget_nfilters.")
        .def("get_filter",
             &filter,
             nb::arg("filter_idx"),
             "A filter by its place, counted from 0: (number, flags, parameters, name). Raises "
             "ValueError when there is none at that place. Source: H5Pget_filter2.")
        .def(
            "_has_filter",
            [](const PropDCID& self, Int filter_code) {
                return h5p::get_filter_by_id(self.id(), filter_code).has_value();
            },
            nb::arg("filter_code"),
            "Whether a filter is in the pipeline.")
        .def("get_filter_by_id",
             &filter_by_id,
             nb::arg("filter_code"),
             "A filter by its number: (flags, parameters, name), or None when it is not there. "
             "Source: H5Pget_filter2.")
        .def(
            "remove_filter",
            [](const PropDCID& self, Int filter_class) {
                h5p::remove_filter(self.id(), filter_class);
            },
            nb::arg("filter_class"),
            "Remove a filter by its number, or all filters with h5z.FILTER_ALL. Source: "
            "H5Premove_filter.");
}

void bind_own_filters(List& list) {
    list.def(
            "set_deflate",
            [](const PropDCID& self, Unsigned level) { h5p::set_deflate(self.id(), level); },
            nb::arg("level") = 5,
            "Append the filter deflate (gzip), with a level from 0 to 9. Source: H5Pset_deflate.")
        .def(
            "set_fletcher32",
            [](const PropDCID& self) { h5p::set_fletcher32(self.id()); },
            "Append the filter that adds checksums. Source: H5Pset_fletcher32.")
        .def(
            "set_shuffle",
            [](const PropDCID& self) { h5p::set_shuffle(self.id()); },
            "Append the filter that groups bytes of equal significance. Source: H5Pset_shuffle.")
        .def(
            "set_nbit",
            [](const PropDCID& self) { h5p::set_nbit(self.id()); },
            "Append the filter that packs types with fewer significant bits than their size. "
            "Source: H5Pset_nbit.")
        .def(
            "set_szip",
            [](const PropDCID& self, Unsigned options, Unsigned pixels_per_block) {
                h5p::set_szip(self.id(), options, pixels_per_block);
            },
            nb::arg("options"),
            nb::arg("pixels_per_block"),
            "Append the filter szip: h5z.SZIP_*_OPTION_MASK, and an even number of pixels per "
            "block, at most 32. Source: H5Pset_szip.")
        .def(
            "set_scaleoffset",
            [](const PropDCID& self, Unsigned scale_type, Int scale_factor) {
                h5p::set_scaleoffset(
                    self.id(), static_cast<int>(unsigned{scale_type}), scale_factor);
            },
            nb::arg("scale_type"),
            nb::arg("scale_factor"),
            "Append scale-offset: h5z.SO_INT and bits to keep (0: as many as needed), or "
            "h5z.SO_FLOAT_DSCALE and decimal digits. Usually loses precision, so checksums must "
            "not come before it. Source: H5Pset_scaleoffset.");
}

}  // namespace

void bind_filters(List& list) {
    bind_pipeline(list);
    bind_own_filters(list);
}

}  // namespace hyperslab::python
