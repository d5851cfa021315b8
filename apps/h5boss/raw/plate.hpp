// Plates of files, taken apart without HDF5.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "h5boss/formats/plate_id.hpp"
#include "h5boss/raw/table_file.hpp"
#include "h5boss/raw/tree.hpp"

namespace hyperslab::apps::h5boss::raw {

/// A plate of one file, of v1.
struct SourcePlate {
    PlateId id;
    std::shared_ptr<const SourceFile> file;
    ObjectHeader header;
    std::vector<std::pair<int, std::uint64_t>> fibers{};  ///< sorted, with the address of each
    std::vector<Member> others{};
};

/// What one file has.
struct OpenedFile {
    std::vector<SourcePlate> plates;
    /// Whether there is anything else beside the plates.
    bool has_more = false;
};

/// Looks into a file. \throws Refusal
OpenedFile open_file(const std::string& path);

/// A table of a plate that says whose its rows are.
struct CatalogueTable {
    std::string name;  ///< below the plate: "zbest", "photo/match"
    TableFile table;
};

/// The catalogues of a plate, sorted by name. Other things beside them are passed over.
/// \throws Refusal
std::vector<CatalogueTable> catalogues_of(const SourcePlate& plate);

/// Where a spectrum lies in its file.
struct SpectrumPlace {
    std::string place;  ///< below the fibre: "coadd", "exposures/108341/b"
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
};

/// The spectra of a fibre that lie in one piece.
/// \param address  of the fibre's group
/// \throws Refusal
std::vector<SpectrumPlace> places_of(const SourcePlate& plate, std::uint64_t address);

/// Some fibres of a plate of a file.
struct Part {
    const SourcePlate* plate = nullptr;
    std::set<int> fibers{};
};

/// The group of a plate with fibres of one file or of several, their rows of the catalogues, and
/// their headers.
/// \throws Refusal when a table is of another type in another file, and for all that is unusual
std::unique_ptr<Node> join_parts(const std::vector<Part>& parts);

}  // namespace hyperslab::apps::h5boss::raw
