// The file system that a path lies in, as far as speed and safety of files in it depend on it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace hyperslab::storage {

/// How a file on Lustre is spread over storage targets.
struct Stripes {
    std::uint64_t bytes = 0;
    unsigned count = 0;
};

struct FileSystem {
    std::string type;  ///< "ext4", "Lustre", … or a number that statfs() gives
    bool is_network = false;
    /// Whether processes of several machines see each other's writes to a file at once and byte by
    /// byte, as POSIX has it. Network file systems with caches on each machine do not do so.
    bool is_coherent = false;
    std::uint64_t block_bytes = 0;
    std::uint64_t bytes = 0;
    std::uint64_t free_bytes = 0;  ///< for this user
    std::optional<Stripes> stripes{};

    /// What large objects of a file should begin at multiples of, in bytes.
    std::uint64_t alignment() const { return stripes ? stripes->bytes : block_bytes; }
};

/// An empty optional when nothing lies at the path, or it may not be seen.
std::optional<FileSystem> file_system_of(const std::string& path);

/// Of a file that is to be made: of its folder where it does not exist yet.
std::optional<FileSystem> file_system_for(const std::string& path);

/// Takes a lock on a file or a folder as libhdf5 does it, and gives it back.
/// \returns 0, or errno
int try_lock(const std::string& path);

}  // namespace hyperslab::storage
