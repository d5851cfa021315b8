#include <optional>

#include "engine/explain/explain.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hdf5/types/vlen_arena.hpp"
#include "hyperslab/dataset.hpp"
#include "object/elements/containers.hpp"
#include "object/elements/memory_type.hpp"
#include "object/handles/object_state.hpp"
#include "object/handles/transfer.hpp"

namespace hyperslab {
namespace detail {

ReadExplanation explain(const ArrayPlace& place,
                        const IndexExpression& expression,
                        const ElementCodec& codec) {
    object::DatasetState& state = object::dataset_state(place.dataset);
    const hdf5::LockGuard guard;
    const Selection selection = select(place.dataset, expression);
    return object::naming(state, [&] {
        const Datatype stored = object::stored_type(state, place.field);
        const ElementCodec& element = object::inside(codec, object::container_axes(codec, stored));
        const object::SharedType type = object::transfer_type(state, place.field, element);
        return engine::explain({state.open(), selection, type->id()});
    });
}

}  // namespace detail

ReadExplanation Dataset::explain(const IndexExpression& expression,
                                 const std::vector<std::string>& fields) const {
    object::DatasetState& state = object::dataset_state(*this);
    const hdf5::LockGuard guard;
    const Selection selection = is_null() ? Selection::none({}) : select(expression);
    return object::naming(state, [&] {
        const Datatype stored = state.open().type();
        const Datatype type =
            object::native_type(fields.empty() ? stored : object::subset(stored, fields));
        const hdf5::Handle memory_type = hdf5::make_type(type);
        std::optional<hdf5::VlenArena> arena;  // with which elements of varying length are read
        if (type.has_variable_length()) {
            arena.emplace();
        }
        return engine::explain(
            {state.open(), selection, memory_type.id(), arena ? arena->dxpl() : hdf5::kDefault});
    });
}

}  // namespace hyperslab
