#include "elements/dataset_write.hpp"

#include <optional>
#include <vector>

#include "dtypes/element_buffer.hpp"
#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "elements/blocks.hpp"
#include "elements/index_arguments.hpp"
#include "elements/region.hpp"
#include "elements/selected_spaces.hpp"
#include "elements/taking_part.hpp"
#include "elements/transfer.hpp"
#include "elements/written_value.hpp"
#include "engine/append.hpp"
#include "engine/engine.hpp"
#include "engine/facts/progress.hpp"
#include "engine/parallel/transfers.hpp"
#include "engine/spread.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/changes/extent_changes.hpp"
#include "ids/python_classes.hpp"
#include "ids/space_id.hpp"
#include "selection/broadcast.hpp"
#include "support/integer_argument.hpp"
#include "support/kept_array.hpp"
#include "support/steps.hpp"

namespace hyperslab::python {
namespace {

// The bytes of an element as it is handed to libhdf5.
std::size_t element_size(const MemoryLayout& layout) {
    return layout.direct() ? layout.numpy_size() : layout.c_size();
}

// Found out before anything is converted.
void require_fitting(DatasetID& dataset, const Shape& shape, const Selection& selection) {
    if (shape == selection.result_shape()) {
        return;
    }
    if (!shape.empty()) {
        selection::expand_shape(selection, shape);
    } else if (!nb::object(dataset.dtype().attr("subdtype")).is_none()) {
        throw nb::type_error("Scalar broadcasting is not supported for array dtypes");
    }
}

/// A value on its way into a dataset: converted once, however often its place is looked for.
class Outgoing {
public:
    explicit Outgoing(const WrittenValue& value) : value_(value) {}

    void write_to(DatasetID& dataset, const Selection& selection) {
        require_fitting(dataset, value_.shape, selection);
        if (selection.element_count() == 0 &&
            !engine::is_collective(dataset.open(), dataset.dxpl())) {
            return;
        }
        if (!elements_) {
            elements_.emplace(
                value_.layout, element_count(value_.shape), ArrayView(value_.array).data());
        }
        let_go_of_kept_arrays();
        in_one_step([&] {
            engine::Request request{
                dataset.open(), selection, value_.layout.type(), dataset.dxpl()};
            keep_if_direct(request, value_.layout, value_.array);
            engine::write_spread(
                request, value_.shape, elements_->data(), element_size(value_.layout));
        });
    }

private:
    const WrittenValue& value_;
    std::optional<OutgoingElements> elements_{};
};

// Writes to what a dataspace selects. The value has as many elements, in any shape.
void write_space(DatasetID& dataset,
                 const WrittenValue& value,
                 hdf5::Id space,
                 std::optional<std::uint64_t> extent_changes = {}) {
    const std::uint64_t count = element_count(value.shape);
    if (count != static_cast<std::uint64_t>(hdf5::h5s::selected_count(space))) {
        throw nb::type_error("Broadcasting is not supported for point-wise selections");
    }
    const hdf5::Handle memory = hdf5::h5s::create_simple({count});
    write_elements(dataset.id(),
                   value.layout,
                   {memory.id(), space, dataset.dxpl(), extent_changes},
                   ArrayView(value.array).data());
}

void write_region(DatasetID& dataset, const WrittenValue& value, nb::handle reference) {
    const std::uint64_t extent_changes = hdf5::extent_changes();
    write_space(dataset, value, region_in(dataset, reference).id(), extent_changes);
}

}  // namespace

void write_rows(DatasetID& dataset, std::uint64_t first, nb::handle rows) {
    const WrittenValue written = make_written_value(dataset, {}, rows);
    Outgoing outgoing(written);
    despite_resizing([&] {
        const Shape extent = dataset.open().extent()->dims;
        outgoing.write_to(dataset, engine::selection_along(extent, 0, first, written.shape));
    });
}

void append_to_dataset(DatasetID& dataset, nb::handle values, nb::handle axis) {
    if (is_block_iterator(values)) {
        engine::ProgressReport report(engine::ProgressKind::writing, std::nullopt);
        for_each_block(values, [&](nb::handle block) { append_to_dataset(dataset, block, axis); });
        report.finish();
        return;
    }
    hdf5::h5i::require_open(dataset.id());
    const std::shared_ptr<const engine::Extent> extent = dataset.open().extent();
    if (dataset.open().layout() != hdf5::h5d::Layout::chunked || extent->is_null()) {
        throw nb::type_error("Only chunked datasets can be appended to");
    }
    const std::size_t index = axis_argument(axis, extent->dims.size());
    const WrittenValue written = make_written_value(dataset, {}, values);
    const Shape shape = engine::with_axis(written.shape, extent->dims.size(), index);
    // A value that cannot be converted is found before the dataset grows.
    const OutgoingElements elements(
        written.layout, element_count(shape), ArrayView(written.array).data());
    in_one_step([&] {
        const auto place = static_cast<unsigned>(index);
        hdf5::h5d::require_appendable(dataset.open().extent()->dims, place, shape);
        engine::append(dataset.open(),
                       {index, shape, written.layout.type(), elements.data(), dataset.dxpl()});
    });
}

namespace {

void write_opened(DatasetID& opened, nb::handle args, nb::handle value) {
    const IndexArguments arguments = parse_index(args);
    if (opened.open().extent()->is_null()) {
        throw nb::type_error("Empty datasets cannot be written to");
    }
    const WrittenValue written = make_written_value(opened, arguments.names, value);
    if (const auto* const region = arguments.get_if<RegionIndex>()) {
        despite_resizing([&] { write_region(opened, written, region->reference); });
        return;
    }
    if (const auto* const given = arguments.get_if<SelectionIndex>()) {
        const nb::object space(
            given->selection.attr("id"));  // it may be a temporary, so it is kept
        write_space(opened, written, nb::cast<const SpaceID&>(space).id());
        return;
    }
    Outgoing outgoing(written);
    despite_resizing(
        [&] { outgoing.write_to(opened, resolve_index(arguments, opened.open().extent()->dims)); });
}

}  // namespace

void write_dataset(nb::handle dataset, nb::handle args, nb::handle value) {
    const nb::object id = low_level(dataset);
    auto& opened = nb::cast<DatasetID&>(id);
    taking_part(opened, engine::Direction::write, [&] { write_opened(opened, args, value); });
}

namespace {

// Each time with the extent of then.
void write_from(DatasetID& dataset,
                nb::handle array,
                const SelectedSpace& from,
                const MemoryLayout& layout,
                nb::handle dest_sel) {
    const std::uint64_t extent_changes = hdf5::extent_changes();
    const SelectedSpace to(dest_sel, dataset.open().extent()->dims);
    const std::vector<hdf5::Handle> places = to.parts(from.array_shape());
    write_elements_to(ids_of(places),
                      {dataset.id(),
                       &layout,
                       {from.id(), hdf5::kAll, dataset.dxpl(), extent_changes},
                       ArrayView(array).data()});
}

// A whole array in place of the whole dataset is any write; selections in memory are libhdf5's.
bool write_whole(DatasetID& dataset, nb::handle array, const MemoryLayout& layout) {
    const Shape dims = dataset.open().extent()->dims;
    const ArrayView view(array);
    if (!layout.direct() || view.shape() != dims || element_count(dims) == 0) {
        return false;
    }
    let_go_of_kept_arrays();
    in_one_step([&] {
        const Selection all = Selection::all(dims);
        engine::Request request{dataset.open(), all, layout.type(), dataset.dxpl()};
        keep_if_direct(request, layout, array);
        engine::write(request, view.data());
    });
    return true;
}

void write_direct_now(DatasetID& dataset,
                      nb::handle source,
                      nb::handle source_sel,
                      nb::handle dest_sel) {
    if (dataset.open().extent()->is_null()) {
        throw nb::type_error("Empty datasets cannot be written to");
    }
    const bool texts = dtype_kind(source.attr("dtype")) == 'T';
    const nb::object array = texts ? source.attr("astype")("O") : nb::borrow(source);
    const SelectedSpace from(source_sel, ArrayView(array).shape());
    const MemoryLayout layout =
        texts ? MemoryLayout::of_text() : MemoryLayout(array.attr("dtype"), dataset.open().type());
    require_readable(array, from.id(), layout.numpy_size());
    despite_resizing([&] {
        const bool whole = source_sel.is_none() && dest_sel.is_none();
        if (!whole || !write_whole(dataset, array, layout)) {
            write_from(dataset, array, from, layout, dest_sel);
        }
    });
}

}  // namespace

void write_direct(DatasetID& dataset,
                  nb::handle source,
                  nb::handle source_sel,
                  nb::handle dest_sel) {
    taking_part(dataset, engine::Direction::write, [&] {
        write_direct_now(dataset, source, source_sel, dest_sel);
    });
}

}  // namespace hyperslab::python
