// H5R: the references of HDF5 1.12 (H5R_ref_t, H5T_STD_REF): to an object, a region or an
// attribute, in this file or in another.
//
// Unlike the older kinds they are not bytes that can be copied: libhdf5 gives each a dataspace, a
// name and a hold on the file. So a StandardReference holds an identifier that owns one, of a type
// of identifiers of our own. Copying a StandardReference shares the identifier, which is closed
// like any other. While it lives, what was opened through the same identifier of its file stays
// open.
#pragma once

#include <cstddef>
#include <string>

#include "hdf5/api/h5o.hpp"
#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5::h5r {

/// H5R_type_t of these references.
enum class StandardType { object = 2, region = 3, attribute = 4 };

/// Bytes of one in memory.
inline constexpr std::size_t kStandardSize = 64;

/// A reference, which is null unless it was made by one of the functions here. Following a null
/// reference throws Error (invalid_argument).
class StandardReference {
public:
    StandardReference() = default;

    /// \name Making references
    /// `name` is a path from `location`; a region is what is selected in the dataset's dataspace.
    ///@{
    static StandardReference to_object(Id location, const std::string& name, Id oapl = kDefault);
    static StandardReference to_region(Id location,
                                       const std::string& name,
                                       Id space,
                                       Id oapl = kDefault);
    static StandardReference to_attribute(Id location,
                                          const std::string& name,
                                          const std::string& attribute,
                                          Id oapl = kDefault);
    ///@}

    /// A copy of an element as libhdf5 reads it.
    static StandardReference copy_of(const std::byte* element);

    /// The element for libhdf5 to write; good while the reference lives.
    void put_into(std::byte* element) const;

    bool null() const { return !owner_; }
    StandardType type() const;
    /// Whether two references lead to the same object, and to the same attribute. Regions are
    /// compared by their extent only. Two null references are equal. Source: H5Requal.
    bool equals(const StandardReference& other) const;
    /// An independent one. Source: H5Rcopy.
    StandardReference copy() const;

    /// \name Following references
    /// `rapl` is how another file than the one that is open is opened, a file access list.
    ///@{
    Handle open_object(Id rapl = kDefault, Id oapl = kDefault) const;
    /// The dataset's dataspace with the region selected.
    Handle open_region(Id rapl = kDefault, Id oapl = kDefault) const;
    Handle open_attribute(Id rapl = kDefault, Id aapl = kDefault) const;
    h5o::Type object_type(Id rapl = kDefault) const;
    std::string file_name() const;
    /// Empty when the object has no name.
    std::string object_name(Id rapl = kDefault) const;
    std::string attribute_name() const;
    ///@}

private:
    explicit StandardReference(Handle owner) : owner_(std::move(owner)) {}

    Handle owner_;
};

}  // namespace hyperslab::hdf5::h5r
