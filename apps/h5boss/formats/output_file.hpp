// A survey's file that is written: HDF5 makes the objects, and threads put the bytes in their
// place.
//
// A contiguous dataset gets its space when it is created, without being filled, so its bytes are
// written at their address by any thread while HDF5 makes the next objects. The file has another
// name until commit(), which gives it its own in one step: whatever happens before, the path has
// the old file or none.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shared/progress_bar.hpp"

namespace hyperslab::apps::h5boss {

/// Where the elements of a dataset lie in its file, one after the other.
struct Extent {
    std::uint64_t offset = 0;  ///< from the beginning of the file, in bytes
    std::uint64_t bytes = 0;
};

/// The extent of a contiguous dataset; an empty optional for other layouts, for one whose bytes are
/// in other files, and for one without bytes.
std::optional<Extent> extent_of(const Dataset& dataset);

class OutputFile {
public:
    /// \throws Error (io)
    explicit OutputFile(const std::string& path);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    const File& file() const { return file_; }
    const std::string& path() const { return path_; }
    /// The descriptor through which extents are written.
    int descriptor() const { return fd_; }

    /// A contiguous dataset with its space, for write_at().
    Dataset create_extent(const Group& group,
                          const std::string& path,
                          const Datatype& type,
                          const Shape& shape,
                          Extent& extent) const;

    /// Writes bytes at a place in the file. Any thread may call it.
    /// \throws Error (io)
    void write_at(std::uint64_t offset, std::span<const std::byte> bytes) const;

    /// Closes the file and gives it its name.
    void commit();

private:
    std::string path_;
    std::string temporary_;
    File file_;
    int fd_ = -1;
    bool committed_ = false;
};

/// Writes all elements of a dataset, given in its own type.
void write_elements(const Dataset& dataset, std::span<const std::byte> bytes);
/// Writes one row of the first axis, or more, given in the dataset's own type.
void write_rows(const Dataset& dataset,
                std::uint64_t first,
                std::uint64_t count,
                std::span<const std::byte> bytes);

/// Calls work(i) for every i below count, on as many threads as the machine has processors. The
/// first error of any of them is thrown at the end; no further work is begun after it, nor after
/// Ctrl-C.
/// \param bar  counts what is done, if there is one
void in_parallel(std::size_t count,
                 const std::function<void(std::size_t)>& work,
                 ProgressBar* bar = nullptr);

}  // namespace hyperslab::apps::h5boss
