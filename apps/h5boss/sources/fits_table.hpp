// A table in a FITS file, read as a Table: catalogues, and the pixels of a spectrum.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "h5boss/fits/columns.hpp"
#include "h5boss/fits/fits_file.hpp"
#include "h5boss/formats/report.hpp"
#include "h5boss/formats/table.hpp"

namespace hyperslab::apps::h5boss {

/// All columns of a table, with their names in upper case.
Table read_fits_table(const FitsFile& file, std::size_t hdu, Report& report);

/// The pixels of a spectrum in a FITS table, which is read when it is asked for. The file need not
/// stay open: it is opened for each read.
class FitsPixels {
public:
    /// \throws Error (type_mismatch) when the table has no FLUX, or neither LOGLAM nor WAVE
    FitsPixels(const std::shared_ptr<const FitsFile>& file,
               std::size_t hdu,
               bool exposure,
               Report& report);

    std::uint64_t size() const { return rows_; }
    /// WAVE in place of LOGLAM, WAVEDISP in place of WDISP; other columns keep their names. LOGLAM
    /// is there as well when WAVE would not give it back to the bit.
    const Datatype& type() const { return type_; }
    /// \param type  a type that has all members of type(), and maybe more, which are zero
    Table read(const Datatype& type) const;

private:
    bool needs_loglam(const Column& column) const;
    std::vector<std::byte> bytes() const;

    std::string path_;
    std::shared_ptr<const FitsFile> packed_;  // only when the bytes are in no file
    std::size_t hdu_;
    std::uint64_t start_;
    std::uint64_t rows_;
    std::size_t stride_;
    std::vector<Column> columns_;
    Datatype type_;
};

/// The name of a FITS column of pixels in HDF5.
std::string pixel_name(const std::string& column);

}  // namespace hyperslab::apps::h5boss
