// Subsets that are made without HDF5: the bytes of spectra and the descriptions of them are copied
// from file to file.
//
// What is made is the same as by HDF5, in a fraction of the time: of each object the header is read
// and written, by all threads, and the bytes go in the order in which they lie. Several ranks write
// parts of one file: each comes to the same image of it, the first one makes it, and each copies
// its share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "h5boss/commands/gathering.hpp"
#include "shared/ranks.hpp"

namespace hyperslab::apps::h5boss {

struct RawSubset {
    std::string output;
    std::vector<std::string> paths;  ///< the files, in the order of their precedence
    std::optional<Wanted> wanted;    ///< all fibres where there is no list
    bool strict = false;
    bool may_be_empty = false;
    /// Whether what lies beside the plates must not get lost.
    bool keeps_surroundings = false;
    Ranks ranks{};  ///< that write the file together
};

/// Writes the file where every source is of v1 and not compressed, and nothing about it is unusual.
/// \param report  gets what is missing
/// \returns whether it did; otherwise nothing was done
/// \throws Error (io); (not_found) when there is nothing to be written
bool write_raw(const RawSubset& subset, Report& report);

}  // namespace hyperslab::apps::h5boss
