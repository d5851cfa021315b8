// Reading into arrays that exist, reading whole datasets, and reading text.

#include <cstring>

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "elements/dataset_read.hpp"
#include "elements/index_arguments.hpp"
#include "elements/selected_spaces.hpp"
#include "elements/taking_part.hpp"
#include "elements/transfer.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/changes/extent_changes.hpp"
#include "ids/python_classes.hpp"
#include "ids/space_id.hpp"
#include "support/steps.hpp"

namespace hyperslab::python {
namespace {

// NumPy's view of a fixed-length string ends before the trailing zeros.
nb::object fixed_texts(nb::handle array, const std::string& encoding, const std::string& errors) {
    const nb::object packed = numpy().module.attr("ascontiguousarray")(array);
    const ArrayView view(packed);
    const nb::object texts = empty_array(ArrayView(array).shape(), numpy().dtype("O"));
    const auto* const from = static_cast<const char*>(view.data());
    auto** const to = static_cast<PyObject**>(ArrayView(texts).data());
    for (std::size_t i = 0; i < view.size(); ++i) {
        const char* const text = from + i * view.itemsize();
        std::size_t length = view.itemsize();
        while (length > 0 && text[length - 1] == '\0') {
            --length;
        }
        PyObject* const decoded = PyUnicode_Decode(
            text, static_cast<Py_ssize_t>(length), encoding.c_str(), errors.c_str());
        if (decoded == nullptr) {
            throw nb::python_error();
        }
        Py_XDECREF(std::exchange(to[i], decoded));
    }
    return texts;
}

// Variable-length strings become text on their way; anything unusual goes through bytes.
nb::object variable_texts(DatasetID& dataset,
                          nb::handle args,
                          const IndexArguments& arguments,
                          const std::string& encoding,
                          const std::string& errors) {
    const std::shared_ptr<const engine::Extent> extent = dataset.open().extent();
    if (extent->is_null() || arguments.is<RegionIndex>() || arguments.is<SelectionIndex>() ||
        (extent->is_scalar() && !arguments.is<NoIndex>() && !arguments.is<OnlyEllipsis>())) {
        return read_dataset_id(dataset, args, nb::none());
    }
    const Selection selection =
        extent->is_scalar() ? Selection() : resolve_index(arguments, extent->dims);
    const Shape shape = selection.result_shape();
    nb::object array = zeros_array(shape, numpy().dtype("O"));
    const TextDecoding text{encoding, errors};
    if (selection.element_count() != 0) {
        read_selection(dataset.open(),
                       dataset.layout(),
                       selection,
                       dataset.dxpl(),
                       ArrayView(array).data(),
                       &text);
    }
    return shape.empty() && !arguments.is<OnlyEllipsis>() ? nb::object(array[nb::make_tuple()])
                                                          : array;
}

}  // namespace

nb::object read_text(nb::handle dataset,
                     nb::handle args,
                     const std::string& encoding,
                     const std::string& errors) {
    const nb::object id = low_level(dataset);
    auto& opened = nb::cast<DatasetID&>(id);
    const Datatype& type = opened.open().type();
    if (type.is_variable_string()) {
        const IndexArguments arguments = parse_index(args);
        return despite_resizing(
            [&] { return variable_texts(opened, args, arguments, encoding, errors); });
    }
    const nb::object bytes = dataset[args];
    if (PyBytes_Check(bytes.ptr())) {
        return bytes.attr("decode")(encoding, errors);
    }
    return is_array(bytes) ? fixed_texts(bytes, encoding, errors) : bytes;
}

namespace {

/// An array that is read into, and which of its elements.
struct Destination {
    nb::handle array;
    const SelectedSpace& selected;
    const MemoryLayout& layout;
    const TextDecoding* text;
};

// Each time with the extent of then.
void read_into(DatasetID& dataset, const Destination& to, nb::handle source_sel) {
    const std::uint64_t extent_changes = hdf5::extent_changes();
    const SelectedSpace source(source_sel, dataset.open().extent()->dims);
    const ArrayView view(to.array);
    if (view.size() != 0 && to.selected.selection().is_whole() &&
        source.array_shape() == view.shape() && to.text == nullptr) {
        require_writable(to.array, to.selected.id(), to.layout.numpy_size());
        read_selection(dataset.open(), to.layout, source.selection(), dataset.dxpl(), view.data());
        return;
    }
    const std::vector<hdf5::Handle> places = to.selected.parts(source.array_shape());
    for (const hdf5::Handle& place : places) {
        require_writable(to.array, place.id(), to.layout.numpy_size());
    }
    read_elements_to(ids_of(places),
                     {dataset.id(),
                      &to.layout,
                      {hdf5::kAll, source.id(), dataset.dxpl(), extent_changes},
                      view.data(),
                      to.text});
}

void read_direct_now(DatasetID& dataset,
                     nb::handle dest,
                     nb::handle source_sel,
                     nb::handle dest_sel) {
    if (dataset.open().extent()->is_null()) {
        throw nb::type_error("Empty datasets have no numpy representation");
    }
    const nb::object dtype = dest.attr("dtype");  // raises what h5py does for other objects
    const SelectedSpace selected(dest_sel, ArrayView(dest).shape());
    if (dtype_kind(dtype) == 'T') {
        const nb::object texts = dest.attr("astype")("O");
        const MemoryLayout layout = MemoryLayout::of_text();
        despite_resizing(
            [&] { read_into(dataset, {texts, selected, layout, &utf8_text()}, source_sel); });
        dest[nb::ellipsis()] = texts;
        return;
    }
    const MemoryLayout layout(dtype, dataset.open().type());
    despite_resizing([&] { read_into(dataset, {dest, selected, layout, nullptr}, source_sel); });
}

}  // namespace

void read_direct(DatasetID& dataset, nb::handle dest, nb::handle source_sel, nb::handle dest_sel) {
    taking_part(dataset, engine::Direction::read, [&] {
        read_direct_now(dataset, dest, source_sel, dest_sel);
    });
}

nb::object as_array(nb::handle dataset, nb::handle dtype) {
    const nb::object id = low_level(dataset);
    auto& opened = nb::cast<DatasetID&>(id);
    if (opened.open().extent()->is_null()) {
        throw nb::type_error("Empty datasets have no numpy representation");
    }
    return read_dataset_id(opened, nb::ellipsis(), dtype);
}

}  // namespace hyperslab::python
