// How a file is opened or created.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "hyperslab/dataset_options.hpp"

namespace hyperslab {

/// How to open a file. The comments give h5py's letters.
enum class Mode {
    read,        ///< the file must exist, and cannot be written (r)
    read_write,  ///< must exist (r+)
    create,      ///< new, in place of an old one (w)
    create_new,  ///< new; it is an error when there is one (w-, x)
    append,      ///< opens for reading and writing; creates a missing file (a)
};

/// The versions of the file format (H5F_libver_t).
enum class FormatVersion { earliest, v18, v110, v112, v114, v200, latest };

/// The oldest and the newest format that are used for writing.
struct FormatBounds {
    FormatVersion low = FormatVersion::earliest;
    FormatVersion high = FormatVersion::latest;
};

/// Whether a file is locked while it is open. The environment variable HDF5_USE_FILE_LOCKING has
/// the last word.
enum class FileLocking { off, on, best_effort };

/// \name Drivers: what reaches a file's bytes
///@{
/// The operating system's files; the default.
struct Sec2Driver {};
/// Reaches the file through C's buffered streams.
struct StdioDriver {};
/// The file lives in memory, grows by `increment` bytes, and with a backing store is written to
/// disk on closing. Can begin with an image.
struct CoreDriver {
    std::size_t increment = 64 * 1024;
    bool backing_store = true;
    std::vector<std::byte> image{};
};
/// One file as a row of files of `member_bytes`; its name holds a printf integer format.
struct FamilyDriver {
    std::uint64_t member_bytes = 2147483647;
};
/// Metadata and raw data in two files, named by what is appended to the file's name.
struct SplitDriver {
    std::string metadata_extension = "-m.h5";
    std::string raw_data_extension = "-r.h5";
};
/// One file that the processes of an MPI communicator share; only in a parallel build. All of them
/// open and close it, and make every change of its metadata together.
struct Mpio {
    std::uintptr_t communicator = 0;  ///< an MPI_Comm, as a number
    std::uintptr_t info = 0;          ///< an MPI_Info; 0: none

    Mpio() = default;
    /// From MPI's handles: pointers in some MPIs, integers in others.
    template <class Comm>
    explicit Mpio(Comm comm) : communicator(number(comm)) {}
    template <class Comm, class Info>
    Mpio(Comm comm, Info hints) : communicator(number(comm)), info(number(hints)) {}

private:
    template <class MpiHandle>
    static std::uintptr_t number(MpiHandle handle) {
        if constexpr (std::is_pointer_v<MpiHandle>) {
            return reinterpret_cast<std::uintptr_t>(handle);
        } else {
            return static_cast<std::uintptr_t>(handle);
        }
    }
};
/// A file that processes share as above, but whose bytes lie in stripes in several subfiles beside
/// it. Each subfile has an I/O concentrator: a process whose threads write what the others send it.
/// Only where HDF5 was built with its subfiling driver, and MPI runs with MPI_THREAD_MULTIPLE.
struct Subfiling {
    /// Which processes are I/O concentrators. HDF5 takes n and the total from the environment
    /// variable H5FD_SUBFILING_IOC_SELECTION_CRITERIA.
    enum class Concentrators { one_per_node, every_nth_rank, total };

    Mpio processes{};
    Concentrators concentrators = Concentrators::one_per_node;
    std::int64_t stripe_bytes = 32 << 20;
    std::optional<std::int32_t> subfiles{};  ///< when creating; by default one per concentrator
    std::int32_t threads = 4;                ///< of each concentrator
};
using Driver =
    std::variant<Sec2Driver, StdioDriver, CoreDriver, FamilyDriver, SplitDriver, Mpio, Subfiling>;
///@}

/// How free space in a new file is managed (H5Pset_file_space_strategy).
struct FileSpace {
    enum class Strategy { free_space_managers, paged, aggregators, none };
    Strategy strategy = Strategy::free_space_managers;
    bool persist = false;             ///< keep free space across closing
    std::uint64_t threshold = 1;      ///< smallest piece kept, in bytes
    std::uint64_t page_bytes = 4096;  ///< the size of a page for Strategy::paged
};

/// The buffer of pages that are kept in memory, for a file with paged space.
struct PageBuffer {
    std::size_t bytes = 0;
    unsigned min_metadata_percent = 0;
    unsigned min_raw_data_percent = 0;
};

struct FileOptions {
    Driver driver{};
    FormatBounds format{};
    std::optional<FileLocking> locking{};
    /// Whether the file is read while another process writes, in mode read.
    bool swmr = false;
    /// The chunk cache of every dataset.
    ChunkCacheOptions cache{};
    std::optional<PageBuffer> page_buffer{};
    /// Objects of at least `alignment_threshold` bytes begin at multiples of `alignment`.
    std::uint64_t alignment_threshold = 1;
    std::uint64_t alignment = 1;
    /// The number of bytes by which space for metadata grows.
    std::optional<std::uint64_t> metadata_block_bytes{};
    /// File::flush and File::close wait until the disk has what was written (fsync), and throw when
    /// it refuses. For files on disk.
    bool durable = false;

    /// \name Only when creating
    ///@{
    /// The number of bytes that are left free at the beginning: 0, or 512 or a larger power of two.
    std::optional<std::uint64_t> userblock_bytes{};
    /// Whether the order of members and attributes in the root group is remembered.
    bool track_order = false;
    bool track_times = false;
    std::optional<FileSpace> space{};
    /// The path has the old file until File::close, and then the new one, whole, on the disk: it is
    /// written under another name in the same folder and renamed. Without File::close it is
    /// dropped. For a file on disk and the modes create and create_new.
    bool atomic = false;
    ///@}
};

}  // namespace hyperslab
