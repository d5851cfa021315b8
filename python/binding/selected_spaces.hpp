// A dataspace of some shape, with what an index expression selects in it.
#pragma once

#include <functional>

#include "binding.hpp"
#include "hdf5/handle.hpp"
#include "hyperslab/selection.hpp"

namespace hyperslab::python {

class SelectedSpace {
public:
    /// \param args  as between brackets; None for everything
    SelectedSpace(nb::handle args, const Shape& shape);

    hdf5::Id id() const { return space_.id(); }
    const Selection& selection() const { return selection_; }
    Shape array_shape() const { return selection_.result_shape(); }

    /// Calls visit with the dataspace for each part that an array of `source` fits, one after the
    /// other; see selection/broadcast.hpp.
    void for_each_part(const Shape& source, const std::function<void(hdf5::Id)>& visit) const;

private:
    Selection selection_;
    hdf5::Handle space_;
};

}  // namespace hyperslab::python
