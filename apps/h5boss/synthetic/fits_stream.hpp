// A FITS file written from the front to the back, compressed if its name ends in .gz. It is there
// when it is whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "h5boss/fits/card.hpp"

namespace hyperslab::apps::h5boss {

class FitsStream {
public:
    /// \throws Error (io)
    explicit FitsStream(std::string path);
    ~FitsStream();
    FitsStream(const FitsStream&) = delete;
    FitsStream& operator=(const FitsStream&) = delete;

    /// Begins an HDU: its header without END, behind which its data are written, in pieces.
    void begin(const Header& header);
    /// Bytes as they lie in the file.
    void write(std::span<const std::byte> bytes);
    /// Numbers of 32 bits, which are turned into FITS's order.
    void write(std::span<const float> values);
    void write(std::span<const std::int32_t> values);
    void commit();

private:
    struct File;

    void put(const void* bytes, std::size_t size);
    void pad(char filling);

    std::string path_;
    std::string partial_;
    File* file_;
    std::uint64_t written_ = 0;
};

/// The header of an image of 32-bit floats or integers, the first HDU of a file or a later one.
Header image_header(bool primary, bool integers, std::uint64_t width, std::uint64_t rows);

/// The header of a table of columns of FITS.
struct TableColumn {
    std::string name;
    std::string form;
    std::string dims;
};
Header table_header(const std::vector<TableColumn>& columns, std::uint64_t rows);

}  // namespace hyperslab::apps::h5boss
