// The datasets for which other filters and chunks were asked.
#pragma once

#include <set>

#include "hdf5/call/id.hpp"
#include "hyperslab/repack.hpp"
#include "object/repack/copied_objects.hpp"

namespace hyperslab::object {

class ChosenDatasets {
public:
    /// \throws Error (not_found) for a path that leads nowhere
    ChosenDatasets(hdf5::Id source, const RepackOptions& options);

    bool contains(Address dataset) const { return all_ || chosen_.contains(dataset); }

private:
    void add_below(hdf5::Id object);

    bool all_;
    std::set<Address> chosen_;  // and the groups on the way
};

}  // namespace hyperslab::object
