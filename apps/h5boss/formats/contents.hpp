// What a plate holds, wherever it comes from: FITS files, either format of HDF5, a selection of
// another.
//
// Every source makes a PlateContents and every writer takes one, so each pair of formats is
// converted by the same code. Catalogues and headers are in memory; spectra are read one at a time,
// when a writer asks for them, by any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "h5boss/formats/headers.hpp"
#include "h5boss/formats/plate_id.hpp"
#include "h5boss/formats/survey.hpp"
#include "h5boss/formats/table.hpp"

namespace hyperslab::apps::h5boss {

/// The spectra of one kind: the coadds, or the frames of one exposure and camera.
struct Spectra {
    std::string place;  ///< below the fibre: "coadd", "exposures/108341/b"
    std::vector<int> fibers;
    /// The type of a pixel: WAVE, FLUX, IVAR, …
    Datatype type;
    /// The number of pixels of the i-th fibre.
    std::function<std::uint64_t(std::size_t i)> pixels;
    /// The pixels of the i-th fibre, of `type`.
    std::function<Table(std::size_t i)> read;
    /// The wavelengths of all of them where they are known to be the same; else empty.
    std::vector<double> grid{};
    /// The dataset of the i-th fibre where each has one of its own, whose attributes a copy keeps.
    std::function<Dataset(std::size_t i)> source{};
    /// Whether that dataset has exactly the pixels that read() gives.
    bool unchanged = false;
};

struct Catalogue {
    std::string name;  ///< below the plate: "zbest", "photo/match"
    Table table;
    Object source{};  ///< whose attributes a copy keeps, if it is of a file of HDF5
};

/// Something of a plate that is none of the known things, which a copy keeps as it is.
struct Extra {
    std::string name;  ///< below the plate
    Object object;
};

struct PlateContents {
    PlateId id;
    std::vector<int> fibers;
    std::vector<Catalogue> catalogues;
    std::vector<Spectra> spectra;
    Headers headers;
    /// The cards that become attributes of the plate's group.
    std::vector<std::string> cards;
    std::vector<Extra> extras{};
    /// The plate's group in the file that it comes from, if it is one of HDF5.
    Object source{};
    /// The filters of the spectra in that file.
    std::vector<Filter> filters{};

    const Table* catalogue(const std::string& name) const;
};

/// The columns of a coadd's pixel and of an exposure's, in H5Boss's order.
const Datatype& coadd_type();
const Datatype& exposure_type();

/// A pixel's type with the columns of H5Boss's first, as far as they are there, and then the
/// others.
Datatype ordered_pixel(const Datatype& type, bool exposure);

/// A plate of a file. The file stays open as long as the contents live.
PlateContents contents_of(const Survey& survey, const PlateId& id);
/// A plate of a file with some of its fibres alone. Fibres that the plate lacks are passed over.
PlateContents contents_of(const Survey& survey, const PlateId& id, const std::vector<int>& fibers);

/// The contents with pixels of wavelengths from `low` to `high` alone, in Angstrom.
PlateContents cut_out(PlateContents contents, double low, double high);

/// Whether a place is one of an exposure.
bool is_exposure(const std::string& place);

}  // namespace hyperslab::apps::h5boss
