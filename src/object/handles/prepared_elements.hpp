// The elements that a caller gave, ready to be written.
#pragma once

#include "hyperslab/detail/array_access.hpp"
#include "hyperslab/detail/array_ref.hpp"
#include "hyperslab/shape.hpp"
#include "object/elements/stored_elements.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab::object {

/// Elements of a type in memory, with the shape that they have in the file.
struct PreparedElements {
    StoredElements elements;
    Shape shape;
    bool flat;  ///< a row that may stand for an array of any shape with as many
    SharedType type;
};

/// Containers become axes or elements, as the dataset has it.
/// \throws Error (type_mismatch) for vectors of different lengths that would be an axis;
///         (invalid_argument) for a value that the stored type cannot keep
PreparedElements prepare(const detail::ArrayPlace& place, const detail::ConstArrayRef& source);
/// Prepares elements for a stored type, whatever they are written to.
PreparedElements prepare(const Datatype& stored, const detail::ConstArrayRef& source);

/// The lengths of containers that are axes.
/// \throws Error (type_mismatch) when they differ
Shape require_common_lengths(const detail::ConstArrayRef& source, std::size_t axes);

}  // namespace hyperslab::object
