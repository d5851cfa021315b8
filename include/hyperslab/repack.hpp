// Copying a file into a new one: without the space that is lost in the old one, and with other
// chunks, filters or format, if wanted.
//
//     hs::repack("in.h5", "out.h5", {.filters = {{hs::shuffle(), hs::deflate(6)}}});
//
// Everything in the file is kept: all objects that links lead to, links of all kinds (an object
// with several names stays one object), attributes, committed types, references, creation orders,
// fill values, virtual datasets, the user block. Chunks whose filters stay are copied as they are;
// others are decoded and encoded on all cores.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hyperslab/file_options.hpp"
#include "hyperslab/filter.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab {

/// How the elements of datasets lie in the new file.
struct RepackChunks {
    enum class Kind {
        keep,        ///< as they lie in the old file
        shape,       ///< in chunks of `shape`
        guessed,     ///< in chunks of a shape that suits the dataset's extent
        contiguous,  ///< in one piece, without filters
    };
    Kind kind = Kind::keep;
    Shape shape{};
};

struct RepackOptions {
    /// The filters of the datasets in the new file, in the order of writing. Without a list each
    /// keeps its own; with an empty one none has filters. Datasets that have no chunks get some.
    std::optional<std::vector<Filter>> filters{};
    RepackChunks chunks{};
    /// Paths of the datasets, or of groups with all that lies below, for which `filters` and
    /// `chunks` are meant. When it is empty they are for all datasets that can have them.
    std::vector<std::string> only{};
    /// The oldest format that the new file may need; by default that of the old file.
    std::optional<FormatVersion> format{};
    /// Whether a file that exists under the new name is replaced.
    bool replace = false;
};

/// What repacking has done.
struct RepackReport {
    std::uint64_t bytes_before = 0;  ///< the size of the old file
    std::uint64_t bytes_after = 0;   ///< the size of the new file
    std::uint64_t objects = 0;       ///< groups, datasets and committed types
    std::uint64_t datasets = 0;
    std::uint64_t copied_chunks = 0;   ///< as they are
    std::uint64_t encoded_chunks = 0;  ///< chunks that were decoded and encoded anew
    /// What was asked for and could not be, one sentence for each dataset or reference.
    std::vector<std::string> notes{};
};

/// Copies a file. The new file is there when it is whole, and not before: until then `target` is
/// what it was. Where it takes the place of another file, the disk has it before. A ProgressScope
/// of the thread gets the bytes of `source` that are done; an exception of its function ends the
/// work and leaves `target` alone.
/// \throws Error (io) when the source is damaged, when the target cannot be written, or exists and
///     is not to be replaced; (invalid_argument) when both are one file, or for options that
///     contradict each other; (not_found) for a path in `only` that leads nowhere; (unsupported)
///     for filters that this machine does not have
RepackReport repack(const std::string& source,
                    const std::string& target,
                    const RepackOptions& options = {});

/// Copies a file and puts the copy in its place.
/// \throws Error as repack() does; the file is then as it was
RepackReport repack_in_place(const std::string& path, const RepackOptions& options = {});

}  // namespace hyperslab
