// Files: opened, created, in memory. A File is its root group too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "hyperslab/file_options.hpp"
#include "hyperslab/group.hpp"

namespace hyperslab {

class File : public Group {
public:
    /// A handle of no file, which is not valid.
    File() = default;

    /// Opens or creates a file.
    ///
    /// The file is closed when the last handle to it and to what is in it is destroyed; a failure
    /// then cannot be reported. A program that has written calls close(), which throws.
    /// \throws Error (io), with system_errno() where the operating system refused;
    ///         (invalid_argument) for options that contradict the mode
    /// Source: H5Fopen, H5Fcreate.
    explicit File(const std::string& path, Mode mode = Mode::read, const FileOptions& options = {});

    /// A file that the processes of an MPI communicator share. Collective.
    /// \throws Error (unsupported) in a build without MPI; (invalid_argument) when MPI does not run
    /// Source: H5Pset_fapl_mpio.
    File(const std::string& path, Mode mode, const Mpio& mpio)
        : File(path, mode, FileOptions{.driver = mpio}) {}

    /// A file that such processes share in subfiles. Collective.
    /// \throws Error (unsupported) where HDF5 has no subfiling driver; (invalid_argument) when MPI
    ///     does not run with MPI_THREAD_MULTIPLE
    /// Source: H5Pset_fapl_subfiling.
    File(const std::string& path, Mode mode, const Subfiling& subfiling)
        : File(path, mode, FileOptions{.driver = subfiling}) {}

    /// The file that an object lies in.
    explicit File(const Object& object);

    /// \name Files in memory, with nothing on disk
    ///@{
    /// A new one. The options' driver may be a CoreDriver, for its increment.
    static File in_memory(const FileOptions& options = {});
    /// A file in memory that begins as a copy of an image, the bytes of an HDF5 file.
    static File from_image(std::span<const std::byte> image, const FileOptions& options = {});
    /// The file as bytes. Flushes first. Source: H5Fget_file_image.
    std::vector<std::byte> image() const;
    ///@}

    std::string filename() const;
    /// The mode that the file is open in: Mode::read or Mode::read_write.
    Mode mode() const;
    /// The name of the driver: "sec2", "stdio", "core", "family", "split" (called "multi" by HDF5),
    /// …
    std::string driver_name() const;
    FormatBounds format_bounds() const;
    /// The number of bytes before the HDF5 data begin.
    std::uint64_t userblock_bytes() const;
    /// The present size of the file in bytes. Source: H5Fget_filesize.
    std::uint64_t file_bytes() const;

    /// Whether others may read while this file is written, or the file is read while others write.
    bool swmr() const;
    /// Lets others read from now on.
    /// \throws Error (unsupported) for a file in a format older than FormatVersion::v110; (io) for
    ///         one that is open for reading only
    /// Source: H5Fstart_swmr_write.
    void start_swmr_write() const;

    /// Writes what is pending; with FileOptions::durable, to the disk.
    /// \throws Error (io)
    void flush() const;

    /// Closes the file and everything opened in it. Again does nothing. A file made with
    /// FileOptions::atomic takes its place now.
    /// \throws Error (io) when what was pending could not be written; the path then has the old
    ///         file if this one was made with FileOptions::atomic
    void close() const;

    /// Closes a file made with FileOptions::atomic without putting it in its place. What was
    /// written is gone.
    /// \throws Error (invalid_argument) for any other file
    void discard() const;

private:
    friend class object::Access;
    using Group::Group;
};

/// Whether a file is there and is HDF5.
bool is_hdf5(const std::string& path);

/// The versions of this library and of the HDF5 inside, such as "0.1.0" and "1.14.6".
std::string version();
std::string hdf5_version();

}  // namespace hyperslab

template <>
struct std::hash<hyperslab::File> : std::hash<hyperslab::Object> {};
