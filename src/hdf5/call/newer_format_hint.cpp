// Which HDF5 reads it, and how to get hyperslab with that.
//
// HDF5 gives each of its structures a version number, and a library knows the numbers up to its own
// time. What HDF5 2.0 writes with libver='latest' is the common case where the machine's 1.14 is
// used: chunked datasets and compound types have numbers that it does not know. The 1.14 that is
// built along knows them, and cannot hold chunks of 4 GiB.

#include "hdf5/call/newer_format_hint.hpp"

#include <array>

#include "core/dialect.hpp"
#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5 {
namespace {

bool is_about_a_version(std::string_view description) {
    constexpr std::array phrases{
        std::string_view("bad version number"),
        std::string_view("bad version # of encoded"),
        std::string_view("bad superblock version number"),
        std::string_view("unknown version of encoded"),
        std::string_view("complex number of an unknown form"),
    };
    for (const std::string_view phrase : phrases) {
        if (description.find(phrase) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::string newer_format_hint(std::string_view description) {
    const bool is_large = description.find("chunk of 4 GiB or more") != std::string_view::npos;
    if (!is_large && !is_about_a_version(description)) {
        return {};
    }
    unsigned major = 0;
    unsigned minor = 0;
    unsigned release = 0;
    H5get_libversion(&major, &minor, &release);
    const std::string ours =
        std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(release);
    const std::string cause =
        is_large ? ". It has chunks of 4 GiB or more, which the HDF5 "
                 : ". The file is damaged, or it was written in a newer format than the HDF5 ";
    const std::string needed =
        is_large || !HYPERSLAB_READS_HDF5_2 ? "HDF5 2.0 or newer" : "a newer HDF5";
    return cause + ours + " in this build of hyperslab can" + (is_large ? "not" : "") +
           " read; that needs " + needed +
           ". Build hyperslab with it: HYPERSLAB_HDF5=SYSTEM takes the machine's, "
           "HYPERSLAB_HDF5_SOURCE builds one from its source (a folder or tarball). Or write the "
           "file with " +
           core::say("FormatBounds{FormatVersion::earliest, FormatVersion::v114}",
                     "libver=('earliest', 'v114')") +
           " and chunks smaller than 4 GiB: every HDF5 since 1.14 reads that";
}

}  // namespace hyperslab::hdf5
