// Making and opening datasets: options turned into property lists, and the calls that take them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/store/open_dataset.hpp"
#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/dataset_options.hpp"

namespace hyperslab::object {

/// A new dataset: its place, its type and its extent.
struct NewDataset {
    hdf5::Id location;
    /// A path from the location; missing groups on the way are made. Empty for an anonymous
    /// dataset.
    std::optional<std::string> name;
    hdf5::Id type;
    /// Empty for a null dataspace.
    std::optional<Shape> shape;
};

/// \throws Error (type_mismatch) for options that a scalar or null dataset cannot have;
///         (invalid_argument) for chunks or maximum dimensions that do not go with the shape
hdf5::Handle create_dataset(const NewDataset& dataset,
                            const DatasetOptions& options,
                            hdf5::Id base_dcpl = hdf5::kDefault,
                            hdf5::Id base_dapl = hdf5::kDefault);

hdf5::Handle open_dataset(hdf5::Id location,
                          const std::string& name,
                          const DatasetOptions& options,
                          hdf5::Id base_dapl = hdf5::kDefault);

/// Takes the name of something that could not be completed away again, if it has one.
void forget(hdf5::Id location, const std::string& name) noexcept;

/// Names of what is made together, below one location: unless all is made they are taken away
/// again.
class NamesTogether {
public:
    explicit NamesTogether(hdf5::Id location) : location_(location) {}
    ~NamesTogether();
    NamesTogether(const NamesTogether&) = delete;
    NamesTogether& operator=(const NamesTogether&) = delete;

    void add(const std::string& name) { names_.push_back(&name); }
    /// All is made.
    void keep() { names_.clear(); }

private:
    hdf5::Id location_;
    std::vector<const std::string*> names_{};
};

/// Sets what the options say of storage on a dataset creation property list.
void set_creation_properties(hdf5::Id dcpl,
                             const DatasetOptions& options,
                             const std::optional<Shape>& shape,
                             std::size_t element_size);

/// Sets what elements of a stored type that were never written read as.
void set_fill_value(hdf5::Id dcpl, const FillValue& value, const Datatype& stored);

/// A dataset access property list for the options; a null handle when they ask for nothing.
hdf5::Handle make_access_plist(const DatasetOptions& options, hdf5::Id base_dapl);

/// The link creation property list for a name: makes missing groups, says the name's encoding.
hdf5::Id link_plist(const std::string& name);

/// Splits "a/b/c" at its last slash, makes the groups on the way and opens the last of them.
///
/// \param name  becomes the part behind the last slash
/// \returns the group; an empty optional when the name has no slash, so that the location is the
///     group
/// \throws Error (type_mismatch) when something on the way is no group
std::optional<hdf5::Handle> require_parent(hdf5::Id location, std::string& name);

}  // namespace hyperslab::object
