// The rows of the first image of a FITS file, compressed or not, read from the front to the back.
//
// A compressed file of many megabytes is never in memory: rows are unpacked as they are asked for,
// and the last few hundred are kept for threads that are a little behind. To go back further means
// to begin anew.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

namespace hyperslab::apps::h5boss {

class RowStream {
public:
    /// \throws Error (io) when it cannot be read; (type_mismatch) when its first image is not one
    /// of
    ///         32-bit floats with two axes
    explicit RowStream(const std::string& path);
    ~RowStream();
    RowStream(const RowStream&) = delete;
    RowStream& operator=(const RowStream&) = delete;

    std::uint64_t width() const { return width_; }
    std::uint64_t rows() const { return rows_; }
    /// Any thread may ask.
    /// \throws Error (out_of_range); (io) when the file ends too early
    std::vector<float> row(std::uint64_t number);

private:
    struct File;

    void read_header();
    void read_next();

    std::string path_;
    File* file_ = nullptr;
    std::uint64_t width_ = 0;
    std::uint64_t rows_ = 0;
    std::mutex mutex_;
    std::uint64_t next_ = 0;                 // the row that is read next
    std::deque<std::vector<float>> kept_{};  // the rows before it
};

}  // namespace hyperslab::apps::h5boss
