// iteration: h5py's integers for the order of a walk, as hdf5/call/iteration.hpp has them.
#pragma once

#include "hdf5/call/iteration.hpp"

namespace hyperslab::python {

inline hdf5::Iteration iteration(int index_type, int order, std::uint64_t start = 0) {
    return {
        static_cast<hdf5::IndexType>(index_type), static_cast<hdf5::IterationOrder>(order), start};
}

}  // namespace hyperslab::python
