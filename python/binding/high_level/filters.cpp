// The functions behind `_hl.filters`.

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "filter/format/szip.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "high_level/creation_arguments.hpp"
#include "hyperslab/dataset_options.hpp"
#include "ids/prop_id.hpp"
#include "object/datasets/dataset_creation.hpp"
#include "support/bindings.hpp"
#include "support/integer_argument.hpp"
#include "support/shapes.hpp"

namespace hyperslab::python {
namespace {

std::string name_of(FilterId id) {
    switch (id) {
        case filter_id::kDeflate:
            return "gzip";
        case filter_id::kShuffle:
            return "shuffle";
        case filter_id::kFletcher32:
            return "fletcher32";
        case filter_id::kSzip:
            return "szip";
        case filter_id::kScaleoffset:
            return "scaleoffset";
        case filter_id::kLzf:
            return "lzf";
        default:
            return std::to_string(id);
    }
}

nb::object values_tuple(const std::vector<unsigned>& values) { return nb::tuple(nb::cast(values)); }

nb::object szip_options(const std::vector<unsigned>& values) {
    const unsigned mask = values.empty() ? 0 : values[0];
    const bool entropy = (mask & filter::kSzipEntropy) != 0;
    const bool neighbour = (mask & filter::kSzipNearestNeighbour) != 0;
    if (!(entropy || neighbour) || values.size() < 2) {
        throw nb::type_error("Unknown SZIP configuration");
    }
    return nb::make_tuple(entropy ? "ec" : "nn", values[1]);
}

nb::object options_of(const Filter& filter) {
    if (filter.id == filter_id::kDeflate && !filter.options.empty()) {
        return nb::cast(filter.options.front());
    }
    if (filter.id == filter_id::kSzip) {
        return szip_options(filter.options);
    }
    return filter.id == filter_id::kLzf || filter.options.empty() ? nb::none()
                                                                  : values_tuple(filter.options);
}

nb::dict describe(const PropDCID& plist) {
    nb::dict pipeline;
    for (const Filter& filter : hdf5::h5p::get_filters(plist.id())) {
        pipeline[nb::cast(name_of(filter.id))] = options_of(filter);
    }
    return pipeline;
}

nb::object fill_dcpl(nb::handle plist, nb::handle shape, nb::handle dtype, nb::handle keywords) {
    const std::optional<Shape> extent =
        shape.is_none() ? std::nullopt : std::optional(shape_argument(shape));
    const CreationArguments arguments = parse_creation(extent, dtype, keywords);
    object::set_creation_properties(
        nb::cast<const PropDCID&>(plist).id(), arguments.options, extent, dtype_itemsize(dtype));
    return nb::borrow(plist);
}

nb::tuple guess_chunk(nb::handle shape, nb::handle typesize) {
    const Shape dims = shape_argument(shape);
    return tuple_from_shape(guess_chunk_shape(dims, integer_argument<std::size_t>(typesize)));
}

}  // namespace

void bind_filters(nb::module_& core) {
    nb::module_ m = core.def_submodule("filters");
    m.def("name", &name_of, nb::arg("code").none());
    m.def("describe", &describe, nb::arg("plist").none());
    m.def("fill_dcpl",
          &fill_dcpl,
          nb::arg("plist").none(),
          nb::arg("shape").none(),
          nb::arg("dtype").none(),
          nb::arg("keywords").none());
    m.def("guess_chunk", &guess_chunk, nb::arg("shape").none(), nb::arg("typesize").none());
}

}  // namespace hyperslab::python
