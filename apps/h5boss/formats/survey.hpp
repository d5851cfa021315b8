// A file of H5Boss's, of either format, as plates with their fibres and catalogues.
//
//     /PLATE/MJD/plugmap, zbest, zline, photo/match, photo/matchflux, photo/matchpos, spall
//     v1: /PLATE/MJD/FIBER/coadd, /PLATE/MJD/FIBER/exposures/EXPID/{b,r}
//     v2: /PLATE/MJD/coadds/{wave,flux,…,fiberid}, /PLATE/MJD/exposures/EXPID/{b,r}/{wave,flux,…}
//
// It only looks: what the spectra hold is for spectra.hpp.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <string>
#include <vector>

#include "h5boss/formats/plate_id.hpp"

namespace hyperslab::apps::h5boss {

enum class Format { v1, v2 };

class Plate {
public:
    Plate(PlateId id, Group group);

    PlateId id() const { return id_; }
    const Group& group() const { return group_; }
    Format format() const { return format_; }

    /// The fibres that have a spectrum, in the order in which they are stored: sorted in v1, by row
    /// in v2.
    const std::vector<int>& fibers() const { return fibers_; }

    /// The tables of the plate that have a column FIBERID: "zbest", "photo/match", …, sorted.
    std::vector<std::string> catalogues() const;
    /// What else is there, below the plate or below `photo`: neither spectra nor tables of fibres
    /// nor headers. Links that lead nowhere are left out.
    std::vector<std::string> others() const;
    bool has_catalogue(const std::string& name) const { return group_.contains(name); }
    /// \throws Error (not_found)
    Dataset catalogue(const std::string& name) const { return group_.dataset(name); }

private:
    template <class Visit>
    void each_other_member(const Visit& visit) const;

    PlateId id_;
    Group group_;
    Format format_ = Format::v1;
    std::vector<int> fibers_;
};

/// Whether a file has the name of a survey's file: it ends in .hdf5 or .h5.
bool has_survey_name(const std::string& path);

class Survey {
public:
    /// \throws Error (io) when the file cannot be read
    explicit Survey(const std::string& path);

    const std::string& path() const { return path_; }
    const File& file() const { return file_; }
    /// All plates, sorted. A file that has no plate is no error.
    std::vector<PlateId> plates() const { return ids_; }
    bool contains(const PlateId& id) const;
    /// \throws Error (not_found)
    Plate plate(const PlateId& id) const;

private:
    std::string path_;
    File file_;
    std::vector<PlateId> ids_;
};

}  // namespace hyperslab::apps::h5boss
