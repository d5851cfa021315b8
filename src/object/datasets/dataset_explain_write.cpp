#include "engine/explain/explain_write.hpp"

#include "hdf5/call/lock.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/dataset.hpp"
#include "object/elements/memory_type.hpp"
#include "object/handles/object_state.hpp"
#include "object/handles/transfer.hpp"

namespace hyperslab {

WriteExplanation Dataset::explain_write(const IndexExpression& expression,
                                        const Datatype& type) const {
    object::DatasetState& state = object::dataset_state(*this);
    const hdf5::LockGuard guard;
    const Selection selection = is_null() ? Selection::none({}) : select(expression);
    return object::naming(state, [&] {
        const hdf5::Handle memory_type = hdf5::make_type(type);
        return engine::explain_write({state.open(), selection, memory_type.id()});
    });
}

WriteExplanation Dataset::explain_write(const IndexExpression& expression,
                                        const std::vector<std::string>& fields) const {
    object::DatasetState& state = object::dataset_state(*this);
    const Datatype type = object::naming(state, [&] {
        const hdf5::LockGuard guard;
        const Datatype stored = state.open().type();
        return object::native_type(fields.empty() ? stored : object::subset(stored, fields));
    });
    return explain_write(expression, type);
}

}  // namespace hyperslab
