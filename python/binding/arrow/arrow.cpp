// What Dataset.to_arrow and Arrow's PyCapsule interface call: structs of Arrow's C data interface
// in capsules. No NumPy and no pyarrow takes part.

#include "arrow/abi.hpp"
#include "arrow/export.hpp"
#include "arrow/partitions.hpp"
#include "arrow/read.hpp"
#include "elements/index_arguments.hpp"
#include "engine/despite_resizing.hpp"
#include "ids/dataset_id.hpp"
#include "ids/python_classes.hpp"
#include "support/binding.hpp"
#include "support/bindings.hpp"

namespace hyperslab::python {
namespace {

template <class Struct>
struct CapsuleName;
template <>
struct CapsuleName<ArrowSchema> {
    static constexpr const char* value = "arrow_schema";
};
template <>
struct CapsuleName<ArrowArray> {
    static constexpr const char* value = "arrow_array";
};
template <>
struct CapsuleName<ArrowArrayStream> {
    static constexpr const char* value = "arrow_array_stream";
};

// Whoever takes the struct over leaves a null `release` behind.
template <class Struct>
void destroy(PyObject* capsule) {
    auto* const held =
        static_cast<Struct*>(PyCapsule_GetPointer(capsule, CapsuleName<Struct>::value));
    if (held != nullptr) {
        arrow::release(*held);
        delete held;
    }
}

template <class Struct>
nb::object in_capsule(Struct value) {
    arrow::Owned<Struct> owned(value);
    auto held = std::make_unique<Struct>(owned.take());
    PyObject* const capsule =
        PyCapsule_New(held.get(), CapsuleName<Struct>::value, &destroy<Struct>);
    if (capsule == nullptr) {
        arrow::release(*held);
        throw nb::python_error();
    }
    held.release();
    return nb::steal(capsule);
}

std::vector<std::string> names_of(nb::handle columns) {
    if (PyUnicode_Check(columns.ptr())) {
        throw nb::type_error("columns is a list of names, not one name");
    }
    std::vector<std::string> names;
    for (const nb::handle name : nb::iter(columns)) {
        if (!PyUnicode_Check(name.ptr())) {
            throw nb::type_error("columns is a list of names of fields");
        }
        names.push_back(nb::cast<std::string>(name));
    }
    if (names.empty()) {
        throw nb::value_error("columns names no field");
    }
    return names;
}

// A name between the brackets is a column by itself, as in NumPy; a list of them is a table.
arrow::Wanted wanted_of(const IndexArguments& arguments, nb::handle columns) {
    arrow::Wanted wanted;
    if (!columns.is_none()) {
        if (!arguments.names.empty()) {
            throw nb::type_error("name the fields once: in the selection or as columns");
        }
        wanted.columns = names_of(columns);
    } else if (!arguments.names.empty()) {
        wanted.columns.emplace();
        for (const nb::object& name : arguments.names) {
            wanted.columns->push_back(nb::cast<std::string>(name));
        }
        wanted.alone = arguments.names.size() == 1;
    }
    return wanted;
}

Selection selection_of(const IndexArguments& arguments, const engine::Extent& extent) {
    if (arguments.is<RegionIndex>() || arguments.is<SelectionIndex>()) {
        throw nb::type_error(
            "Region references and selection objects cannot be read to Arrow: use slices, lists "
            "and masks");
    }
    if (extent.is_scalar()) {
        if (!arguments.is<NoIndex>() && !arguments.is<OnlyEllipsis>()) {
            throw nb::value_error("Illegal slicing argument for scalar dataspace");
        }
        return {};
    }
    return resolve_index(arguments, extent.dims);
}

DatasetID& id_of_dataset(nb::handle dataset, nb::object& keep) {
    keep = low_level(dataset);
    return nb::cast<DatasetID&>(keep);
}

nb::tuple array(nb::handle dataset, nb::handle args, nb::handle columns) {
    nb::object keep;
    DatasetID& id = id_of_dataset(dataset, keep);
    const IndexArguments arguments = parse_index(args);
    const arrow::RowType type = arrow::row_type(id.open(), wanted_of(arguments, columns));
    return engine::despite_resizing([&] {
        const Selection selection = selection_of(arguments, *id.open().extent());
        arrow::Owned<ArrowArray> rows(
            without_gil([&] { return arrow::read(id.open(), type, selection, id.dxpl()); }));
        nb::object schema = in_capsule(arrow::schema_of(type, selection.result_shape()));
        return nb::make_tuple(schema, in_capsule(rows.take()));
    });
}

nb::object schema(nb::handle dataset, nb::handle columns, bool table) {
    nb::object keep;
    DatasetID& id = id_of_dataset(dataset, keep);
    arrow::Wanted wanted = wanted_of({}, columns);
    wanted.table = table;
    const arrow::RowType type = arrow::row_type(id.open(), wanted);
    return in_capsule(arrow::schema_of(type, id.open().extent()->dims));
}

nb::object stream(nb::handle dataset,
                  nb::handle columns,
                  std::uint64_t start,
                  std::optional<std::uint64_t> stop,
                  std::optional<std::uint64_t> batch_rows) {
    nb::object keep;
    DatasetID& id = id_of_dataset(dataset, keep);
    const arrow::Wanted wanted = wanted_of({}, columns);
    engine::OpenDataset& open = id.open();
    return in_capsule(
        without_gil([&] { return arrow::stream(open, wanted, {start, stop, batch_rows}); }));
}

using Cut = std::vector<arrow::RowPart>(engine::OpenDataset&,
                                        std::uint64_t start,
                                        std::uint64_t stop,
                                        std::uint64_t size);

template <Cut* cut>
nb::list parts(nb::handle dataset, std::uint64_t start, std::uint64_t stop, std::uint64_t size) {
    nb::object keep;
    engine::OpenDataset& open = id_of_dataset(dataset, keep).open();
    nb::list made;
    for (const arrow::RowPart& part : without_gil([&] { return cut(open, start, stop, size); })) {
        made.append(nb::make_tuple(part.start, part.stop, part.stored_bytes));
    }
    return made;
}

}  // namespace

void bind_arrow(nb::module_& core) {
    nb::module_ m = core.def_submodule("arrow");
    m.def("array",
          &array,
          nb::arg("dataset").none(),
          nb::arg("args").none(),
          nb::arg("columns").none());
    m.def(
        "schema", &schema, nb::arg("dataset").none(), nb::arg("columns").none(), nb::arg("table"));
    m.def("stream",
          &stream,
          nb::arg("dataset").none(),
          nb::arg("columns").none(),
          nb::arg("start"),
          nb::arg("stop").none(),
          nb::arg("batch_rows").none());
    m.def("partition_rows",
          &parts<arrow::partition_rows>,
          nb::arg("dataset").none(),
          nb::arg("start"),
          nb::arg("stop"),
          nb::arg("bytes"));
    m.def("parts_of_rows",
          &parts<arrow::parts_of_rows>,
          nb::arg("dataset").none(),
          nb::arg("start"),
          nb::arg("stop"),
          nb::arg("parts"));
}

}  // namespace hyperslab::python
