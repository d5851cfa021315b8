// The functions behind `_hl.selections` and `_selector`.

#include "elements/dataset_read.hpp"
#include "elements/index_arguments.hpp"
#include "elements/region.hpp"
#include "engine/library/select.hpp"
#include "hdf5/api/h5s.hpp"
#include "hyperslab/error.hpp"
#include "ids/space_id.hpp"
#include "selection/broadcast.hpp"
#include "support/bindings.hpp"
#include "support/shapes.hpp"

namespace hyperslab::python {
namespace {

namespace h5s = hdf5::h5s;

std::string selections_module;

const char* kind_name(SelectionKind kind) {
    switch (kind) {
        case SelectionKind::points:
        case SelectionKind::none:
            return "points";
        case SelectionKind::list:
            return "list";
        default:
            return "hyperslab";
    }
}

nb::tuple tuple_of(std::span<const std::uint64_t> values) {
    return tuple_from_shape(Shape(values.begin(), values.end()));
}

/// (start, number of elements, step, whether indexed by an integer), an entry an axis.
nb::tuple hyperslab_tuple(const Selection& selection) {
    nb::list scalar;
    for (std::size_t d = 0; d < selection.rank(); ++d) {
        scalar.append(nb::bool_(selection.is_scalar(d)));
    }
    return nb::make_tuple(tuple_of(selection.start()),
                          tuple_from_shape(selection.memory_shape()),
                          tuple_of(selection.stride()),
                          nb::tuple(scalar));
}

// The selection that a tuple (start, count, step, scalar) describes. A scalar axis is indexed by
// its one position.
Selection selection_from_tuple(nb::handle shape, nb::handle hyperslab) {
    const Shape extent = shape_from_tuple(shape, "shape");
    const Shape start = shape_from_tuple(nb::object(hyperslab[0]), "start");
    const Shape count = shape_from_tuple(nb::object(hyperslab[1]), "count");
    const Shape step = shape_from_tuple(nb::object(hyperslab[2]), "step");
    IndexExpression expression;
    for (std::size_t d = 0; d < extent.size(); ++d) {
        const auto first = static_cast<std::int64_t>(start[d]);
        if (truth_of(nb::object(hyperslab[3])[d])) {
            expression.push_back(At{first});
            continue;
        }
        const auto stride = static_cast<std::int64_t>(step[d]);
        const auto n = static_cast<std::int64_t>(count[d]);
        expression.push_back(Slice{first, n == 0 ? first : first + (n - 1) * stride + 1, stride});
    }
    return resolve(expression, extent);
}

nb::tuple expand_shape(nb::handle shape, nb::handle hyperslab, nb::handle source) {
    return tuple_from_shape(selection::expand_shape(selection_from_tuple(shape, hyperslab),
                                                    shape_from_tuple(source, "source_shape")));
}

nb::list tiles(nb::handle shape, nb::handle hyperslab, nb::handle source, const SpaceID& space) {
    const Selection selection = selection_from_tuple(shape, hyperslab);
    const Shape expanded =
        selection::expand_shape(selection, shape_from_tuple(source, "source_shape"));
    nb::list spaces;
    selection::for_each_tile(selection, expanded, [&](const Selection& part) {
        hdf5::Handle copy = h5s::copy(space.id());
        engine::apply_selection(part, copy.id());
        spaces.append(SpaceID(std::move(copy)));
    });
    return spaces;
}

nb::tuple multi_block_indices(std::uint64_t start,
                              std::uint64_t stride,
                              std::optional<std::uint64_t> count,
                              std::uint64_t block,
                              std::uint64_t length) {
    IndexExpression expression;
    expression.push_back(MultiBlock{start, stride, count, block});
    const Selection selection = resolve(expression, Shape{length});
    return nb::make_tuple(
        selection.start()[0], selection.stride()[0], selection.count()[0], selection.block()[0]);
}

/// `_selector.Reader`: reads a dataset by index expressions.
struct Reader {
    nb::object dataset;
};

/// `_selector.Selector`: selects in a dataspace by index expressions.
struct Selector {
    nb::object space;
};

nb::object make_selection(const Selector& self, const nb::tuple& args) {
    const IndexArguments arguments = parse_selection(args);
    const Shape extent = h5s::dims(nb::cast<const SpaceID&>(self.space).id());
    const nb::module_ selections = nb::module_::import_(selections_module.c_str());
    return selections.attr("make")(resolve_index(arguments, extent), self.space);
}

void bind_selection_classes(nb::module_& m) {
    nb::class_<Selection>(m, "Resolved")
        .def_prop_ro("kind", [](const Selection& self) { return kind_name(self.kind()); })
        .def_prop_ro("memory_shape",
                     [](const Selection& self) { return tuple_from_shape(self.memory_shape()); })
        .def_prop_ro("result_shape",
                     [](const Selection& self) { return tuple_from_shape(self.result_shape()); })
        .def_prop_ro("hyperslab", &hyperslab_tuple)
        .def(
            "apply",
            [](const Selection& self, const SpaceID& space) {
                if (h5s::dims(space.id()).size() != self.rank()) {
                    throw Error(ErrorCode::invalid_argument,
                                "A selection of " + std::to_string(self.rank()) +
                                    " dimensions was given for a dataspace of " +
                                    std::to_string(h5s::rank(space.id())));
                }
                engine::apply_selection(self, space.id());
            },
            nb::arg("space"));
    nb::class_<Reader>(m, "Reader", "Reads from a `DatasetID`: ``reader.read((0, slice(3)))``.")
        .def(
            "__init__",
            [](Reader* self, const nb::object& dsid) { new (self) Reader{dsid}; },
            nb::arg("dsid"))
        .def(
            "read",
            [](const Reader& self, const nb::tuple& args) {
                return read_dataset_id(nb::cast<DatasetID&>(self.dataset), args, nb::none());
            },
            nb::arg("args"),
            "What the dataset gives for these arguments.");
    nb::class_<Selector>(m, "Selector", "Selects in a dataspace by index expressions.")
        .def(
            "__init__",
            [](Selector* self, const SpaceID& space) { new (self) Selector{nb::find(space)}; },
            nb::arg("space"))
        .def("make_selection",
             &make_selection,
             nb::arg("args"),
             "Select `args`, a tuple, in the dataspace; returns a high-level selection.");
}

void bind_selection_functions(nb::module_& m) {
    m.def(
        "resolve",
        [](nb::handle shape, nb::handle args) {
            const IndexArguments arguments = parse_selection(args);
            return resolve_index(arguments, shape_from_tuple(shape, "shape"));
        },
        nb::arg("shape"),
        nb::arg("args"));
    m.def("expand_shape",
          &expand_shape,
          nb::arg("shape"),
          nb::arg("hyperslab"),
          nb::arg("source_shape"));
    m.def("tiles",
          &tiles,
          nb::arg("shape"),
          nb::arg("hyperslab"),
          nb::arg("source_shape"),
          nb::arg("space"));
    m.def("multi_block_indices",
          &multi_block_indices,
          nb::arg("start"),
          nb::arg("stride"),
          nb::arg("count").none(),
          nb::arg("block"),
          nb::arg("length"));
    m.def(
        "guess_shape",
        [](const SpaceID& space) -> nb::object {
            const std::optional<Shape> shape = guess_shape(space.id());
            return shape ? nb::object(tuple_from_shape(*shape)) : nb::none();
        },
        nb::arg("space"));
}

}  // namespace

void bind_selections(nb::module_& core) {
    nb::module_ m = core.def_submodule("selections");
    selections_module =
        nb::cast<std::string>(core.attr("__name__").attr("rpartition")(".")[0]) + "._hl.selections";
    bind_selection_classes(m);
    bind_selection_functions(m);
}

}  // namespace hyperslab::python
