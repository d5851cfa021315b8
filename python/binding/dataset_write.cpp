#include "dataset_write.hpp"

#include <algorithm>
#include <ranges>

#include "element_buffer.hpp"
#include "engine/engine.hpp"
#include "hdf5/h5d.hpp"
#include "hdf5/h5i.hpp"
#include "hdf5/h5s.hpp"
#include "high_level.hpp"
#include "index_arguments.hpp"
#include "integer_argument.hpp"
#include "numpy_api.hpp"
#include "numpy_dtype.hpp"
#include "region.hpp"
#include "selected_spaces.hpp"
#include "selection/broadcast.hpp"
#include "space_id.hpp"
#include "transfer.hpp"
#include "written_value.hpp"

namespace hyperslab::python {
namespace {

// A scalar is written to a selection as blocks of copies, this large at most.
constexpr std::uint64_t kFillBytes = 8U << 20;

// The shape of the block: as many of the last dimensions as stay within the limit.
Shape fill_shape(const Shape& shape, std::size_t element_size) {
    Shape block;
    std::uint64_t bytes = std::max<std::size_t>(element_size, 1);
    for (const std::uint64_t n : std::views::reverse(shape)) {
        bytes *= std::max<std::uint64_t>(n, 1);
        if (bytes > kFillBytes && !block.empty()) {
            break;
        }
        block.insert(block.begin(), n);
    }
    return block;
}

void spread_scalar(DatasetID& dataset, WrittenValue& value, const Selection& selection) {
    if (!nb::object(dataset.dtype().attr("subdtype")).is_none()) {
        throw nb::type_error("Scalar broadcasting is not supported for array dtypes");
    }
    const Shape shape = selection.result_shape();
    const bool by_blocks =
        selection.kind() == SelectionKind::hyperslab || selection.kind() == SelectionKind::all;
    const Shape block = by_blocks ? fill_shape(shape, value.layout.numpy_size()) : shape;
    // The dimensions of an array field belong to the element.
    const Shape element = ArrayView(value.array).shape();
    Shape filled_shape = block;
    filled_shape.insert(filled_shape.end(), element.begin(), element.end());
    nb::object filled = empty_array(filled_shape, nb::object(value.array.attr("dtype")));
    filled[nb::ellipsis()] = value.array;
    value.array = std::move(filled);
    value.shape = block;
}

void write_parts(DatasetID& dataset, const WrittenValue& value, const Selection& selection) {
    const Shape expanded = selection::expand_shape(selection, value.shape);
    if (selection.element_count() == 0) {
        return;
    }
    const void* const data = ArrayView(value.array).data();
    selection::for_each_tile(selection, expanded, [&](const Selection& part) {
        write_selection(dataset.open(), value.layout, part, dataset.dxpl(), data);
    });
}

// What a dataspace selects; takes as many elements, in any shape.
void write_space(DatasetID& dataset, const WrittenValue& value, hdf5::Id space) {
    const std::uint64_t count = element_count(value.shape);
    if (count != static_cast<std::uint64_t>(hdf5::h5s::selected_count(space))) {
        throw nb::type_error("Broadcasting is not supported for point-wise selections");
    }
    const hdf5::Handle memory = hdf5::h5s::create_simple({count});
    write_elements(dataset.id(),
                   value.layout,
                   {memory.id(), space, dataset.dxpl()},
                   ArrayView(value.array).data());
}

// The shape of what is appended; one row may come without its axis.
Shape appended_shape(const WrittenValue& value, std::size_t rank, std::size_t axis) {
    Shape shape = value.shape;
    if (shape.size() + 1 == rank) {
        shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), 1);
    }
    return shape;
}

// What was appended at that place, in the dataset as it must be at least now.
Selection appended_selection(Shape extent,
                             const Shape& shape,
                             std::size_t axis,
                             std::uint64_t first) {
    Shape start(shape.size(), 0);
    start[axis] = first;
    extent[axis] = first + shape[axis];
    const Shape ones(shape.size(), 1);
    return Selection::hyperslab(extent, start, ones, shape, ones);
}

}  // namespace

void append_to_dataset(DatasetID& dataset, nb::handle values, nb::handle axis) {
    hdf5::h5i::require_open(dataset.id());
    const std::shared_ptr<const engine::Extent> extent = dataset.open().extent();
    if (dataset.open().layout() != hdf5::h5d::Layout::chunked || extent->is_null()) {
        throw nb::type_error("Only chunked datasets can be appended to");
    }
    const std::size_t index = axis_argument(axis, extent->dims.size());
    const WrittenValue written = make_written_value(dataset, {}, values);
    const Shape shape = appended_shape(written, extent->dims.size(), index);
    // Whatever cannot be converted is found before the dataset grows.
    const OutgoingElements elements(
        written.layout, element_count(shape), ArrayView(written.array).data());
    without_gil([&] {
        const std::uint64_t first =
            hdf5::h5d::grow(dataset.id(), static_cast<unsigned>(index), shape);
        if (element_count(shape) != 0) {
            const Selection selection = appended_selection(extent->dims, shape, index, first);
            engine::write({dataset.open(), selection, written.layout.type(), dataset.dxpl()},
                          elements.data());
        }
    });
}

void write_dataset(nb::handle dataset, nb::handle args, nb::handle value) {
    const nb::object id = low_level(dataset);
    auto& opened = nb::cast<DatasetID&>(id);
    const IndexArguments arguments = parse_index(args);
    const std::shared_ptr<const engine::Extent> extent = opened.open().extent();
    if (extent->is_null()) {
        throw nb::type_error("Empty datasets cannot be written to");
    }
    WrittenValue written = make_written_value(opened, arguments.names, value);
    if (arguments.region.is_valid()) {
        write_space(opened, written, region_in(opened, arguments.region).id());
        return;
    }
    if (arguments.selection.is_valid()) {
        write_space(opened, written, nb::cast<const SpaceID&>(arguments.selection.attr("id")).id());
        return;
    }
    const Selection selection = resolve_index(arguments, extent->dims);
    if (written.shape.empty() && !selection.result_shape().empty()) {
        spread_scalar(opened, written, selection);
    }
    write_parts(opened, written, selection);
}

void write_whole(DatasetID& dataset, nb::handle array) {
    const nb::object dtype = array.attr("dtype");
    if (dtype_kind(dtype) == 'T') {
        const nb::object texts = array.attr("astype")("O");
        write_elements(dataset.id(), MemoryLayout::of_text(), {}, ArrayView(texts).data());
        return;
    }
    const MemoryLayout layout(dtype, dataset.open().type());
    write_elements(dataset.id(), layout, {}, ArrayView(array).data());
}

void write_direct(DatasetID& dataset,
                  nb::handle source,
                  nb::handle source_sel,
                  nb::handle dest_sel) {
    const std::shared_ptr<const engine::Extent> extent = dataset.open().extent();
    if (extent->is_null()) {
        throw nb::type_error("Empty datasets cannot be written to");
    }
    const bool texts = dtype_kind(source.attr("dtype")) == 'T';
    const nb::object array = texts ? source.attr("astype")("O") : nb::borrow(source);
    const SelectedSpace from(source_sel, ArrayView(array).shape());
    const SelectedSpace to(dest_sel, extent->dims);
    const MemoryLayout layout =
        texts ? MemoryLayout::of_text() : MemoryLayout(array.attr("dtype"), dataset.open().type());
    require_readable(array, from.id(), layout.numpy_size());
    to.for_each_part(from.array_shape(), [&](hdf5::Id file) {
        write_elements(
            dataset.id(), layout, {from.id(), file, dataset.dxpl()}, ArrayView(array).data());
    });
}

}  // namespace hyperslab::python
