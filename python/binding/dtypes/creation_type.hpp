// The types with which objects are created, from dtypes.
//
// Finding out what a dtype is in HDF5 costs as much as libhdf5 needs to write a small attribute,
// and programs create many objects of few dtypes. So what NumPy's own numbers are is found out
// once.
#pragma once

#include <memory>
#include <optional>

#include "dtypes/memory_layout.hpp"
#include "hdf5/call/handle.hpp"

namespace hyperslab::python {

class CreationType {
public:
    /// The type that h5py stores elements of a dtype with.
    /// \throws TypeError when there is none
    explicit CreationType(nb::object dtype);

    /// A type that is there, committed or made by low-level calls, and its dtype.
    CreationType(nb::object dtype, hdf5::Handle type);

    const nb::object& dtype() const { return dtype_; }
    hdf5::Id id() const { return type_.id(); }

    /// How elements of that dtype travel; another dtype's are converted by libhdf5.
    std::shared_ptr<const MemoryLayout> layout_of(nb::handle dtype) const;

    /// From now on it is known how elements of its own dtype travel.
    void keep_layout();

private:
    nb::object dtype_;
    hdf5::Handle type_;
    std::shared_ptr<const MemoryLayout> layout_{};
};

/// The one for a dtype, made now if need be.
/// \throws TypeError when there is none
std::shared_ptr<const CreationType> creation_type(nb::handle dtype);

}  // namespace hyperslab::python
