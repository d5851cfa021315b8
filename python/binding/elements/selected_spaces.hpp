// A dataspace of some shape, with what an index expression selects in it.
#pragma once

#include <vector>

#include "hdf5/call/handle.hpp"
#include "hyperslab/selection.hpp"
#include "hyperslab/shape.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

class SelectedSpace {
public:
    /// \param args  what stands between brackets; None for everything
    SelectedSpace(nb::handle args, const Shape& shape);

    hdf5::Id id() const { return space_.id(); }
    const Selection& selection() const { return selection_; }
    Shape array_shape() const { return selection_.result_shape(); }

    /// A dataspace for each part that an array of `source` fits, one after the other; see
    /// selection/broadcast.hpp.
    std::vector<hdf5::Handle> parts(const Shape& source) const;

private:
    Selection selection_;
    hdf5::Handle space_;
};

/// The identifiers of handles, which are valid while the handles live.
std::vector<hdf5::Id> ids_of(const std::vector<hdf5::Handle>& handles);

}  // namespace hyperslab::python
