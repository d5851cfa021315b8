// Writing: what the caller has becomes elements as libhdf5 wants them, and these are spread over
// the selection by NumPy's rules. The caller's conversions come before the library lock is taken.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/engine.hpp"
#include "engine/facts/progress.hpp"
#include "engine/parallel/transfers.hpp"
#include "engine/spread.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/call/lock.hpp"
#include "hyperslab/detail/array_access.hpp"
#include "hyperslab/group.hpp"
#include "object/datasets/dataset_creation.hpp"
#include "object/elements/containers.hpp"
#include "object/handles/object_state.hpp"
#include "object/handles/prepared_elements.hpp"
#include "object/handles/transfer.hpp"

namespace hyperslab {
namespace object {
namespace {

// One value goes to any selection, be it as irregular as it may.
Shape shape_for(const Selection& selection, const PreparedElements& prepared) {
    const bool regular =
        selection.kind() == SelectionKind::all || selection.kind() == SelectionKind::hyperslab;
    const std::uint64_t count = element_count(prepared.shape);
    if (!regular && count == 1) {
        return {};
    }
    const bool as_selected = prepared.flat && count == selection.element_count();
    return as_selected ? selection.result_shape() : prepared.shape;
}

void write_elements(DatasetState& state,
                    const Selection& selection,
                    const PreparedElements& prepared) {
    engine::OpenDataset& dataset = state.open();
    const MemoryType& type = *prepared.type;
    converting(type.id(), dataset.type_id(), [&] {
        engine::write_spread({dataset, selection, type.id()},
                             shape_for(selection, prepared),
                             prepared.elements.data(),
                             type.type.size());
    });
}

/// Writes all of a dataset that has just been made.
void fill_new(DatasetState& state,
              const Shape& shape,
              const DatasetOptions& options,
              const PreparedElements& prepared) {
    const std::uint64_t count = element_count(shape);
    const bool few = count != 0 && count == element_count(prepared.shape) &&
                     count < engine::kFewNewBytes / prepared.type->type.size();
    if (!few || !options.filters.empty() || state.open().is_parallel()) {
        write_elements(state, Selection::all(shape), prepared);
        return;
    }
    const MemoryType& type = *prepared.type;
    converting(type.id(), state.open().type_id(), [&] {
        hdf5::h5d::write(state.open().id(), {type.id()}, prepared.elements.data());
    });
}

/// Writes to what `select`, called under the lock, returns.
template <class Select>
void write_selected(const detail::ArrayPlace& place,
                    const detail::ConstArrayRef& source,
                    Select&& select) {
    DatasetState& state = dataset_state(place.dataset);
    naming(state, [&] {
        changing(state, [&] {
            const auto write = [&] {
                const PreparedElements prepared = prepare(place, source);
                const hdf5::LockGuard guard;
                write_elements(state, select(), prepared);
            };
            engine::taking_part(state.open(), hdf5::kDefault, engine::Direction::write, write);
        });
    });
}

}  // namespace
}  // namespace object

namespace detail {

void write(const ArrayPlace& place,
           const IndexExpression& expression,
           const ConstArrayRef& source) {
    object::write_selected(place, source, [&] { return select(place.dataset, expression); });
}

void write(const ArrayPlace& place, const Selection& selection, const ConstArrayRef& source) {
    object::write_selected(place, source, [&]() -> const Selection& {
        return require_extent(place.dataset, selection);
    });
}

}  // namespace detail

// Containers are axes as far as they are of equal lengths.
Dataset Group::create_from(const std::string& path,
                           const detail::ConstArrayRef& source,
                           const DatasetOptions& options) const {
    const object::ArrayForm form = object::form_of(source);
    const object::PreparedElements prepared = object::prepare(form.type, source);
    const hdf5::LockGuard guard;
    const Dataset made = create_dataset(path, form.type, form.shape, options);
    object::DatasetState& state = object::dataset_state(made);
    try {
        object::naming(state, [&] { object::fill_new(state, form.shape, options, prepared); });
    } catch (...) {
        object::forget(object::id_of(*this), path);
        throw;
    }
    return made;
}

// All that the caller's types make of their objects is made first, without the lock.
void Group::create_all(const detail::EachNamedSource& each, const DatasetOptions& options) const {
    struct Named {
        std::string path;
        object::ArrayForm form;
        std::unique_ptr<const object::PreparedElements> elements;
    };
    std::vector<Named> members;
    each([&](const std::string& path, const detail::ConstArrayRef& source) {
        if (path.empty()) {
            throw Error(ErrorCode::invalid_argument,
                        "Datasets that are created together need names");
        }
        object::ArrayForm form = object::form_of(source);
        std::unique_ptr<const object::PreparedElements> elements(
            new object::PreparedElements(object::prepare(form.type, source)));
        members.push_back({path, std::move(form), std::move(elements)});
    });
    std::uint64_t bytes = 0;
    for (const Named& member : members) {
        bytes += element_count(member.form.shape) * member.elements->type->type.size();
    }
    engine::ProgressReport report(engine::ProgressKind::writing, bytes);
    const hdf5::LockGuard guard;
    object::NamesTogether made(object::id_of(*this));
    for (const Named& member : members) {
        const Dataset dataset =
            create_dataset(member.path, member.form.type, member.form.shape, options);
        made.add(member.path);
        object::DatasetState& state = object::dataset_state(dataset);
        object::naming(
            state, [&] { object::fill_new(state, member.form.shape, options, *member.elements); });
    }
    made.keep();
    report.finish();
}

}  // namespace hyperslab
