// Which HDF5 reads it, and how to get hyperslab with that.
//
// HDF5 gives each of its structures a version number, and a library knows the numbers up to its own
// time. What HDF5 2.0 writes with libver='latest' is the common case: chunked datasets and compound
// types have numbers that 1.14 does not know.

#include "hdf5/newer_format_hint.hpp"

#include <array>

#include "hdf5/capi.hpp"
#include "hdf5/library.hpp"

namespace hyperslab::hdf5 {
namespace {

bool is_about_a_version(std::string_view description) {
    constexpr std::array phrases{
        std::string_view("bad version number"),
        std::string_view("bad version # of encoded"),
        std::string_view("bad superblock version number"),
        std::string_view("unknown version of encoded"),
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
    if (!is_about_a_version(description)) {
        return {};
    }
    const auto [major, minor, release] = library_version();
    const std::string ours =
        std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(release);
    const std::string needed =
        HYPERSLAB_HAS_HDF5_2 ? "an HDF5 newer than that" : "HDF5 2.0 or newer";
    return ". The file is damaged, or it was written in a newer format than the HDF5 " + ours +
           " in this build of hyperslab can read, as libver='latest' does; that needs " + needed +
           ". Build hyperslab with it: HYPERSLAB_HDF5=SYSTEM takes the machine's, "
           "HYPERSLAB_HDF5_SOURCE builds one from its source (a folder or tarball). Or write the "
           "file with libver=('earliest', 'v114'), chunks smaller than 4 GiB and no native complex "
           "numbers: every HDF5 since 1.14 reads that";
}

}  // namespace hyperslab::hdf5
