// h5s: dataspaces. Behaviour: HDF5's H5S interface; names and argument forms as in h5py.h5s.

#include "hdf5/api/h5s.hpp"

#include "dtypes/numpy_api.hpp"
#include "ids/space_id.hpp"
#include "support/bindings.hpp"
#include "support/integer.hpp"
#include "support/made_by_new.hpp"
#include "support/shapes.hpp"

namespace hyperslab::python {
namespace {

namespace h5s = hdf5::h5s;

std::optional<Shape> optional_shape(nb::handle tuple, const char* what) {
    return tuple.is_none() ? std::nullopt : std::optional(shape_from_tuple(tuple, what));
}

/// A tuple of the dataspace's rank.
Shape shape_of_rank(const SpaceID& space, nb::handle tuple, const char* what) {
    Shape shape = shape_from_tuple(tuple, what);
    if (shape.size() != static_cast<std::size_t>(h5s::rank(space.id()))) {
        throw nb::value_error((std::string(what) + " must be a tuple of size " +
                               std::to_string(h5s::rank(space.id())))
                                  .c_str());
    }
    return shape;
}

SpaceID create_simple(nb::handle dims_tpl, nb::handle max_dims_tpl) {
    const Shape dims = shape_from_tuple(dims_tpl, "dims_tpl");
    return SpaceID(h5s::create_simple(dims, optional_shape(max_dims_tpl, "max_dims_tpl")));
}

SpaceID decode(const ByteString& encoded) {
    return SpaceID(h5s::decode(std::as_bytes(std::span(encoded.value))));
}

nb::bytes encode(const SpaceID& self) {
    const std::vector<std::byte> encoded = h5s::encode(self.id());
    return nb::bytes(encoded.data(), encoded.size());
}

nb::object extent_dims(const SpaceID& self, bool max_dims) {
    if (h5s::extent_class(self.id()) == h5s::ExtentClass::null) {
        return nb::none();
    }
    return tuple_from_shape(max_dims ? h5s::max_dims(self.id()) : h5s::dims(self.id()));
}

void offset_simple(const SpaceID& self, nb::handle offset) {
    std::vector<std::int64_t> values(static_cast<std::size_t>(h5s::rank(self.id())), 0);
    if (!offset.is_none()) {
        if (!PyTuple_Check(offset.ptr()) || nb::len(offset) != values.size()) {
            throw nb::value_error("offset must be a tuple with one value a dimension");
        }
        for (std::size_t d = 0; d < values.size(); ++d) {
            values[d] = nb::cast<std::int64_t>(offset[d]);
        }
    }
    h5s::offset_simple(self.id(), values.data());
}

nb::object select_bounds(const SpaceID& self) {
    if (h5s::selected_count(self.id()) == 0) {
        return nb::none();
    }
    const auto [first, last] = h5s::selection_bounds(self.id());
    return nb::make_tuple(tuple_from_shape(first), tuple_from_shape(last));
}

nb::object point_list(const SpaceID& self) {
    const std::vector<std::uint64_t> points = h5s::selected_points(self.id());
    const auto rank = static_cast<std::uint64_t>(h5s::rank(self.id()));
    return array_of_sizes(points, {rank == 0 ? 0 : points.size() / rank, rank});
}

nb::object block_list(const SpaceID& self) {
    const std::vector<std::uint64_t> blocks = h5s::selected_blocks(self.id());
    const auto rank = static_cast<std::uint64_t>(h5s::rank(self.id()));
    return array_of_sizes(blocks, {rank == 0 ? 0 : blocks.size() / (2 * rank), 2, rank});
}

void select_elements(const SpaceID& self, nb::handle coords, Int op) {
    const nb::object array = as_contiguous(coords, "u8");
    const ArrayView view(array);
    const auto rank = static_cast<std::uint64_t>(h5s::rank(self.id()));
    if (view.ndim() != 2 || view.shape()[1] != rank) {
        throw nb::value_error(
            ("Coordinate array must have shape (<npoints>, " + std::to_string(rank) + ")").c_str());
    }
    h5s::select_elements(self.id(),
                         static_cast<h5s::Operation>(int{op}),
                         {static_cast<const std::uint64_t*>(view.data()), view.size()});
}

void select_hyperslab(const SpaceID& self,
                      nb::handle start,
                      nb::handle count,
                      nb::handle stride,
                      nb::handle block,
                      Int op) {
    const Shape first = shape_of_rank(self, start, "start");
    const Shape counts = shape_of_rank(self, count, "count");
    const Shape strides = stride.is_none() ? Shape{} : shape_of_rank(self, stride, "stride");
    const Shape blocks = block.is_none() ? Shape{} : shape_of_rank(self, block, "block");
    h5s::select_hyperslab(self.id(),
                          static_cast<h5s::Operation>(int{op}),
                          first.data(),
                          stride.is_none() ? nullptr : strides.data(),
                          counts.data(),
                          block.is_none() ? nullptr : blocks.data());
}

nb::tuple regular_hyperslab(const SpaceID& self) {
    const h5s::Hyperslab slab = h5s::regular_hyperslab(self.id());
    return nb::make_tuple(tuple_from_shape(slab.start),
                          tuple_from_shape(slab.stride),
                          tuple_from_shape(slab.count),
                          tuple_from_shape(slab.block));
}

void bind_constants(nb::module_& m) {
    const auto value = [&](const char* name, auto code) { m.attr(name) = static_cast<int>(code); };
    value("NO_CLASS", h5s::ExtentClass::no_class);
    value("SCALAR", h5s::ExtentClass::scalar);
    value("SIMPLE", h5s::ExtentClass::simple);
    value("NULL", h5s::ExtentClass::null);
    value("SELECT_NOOP", h5s::Operation::noop);
    value("SELECT_SET", h5s::Operation::set);
    value("SELECT_OR", h5s::Operation::or_);
    value("SELECT_AND", h5s::Operation::and_);
    value("SELECT_XOR", h5s::Operation::xor_);
    value("SELECT_NOTB", h5s::Operation::not_b);
    value("SELECT_NOTA", h5s::Operation::not_a);
    value("SELECT_APPEND", h5s::Operation::append);
    value("SELECT_PREPEND", h5s::Operation::prepend);
    value("SELECT_INVALID", h5s::Operation::invalid);
    value("SEL_ERROR", h5s::SelectionType::error);
    value("SEL_NONE", h5s::SelectionType::none);
    value("SEL_POINTS", h5s::SelectionType::points);
    value("SEL_HYPERSLABS", h5s::SelectionType::hyperslabs);
    value("SEL_ALL", h5s::SelectionType::all);
    m.attr("UNLIMITED") = kUnlimited;
    m.attr("ALL") = locked_id<SpaceID>(hdf5::kAll);
}

using SpaceClass = nb::class_<SpaceID, ObjectID>;

// The dataspace as a whole.
void bind_space(SpaceClass& c) {
    c.def_prop_ro(
         "shape",
         [](const SpaceID& self) { return extent_dims(self, false); },
         "The dimensions in elements: () for a scalar, None for a null dataspace.")
        .def(
            "copy",
            [](const SpaceID& self) { return SpaceID(h5s::copy(self.id())); },
            "A copy of the dataspace, selection included. Source: H5Scopy.")
        .def("encode", &encode, "The dataspace as bytes. Source: H5Sencode2.")
        .def("__reduce__",
             [](nb::handle self) { return reduced(self, encode(nb::cast<const SpaceID&>(self))); })
        .def(
            "__setstate__",
            [](nb::handle self, const ByteString& state) {
                nb::cast<SpaceID&>(self).handle = std::move(decode(state).handle);
            },
            nb::arg("state"))
        .def(
            "is_simple",
            [](const SpaceID& self) { return h5s::is_simple(self.id()); },
            "Whether the dataspace is scalar or simple. Source: H5Sis_simple.")
        .def("offset_simple",
             &offset_simple,
             nb::arg("offset") = nb::none(),
             "Move the selection; None takes the offset away. Source: H5Soffset_simple.");
}

// The extent.
void bind_extent(SpaceClass& c) {
    c.def(
         "get_simple_extent_ndims",
         [](const SpaceID& self) { return h5s::rank(self.id()); },
         "The rank. Source: H5Sget_simple_extent_ndims.")
        .def(
            "get_simple_extent_dims",
            [](const SpaceID& self, Int maxdims) { return extent_dims(self, int{maxdims} != 0); },
            nb::arg("maxdims") = 0,
            "The dimensions or, with maxdims, the maximum dimensions, in elements. Source: "
            "H5Sget_simple_extent_dims.")
        .def(
            "get_simple_extent_npoints",
            [](const SpaceID& self) { return h5s::element_count(self.id()); },
            "The number of elements in the extent. Source: H5Sget_simple_extent_npoints.")
        .def(
            "get_simple_extent_type",
            [](const SpaceID& self) { return static_cast<int>(h5s::extent_class(self.id())); },
            "The kind of dataspace: SCALAR, SIMPLE or NULL. Source: H5Sget_simple_extent_type.")
        .def(
            "extent_copy",
            [](const SpaceID& self, const SpaceID& source) {
                h5s::copy_extent(self.id(), source.id());
            },
            nb::arg("source"),
            "Take over another dataspace's extent. Source: H5Sextent_copy.")
        .def(
            "set_extent_simple",
            [](const SpaceID& self, nb::handle dims_tpl, nb::handle max_dims_tpl) {
                h5s::set_extent_simple(self.id(),
                                       shape_from_tuple(dims_tpl, "dims_tpl"),
                                       optional_shape(max_dims_tpl, "max_dims_tpl"));
            },
            nb::arg("dims_tpl").none(),
            nb::arg("max_dims_tpl") = nb::none(),
            "Set the dimensions. Source: H5Sset_extent_simple.")
        .def(
            "set_extent_none",
            [](const SpaceID& self) { h5s::set_extent_none(self.id()); },
            "Take the extent away. Source: H5Sset_extent_none.");
}

// Binds the functions for selections of any kind.
void bind_selection(SpaceClass& c) {
    c.def(
         "get_select_type",
         [](const SpaceID& self) { return static_cast<int>(h5s::selection_type(self.id())); },
         "The kind of selection: SEL_NONE, SEL_ALL, SEL_POINTS or SEL_HYPERSLABS. Source: "
         "H5Sget_select_type.")
        .def(
            "get_select_npoints",
            [](const SpaceID& self) { return h5s::selected_count(self.id()); },
            "The number of elements selected. Source: H5Sget_select_npoints.")
        .def("get_select_bounds",
             &select_bounds,
             "The first and the last selected position along each axis, or None for no selection. "
             "Source: H5Sget_select_bounds.")
        .def(
            "select_shape_same",
            [](const SpaceID& self, const SpaceID& space2) {
                return h5s::same_selection_shape(self.id(), space2.id());
            },
            nb::arg("space2"),
            "Whether two selections have one shape. Source: H5Sselect_shape_same.")
        .def(
            "select_all",
            [](const SpaceID& self) { h5s::select_all(self.id()); },
            "Select everything. Source: H5Sselect_all.")
        .def(
            "select_copy",
            [](const SpaceID& self, const SpaceID* src_id) {
                h5s::copy_selection(self.id(), id_of(src_id));
            },
            nb::arg("src_id").none(),
            "Take over another dataspace's selection. Source: H5Sselect_copy.")
        .def(
            "select_none",
            [](const SpaceID& self) { h5s::select_none(self.id()); },
            "Select nothing. Source: H5Sselect_none.")
        .def(
            "select_valid",
            [](const SpaceID& self) { return h5s::selection_valid(self.id()); },
            "Whether the selection lies inside the extent. Source: H5Sselect_valid.");
}

// Points.
void bind_points(SpaceClass& c) {
    c.def(
         "get_select_elem_npoints",
         [](const SpaceID& self) { return h5s::selected_point_count(self.id()); },
         "The number of points of a point selection. Source: H5Sget_select_elem_npoints.")
        .def("get_select_elem_pointlist",
             &point_list,
             "The points of a point selection, as a uint64 array of shape (points, rank). Source: "
             "H5Sget_select_elem_pointlist.")
        .def("select_elements",
             &select_elements,
             nb::arg("coords"),
             nb::arg("op") = 0,
             "Select points, an array-like of shape (points, rank). Source: H5Sselect_elements.");
}

// Blocks.
void bind_hyperslabs(SpaceClass& c) {
    c.def(
         "get_select_hyper_nblocks",
         [](const SpaceID& self) { return h5s::selected_block_count(self.id()); },
         "The number of blocks of a hyperslab selection. Source: H5Sget_select_hyper_nblocks.")
        .def("get_select_hyper_blocklist",
             &block_list,
             "The corners of the selected blocks, as a uint64 array of shape (blocks, 2, rank). "
             "Source: H5Sget_select_hyper_blocklist.")
        .def("select_hyperslab",
             &select_hyperslab,
             nb::arg("start").none(),
             nb::arg("count").none(),
             nb::arg("stride") = nb::none(),
             nb::arg("block") = nb::none(),
             nb::arg("op") = 0,
             "Select a regular pattern of blocks. Source: H5Sselect_hyperslab.")
        .def(
            "combine_select",
            [](const SpaceID& self, const SpaceID* space2, Int op) {
                return SpaceID(h5s::combine_selections(
                    self.id(), static_cast<h5s::Operation>(int{op}), id_of(space2)));
            },
            nb::arg("space2").none(),
            nb::arg("op") = 1,
            "A new dataspace with both selections combined. Source: H5Scombine_select.")
        .def(
            "modify_select",
            [](const SpaceID& self, const SpaceID* space2, Int op) {
                h5s::modify_selection(
                    self.id(), static_cast<h5s::Operation>(int{op}), id_of(space2));
            },
            nb::arg("space2").none(),
            nb::arg("op") = 1,
            "Combine another selection into this one. Source: H5Smodify_select.")
        .def(
            "is_regular_hyperslab",
            [](const SpaceID& self) { return h5s::is_regular_hyperslab(self.id()); },
            "Whether one start, stride, count and block describe the selection. "
            "Source: H5Sis_regular_hyperslab.")
        .def("get_regular_hyperslab",
             &regular_hyperslab,
             "The tuples (start, stride, count, block) that describe a regular selection, in "
             "elements. Source: H5Sget_regular_hyperslab.");
}

void bind_space_id(nb::module_& m) {
    SpaceClass c(
        m, "SpaceID", identifier_slots<SpaceID>(), "A dataspace: an extent and a selection in it.");
    bind_space(c);
    bind_extent(c);
    bind_selection(c);
    bind_points(c);
    bind_hyperslabs(c);
}

}  // namespace

void bind_h5s(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5s");
    bind_space_id(m);
    bind_constants(m);
    m.def(
        "create",
        [](Int class_code) {
            return SpaceID(h5s::create(static_cast<h5s::ExtentClass>(int{class_code})));
        },
        nb::arg("class_code"),
        "Create a dataspace: SCALAR, SIMPLE or NULL. Source: H5Screate.");
    m.def("create_simple",
          &create_simple,
          nb::arg("dims_tpl").none(),
          nb::arg("max_dims_tpl") = nb::none(),
          "Create a simple dataspace of the given dimensions, in elements. UNLIMITED in "
          "max_dims_tpl means without limit. Source: H5Screate_simple.");
    m.def("decode",
          &decode,
          nb::arg("buf"),
          "The dataspace that bytes of encode() describe. Source: H5Sdecode.");
}

}  // namespace hyperslab::python
