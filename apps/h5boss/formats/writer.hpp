// Writes the contents of plates to a file, in either format.
#pragma once

#include <vector>

#include "h5boss/formats/contents.hpp"
#include "h5boss/formats/output_file.hpp"

namespace hyperslab::apps::h5boss {

struct WriteOptions {
    Format format = Format::v1;
    /// The filters of spectra and catalogues; none: contiguous.
    std::vector<Filter> filters{};
    /// Whether every spectrum gets its header as attributes, as in H5Boss's files.
    bool keep_attributes = false;
    /// Whether attributes of the file that the contents come from are kept, of v1's spectra too.
    bool keep_source_attributes = false;
    /// Whether spectra may be copied as they are stored, with the filters that they have.
    bool keep_storage = false;
    /// Counts spectra that are written.
    ProgressBar* bar = nullptr;
};

/// Writes a plate. Its catalogues are sorted by FIBERID, its spectra as `contents` has them.
void write_plate(const OutputFile& output, const PlateContents& contents, const WriteOptions& how);

/// The parts of write_plate: the group with its attributes, catalogues and headers; and the
/// spectra.
Group write_catalogues(const OutputFile& output,
                       const PlateContents& contents,
                       const WriteOptions& options);
void write_single_spectra(const OutputFile& output,
                          const Group& plate,
                          const PlateContents& contents,
                          const WriteOptions& options);
void write_stacked_spectra(const OutputFile& output,
                           const Group& plate,
                           const PlateContents& contents,
                           const WriteOptions& options);

}  // namespace hyperslab::apps::h5boss
