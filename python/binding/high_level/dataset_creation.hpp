// Making datasets from what `create_dataset` is given.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "ids/dataset_id.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// A dataset that is to be made: whatever the caller gave, converted.
class DatasetToMake {
public:
    /// \param data  array-like, an Empty, or None
    /// \param keywords  the other keywords of `create_dataset`, a dict
    DatasetToMake(nb::handle shape, nb::handle dtype, nb::handle data, nb::handle keywords);
    ~DatasetToMake();
    DatasetToMake(const DatasetToMake&) = delete;
    DatasetToMake& operator=(const DatasetToMake&) = delete;

    /// Creates and fills the dataset, without Python, as one step. When it cannot be filled, it is
    /// removed.
    /// \param name  empty for a dataset without a name
    hdf5::Handle make(hdf5::Id location, const std::optional<std::string>& name) const;

    /// The bytes in memory of what is written.
    std::uint64_t bytes() const;

private:
    struct Parts;
    std::unique_ptr<const Parts> parts_;
};

/// Makes many datasets as one step: all of them, or none when one cannot be made.
/// \param members  a mapping of names to data, or to a dict of arguments of `create_dataset`
/// \param keywords  arguments of `create_dataset` for those that do not say otherwise, a dict
void make_datasets(const ObjectID& location, nb::handle members, nb::handle keywords);

/// \param name  str, bytes, or None for a dataset without a name
DatasetID make_dataset(const ObjectID& location,
                       nb::handle name,
                       nb::handle shape,
                       nb::handle dtype,
                       nb::handle data,
                       nb::handle keywords);

}  // namespace hyperslab::python
