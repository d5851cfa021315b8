// What reading and writing have in common.
#pragma once

#include <span>
#include <string>

#include "hdf5/call/handle.hpp"
#include "hdf5/types/h5t.hpp"
#include "hyperslab/detail/array_access.hpp"
#include "hyperslab/detail/element_codec.hpp"
#include "hyperslab/error.hpp"
#include "object/object_state.hpp"

namespace hyperslab::object {

/// The HDF5 type of the elements of a codec in memory, when they are those of a dataset or of a
/// member of it.
hdf5::Handle transfer_type(DatasetState& state,
                           std::span<const std::string> field,
                           const detail::ElementCodec& codec);

/// Reads or writes; when that fails because there is no conversion between the stored type and the
/// one in memory, the error says so (libhdf5 calls it a failed read or write).
template <class Function>
void converting(hdf5::Id from, hdf5::Id to, Function&& function) {
    try {
        function();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::closed && !hdf5::h5t::find_conversion(from, to)) {
            throw Error(ErrorCode::type_mismatch, error.what());
        }
        throw;
    }
}

}  // namespace hyperslab::object
