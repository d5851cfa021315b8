// Writing: what the caller has becomes elements as libhdf5 wants them, and these are spread over
// the selection by NumPy's rules. The caller's conversions come before the library lock is taken.

#include "engine/spread.hpp"
#include "hdf5/call/lock.hpp"
#include "hyperslab/detail/array_access.hpp"
#include "hyperslab/group.hpp"
#include "object/dataset_creation.hpp"
#include "object/object_state.hpp"
#include "object/stored_elements.hpp"
#include "object/transfer.hpp"

namespace hyperslab {
namespace object {
namespace {

// One value goes to any selection, be it as irregular as it may.
Shape shape_for(const Selection& selection, const detail::ConstArrayRef& source) {
    const bool regular =
        selection.kind() == SelectionKind::all || selection.kind() == SelectionKind::hyperslab;
    const std::uint64_t count = element_count(source.shape);
    if (!regular && count == 1) {
        return {};
    }
    const bool as_selected = source.flat && count == selection.element_count();
    return as_selected ? selection.result_shape() : source.shape;
}

void write_elements(DatasetState& state,
                    const Selection& selection,
                    const hdf5::Handle& type,
                    const detail::ConstArrayRef& source,
                    const StoredElements& elements) {
    converting(type.id(), state.open().type_id(), [&] {
        engine::write_spread({state.open(), selection, type.id()},
                             shape_for(selection, source),
                             elements.data(),
                             source.codec->type.size());
    });
}

/// Writes to what `select`, called under the lock, returns.
template <class Select>
void write_selected(const detail::ArrayPlace& place,
                    const detail::ConstArrayRef& source,
                    Select&& select) {
    DatasetState& state = dataset_state(place.dataset);
    naming(state, [&] {
        const hdf5::Handle type = transfer_type(state, place.field, *source.codec);
        const StoredElements elements(source);
        const hdf5::LockGuard guard;
        write_elements(state, select(), type, source, elements);
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

Dataset Group::create_filled(const std::string& path,
                             const Datatype& type,
                             const detail::ConstArrayRef& source,
                             const DatasetOptions& options) const {
    const object::StoredElements elements(source);
    const hdf5::LockGuard guard;
    const Dataset made = create_dataset(path, type, source.shape, options);
    object::DatasetState& state = object::dataset_state(made);
    try {
        object::naming(state, [&] {
            const hdf5::Handle stored_as = state.memory_type(*source.codec);
            object::write_elements(
                state, Selection::all(source.shape), stored_as, source, elements);
        });
    } catch (...) {
        object::forget(object::id_of(*this), path);
        throw;
    }
    return made;
}

}  // namespace hyperslab
