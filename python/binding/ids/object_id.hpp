// ObjectID: the Python object that holds an HDF5 identifier.
//
// Every low-level object (DatasetID, SpaceID, PropDCID, …) is one of these. The handle inside gives
// the identifier back when the Python object dies; libhdf5 is never called from there in a way that
// could wait or fail loudly (hdf5/call/handle.hpp says how).
#pragma once

#include "core/relaxed.hpp"
#include "hdf5/call/handle.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

using core::Relaxed;

struct ObjectID {
    ObjectID() = default;
    explicit ObjectID(hdf5::Handle owned) : handle(std::move(owned)) {}
    ObjectID(ObjectID&&) = default;
    ObjectID& operator=(ObjectID&&) = default;
    ObjectID(const ObjectID&) = delete;
    ObjectID& operator=(const ObjectID&) = delete;
    ~ObjectID() {
        if (locked) {
            handle.release();
        }
    }

    hdf5::Id id() const { return handle.id(); }

    hdf5::Handle handle;

    /// libhdf5 owns the identifier (a predefined type, a property class): it is never closed.
    Relaxed<bool> locked{false};

    /// The result of hash(), or -1 before the first call. It is computed once, since an object
    /// keeps its place in the file.
    Relaxed<Py_hash_t> hash{-1};
};

/// An object that wraps an identifier owned by libhdf5 itself.
template <class Wrapper>
Wrapper locked_id(hdf5::Id id) {
    Wrapper wrapper{hdf5::Handle(id)};
    wrapper.locked = true;
    return wrapper;
}

/// The identifier of an optional property list argument: H5P_DEFAULT for None.
hdf5::Id id_or_default(const ObjectID* object);

/// The identifier of an argument. For None it is invalid, and libhdf5 reports what is missing.
inline hdf5::Id id_of(const ObjectID* object) {
    return object == nullptr ? hdf5::kInvalidId : object->id();
}

/// The result of __reduce__, as in h5py: no identifier, to which __setstate__ gives one.
inline nb::tuple reduced(nb::handle self, nb::handle state) {
    return nb::make_tuple(
        nb::borrow(self.type()), nb::make_tuple(hdf5::kInvalidId), nb::borrow(state));
}

/// Throws the error for pickling or copying an object that cannot be pickled. Programs look for
/// Cython's words in it.
[[noreturn]] void refuse_pickling(nb::handle self, const char* why);

}  // namespace hyperslab::python
