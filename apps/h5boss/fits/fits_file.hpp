// A FITS file that is read: its headers by CFITSIO, its data as the bytes that lie in the file.
//
// Any number of threads read at once, each from the place it names, and no more is in memory than
// what they asked for; only a compressed file (.gz) is unpacked into memory. Whether all data that
// the headers promise are there is checked when the file is opened: one that was cut off is refused
// whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "h5boss/fits/card.hpp"

namespace hyperslab::apps::h5boss {

/// One header with its data.
struct Hdu {
    enum class Kind { image, table, other };
    Kind kind = Kind::image;
    std::string name;  ///< EXTNAME; empty when there is none
    Header header;
    /// The lengths of an image's axes, the fastest first; of a table the bytes of a row and the
    /// number of rows.
    std::vector<std::uint64_t> axes;
    int bitpix = 8;
    std::uint64_t data_start = 0;  ///< in the file, in bytes
    std::uint64_t data_bytes = 0;
};

class FitsFile {
public:
    /// \throws Error (io) when it cannot be read, is no FITS file, or was cut off
    explicit FitsFile(const std::string& path);
    ~FitsFile();
    FitsFile(const FitsFile&) = delete;
    FitsFile& operator=(const FitsFile&) = delete;

    const std::string& path() const { return path_; }
    std::size_t size() const { return hdus_.size(); }
    /// \throws Error (not_found) when the file has fewer
    const Hdu& operator[](std::size_t number) const;
    /// \throws Error (type_mismatch) when that one is no table, or no image
    const Hdu& table(std::size_t number) const;
    const Hdu& image(std::size_t number) const;

    /// Bytes of an HDU's data, big-endian, as they lie in the file.
    /// \throws Error (out_of_range) beyond the data; (io)
    std::vector<std::byte> read(std::size_t number,
                                std::uint64_t offset,
                                std::uint64_t bytes) const;
    void read_into(std::size_t number, std::uint64_t offset, std::span<std::byte> target) const;
    std::vector<std::byte> read(std::size_t number) const {
        return read(number, 0, (*this)[number].data_bytes);
    }

private:
    class Source;

    void require(std::size_t number, std::uint64_t offset, std::uint64_t bytes) const;

    std::string path_;
    std::unique_ptr<Source> source_;
    std::vector<Hdu> hdus_;
};

/// Bytes of any file, which is opened and closed for them.
/// \throws Error (io)
std::vector<std::byte> read_bytes(const std::string& path,
                                  std::uint64_t offset,
                                  std::uint64_t bytes);

/// A row of an image with elements of 32 bits, as they lie in the file.
/// \param bitpix  which the image must have: 32 or -32
void read_words(const FitsFile& file,
                std::size_t hdu,
                std::uint64_t row,
                int bitpix,
                std::vector<std::uint32_t>& words);

/// A row of an image of 32-bit floats or integers in this machine's byte order.
/// \throws Error (type_mismatch) for another BITPIX; (out_of_range) for a row that is not there
std::vector<float> float_row(const FitsFile& file, std::size_t hdu, std::uint64_t row);
std::vector<std::int32_t> integer_row(const FitsFile& file, std::size_t hdu, std::uint64_t row);

}  // namespace hyperslab::apps::h5boss
