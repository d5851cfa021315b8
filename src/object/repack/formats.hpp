// The format in which the objects of the new file are made: that of the old ones, unless another
// was asked for.
#pragma once

#include "hdf5/call/id.hpp"
#include "hdf5/property_lists/h5p_file.hpp"
#include "hyperslab/repack.hpp"

namespace hyperslab::object {

/// The oldest format with which the new file is made.
hdf5::h5p::Libver oldest_format(hdf5::Id source, const RepackOptions& options);

/// Keeps headers of the second version so in a file that begins with the oldest format.
class ObjectFormats {
public:
    ObjectFormats(hdf5::Id target, hdf5::h5p::Libver low, bool is_asked_for)
        : target_(target), low_(low), fixed_(is_asked_for || low != hdf5::h5p::Libver::earliest) {}

    /// The next object is made in the format of this one.
    void follow(hdf5::Id object);

private:
    hdf5::Id target_;
    hdf5::h5p::Libver low_;
    bool fixed_;
};

}  // namespace hyperslab::object
