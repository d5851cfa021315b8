// File types met before, and what they are in NumPy.
//
// Making a dtype and an HDF5 memory type costs more than reading an attribute. A file has few
// types and many objects, so what was made for one object serves the next of the same type.
#pragma once

#include <memory>

#include "memory_layout.hpp"

namespace hyperslab::python {

class KnownType {
public:
    explicit KnownType(const Datatype& file_type);

    const Datatype& file_type() const { return file_type_; }

    /// The dtype that h5py reads the type as. One with fields is the caller's own: its field names
    /// can be changed.
    nb::object dtype() const;

    /// How elements of that dtype travel.
    const MemoryLayout& layout();

    /// Whether elements can become scalars through scalar(): plain ones of at most kSmallElement
    /// bytes, whose scalars are no views of their array.
    bool has_small_scalars();
    static constexpr std::size_t kSmallElement = 64;

    /// The scalar of an element's bytes. Only when has_small_scalars().
    nb::object scalar(const void* element);

private:
    Datatype file_type_;
    nb::object dtype_;
    bool has_fields_;
    std::unique_ptr<MemoryLayout> layout_{};
    nb::object scratch_{};  ///< a zero-dimensional array
    void* scratch_data_ = nullptr;
};

/// The one for this type, made now if need be. Under the interpreter's lock.
std::shared_ptr<KnownType> known_type(const Datatype& file_type);

/// The scalar in a zero-dimensional array.
nb::object scalar_of(nb::handle array);

}  // namespace hyperslab::python
