// What the commands of h5boss have in common: options, and how a result is reported.
#pragma once

#include <string>
#include <vector>

#include "h5boss/formats/report.hpp"
#include "h5boss/formats/writer.hpp"

namespace hyperslab::apps::h5boss {

/// Options that say how a file is written.
struct StorageOptions {
    std::string format;       ///< "v1", "v2"; empty: that of the source
    std::string compression;  ///< "gzip", "gzip:6", "lzf", "none"; empty: none
    bool shuffle = true;
    bool keep_attributes = false;

    /// \throws Error (invalid_argument) for what is none of these
    WriteOptions write_options(Format otherwise = Format::v1) const;
};

/// Prints what was missing, a line each on standard error.
/// \returns the exit status: 1 when something was missing and `strict`, else 0
int finish(const Report& report, bool strict);

/// \throws Error with all that is missing in one line when there is something and `strict`
void require_complete(const Report& report, bool strict);

/// Prints one line on standard error, whatever the message holds.
void complain(const std::string& message);

/// The name under which the program reports.
inline constexpr const char* kName = "h5boss";

/// The arguments PLATE MJD FIBER... as numbers.
/// \throws Error (invalid_argument)
int positive(const std::string& text, const std::string& what);

}  // namespace hyperslab::apps::h5boss
