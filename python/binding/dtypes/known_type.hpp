// File types that were met before, and what they are in NumPy.
//
// Making a dtype and an HDF5 memory type costs more than reading an attribute. A file has few types
// and many objects, so what was made for one object serves others of that type.
#pragma once

#include <memory>
#include <vector>

#include "dtypes/memory_layout.hpp"
#include "support/made_once.hpp"

namespace hyperslab::python {

/// Elements of which only some fields are read.
struct FieldSubset {
    std::vector<nb::object> names;
    nb::object dtype;  ///< records of the fields; of one alone the field itself
    std::shared_ptr<const MemoryLayout> layout;
};

using FieldSubsets = std::vector<FieldSubset>;

class KnownType {
public:
    explicit KnownType(const Datatype& file_type);

    const Datatype& file_type() const { return file_type_; }

    /// The dtype that h5py reads the type as. One with fields is the caller's own: its field names
    /// can be changed.
    nb::object dtype() const;

    /// How elements of the dtype travel to and from libhdf5.
    const MemoryLayout& layout();

    /// A type with these fields only. Its dtype belongs to the caller where it has fields.
    /// \throws ValueError when there is no such field
    FieldSubset subset(const std::vector<nb::object>& names);

    /// Whether elements can become scalars through scalar(): plain elements of at most
    /// kSmallElement bytes whose scalars are no views of their array.
    bool has_small_scalars();
    static constexpr std::size_t kSmallElement = 64;

    /// The scalar of an element's bytes. Only when has_small_scalars().
    nb::object scalar(const void* element);

private:
    FieldSubset kept_subset(const std::vector<nb::object>& names);
    FieldSubset make_subset(const std::vector<nb::object>& names) const;

    Datatype file_type_;
    nb::object dtype_;
    bool has_fields_;

    /// A zero-dimensional array, for one thread at a time.
    struct Scratch {
        explicit Scratch(nb::handle dtype);

        nb::object array;
        void* data;
        nb::ft_mutex mutex{};
    };

    MadeOnce<MemoryLayout> layout_{};
    nb::ft_mutex subsets_mutex_{};
    std::shared_ptr<const FieldSubsets> subsets_ = std::make_shared<FieldSubsets>();
    MadeOnce<Scratch> scratch_{};
};

/// The one for this type, made now if need be.
std::shared_ptr<KnownType> known_type(const Datatype& file_type);

/// The scalar in a zero-dimensional array.
nb::object scalar_of(nb::handle array);

/// The compound dtype of some of a compound dtype's fields.
/// \throws ValueError when it is no compound or has no such field
nb::object subset_dtype(nb::handle dtype, nb::handle names);

}  // namespace hyperslab::python
