// Transfers of a parallel file in which all of its processes take part.
#pragma once

#include "hyperslab/dataset.hpp"

namespace hyperslab {

/// While it lives, all processes of the dataset's file take part in each read and write of it, each
/// with the elements it has. Who has none takes part with an empty selection; who fails takes part
/// with none. It can be nested.
///
///     const hs::Collective together(dataset);
///     dataset.write(rows, {hs::slice(first, last)});
///
/// Source: H5Pset_dxpl_mpio.
class Collective {
public:
    /// \throws Error (unsupported) in a build without MPI
    explicit Collective(const Dataset& dataset);
    ~Collective();
    Collective(const Collective&) = delete;
    Collective& operator=(const Collective&) = delete;

private:
    Dataset dataset_;
    bool before_;
};

}  // namespace hyperslab
