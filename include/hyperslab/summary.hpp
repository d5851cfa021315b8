// Summaries: what the chunks of datasets hold at least and at most, kept in a file beside the file.
//
//     hs::summarize("night.h5");     // writes night.h5.summary.json
//
// Readers that look for some values leave out the chunks that cannot have them. A summary names the
// size and the time of its file, so that one of an older state of the file is not believed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hyperslab {

/// What summarizing has done.
struct SummaryReport {
    std::string path;  ///< of the summary
    std::uint64_t datasets = 0;
    std::uint64_t columns = 0;  ///< members of compounds count, other datasets have one column
    std::uint64_t chunks = 0;   ///< parts of datasets for which there are a minimum and a maximum
    /// Why datasets and columns were left out, one sentence for each.
    std::vector<std::string> notes{};
};

/// Writes the minimum and the maximum of each chunk of datasets of numbers, truth values or
/// strings, and of such members of one-dimensional compounds, to FILE.summary.json. NaN is neither;
/// the summary says which chunks have some. Datasets without chunks are taken in parts of some
/// rows. The summary takes its place when it is whole. A ProgressScope of the thread gets reports
/// of each read; an exception of its function leaves the old summary alone.
/// \param datasets  paths of datasets, or of groups with all that lies below; everything by default
/// \throws Error (io) when the file cannot be read or the summary cannot be written; (not_found)
/// for
///     a path that leads nowhere; (unsupported) for a dataset of that name whose elements lie in
///     other files, which can change unnoticed
SummaryReport summarize(const std::string& file, const std::vector<std::string>& datasets = {});

}  // namespace hyperslab
