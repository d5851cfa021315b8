// StandardReference: a reference of HDF5 1.12, to an object, to a part of a dataset or to an
// attribute, in this file or in another.
//
//     file.create_dataset("latest", hs::StandardReference(flux));
//     const auto latest = file.dataset("latest").get<hs::StandardReference>();
//     hs::Dataset dataset = latest.object();
//
// Unlike the older kinds (reference.hpp) it is more than bytes: it knows its file, and opens it
// when it is needed. While a reference lives that was read from a file, the file stays open for
// HDF5.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "hyperslab/datatype.hpp"
#include "hyperslab/native_type.hpp"
#include "hyperslab/object.hpp"
#include "hyperslab/selection.hpp"

namespace hyperslab {

namespace object {
class HeldReference;
}

class StandardReference {
public:
    enum class Kind { null, object, region, attribute };

    /// A reference to nothing.
    StandardReference() = default;
    /// A reference to an object. Source: H5Rcreate_object.
    explicit StandardReference(const Object& object);
    /// A reference to an attribute of an object. Source: H5Rcreate_attr.
    /// \throws Error (not_found) when there is no attribute of that name
    StandardReference(const Object& object, const std::string& attribute);
    /// A reference to elements of a dataset. Source: H5Rcreate_region.
    /// \throws Error (invalid_argument) for a selection of another extent
    StandardReference(const Dataset& dataset, const Selection& selection);

    Kind kind() const;
    bool null() const { return kind() == Kind::null; }

    /// \name Where it points
    /// \throws Error (invalid_argument) for a null reference, or one of another kind; (io) when
    ///         another file cannot be opened
    ///@{
    std::string file_name() const;
    /// A path to the object; empty when it has no name.
    std::string object_name() const;
    std::string attribute_name() const;
    /// The object, the one that has the attribute, or the dataset that the region is of.
    Object object() const;
    /// The elements of the dataset.
    Selection region() const;
    ///@}

    /// Whether two references point to the same object, attribute or elements.
    /// \throws Error when one cannot be followed
    friend bool operator==(const StandardReference& a, const StandardReference& b);

private:
    friend struct NativeType<StandardReference>;

    std::shared_ptr<const object::HeldReference> held_;
};

template <>
struct NativeType<StandardReference> : detail::NotPlain {
    static Datatype datatype() { return Datatype::reference(ReferenceKind::standard); }
    static void load(const std::byte* element, StandardReference& value);
    static void store(const StandardReference& value,
                      std::byte* element,
                      detail::ElementMemory& memory);
};

}  // namespace hyperslab
