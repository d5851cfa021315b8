// Functions that reading and writing share.
#pragma once

#include <span>
#include <string>

#include "hdf5/call/handle.hpp"
#include "hdf5/types/h5t.hpp"
#include "hyperslab/detail/array_access.hpp"
#include "hyperslab/detail/element_codec.hpp"
#include "hyperslab/error.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab::object {

/// The stored type of the elements of a dataset, or of a member of them.
Datatype stored_type(DatasetState& state, std::span<const std::string> field);

/// The type of the elements of a codec in memory, when they are those of a dataset or of a member
/// of it: as `type` the element is described, and libhdf5 gets it inside of the records it is in.
SharedType transfer_type(DatasetState& state,
                         std::span<const std::string> field,
                         const detail::ElementCodec& codec);

/// \throws Error (invalid_argument) when a dataset cannot be made so large
void require_within(const Shape& shape, const Shape& max_shape);

/// A text that says what libhdf5 cannot convert; empty when it can convert everything.
std::string unconvertible(hdf5::Id from, hdf5::Id to);

/// Reads or writes. When that fails because there is no conversion between the stored type and the
/// type in memory, the error says so (libhdf5 reports a failed read or write).
template <class Function>
void converting(hdf5::Id from, hdf5::Id to, Function&& function) {
    try {
        function();
    } catch (const Error& error) {
        const std::string why = error.code() == ErrorCode::closed ? "" : unconvertible(from, to);
        if (!why.empty()) {
            throw Error(ErrorCode::type_mismatch, why);
        }
        throw;
    }
}

}  // namespace hyperslab::object
