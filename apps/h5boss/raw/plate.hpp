// Plates of files, taken apart without HDF5.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "h5boss/formats/plate_id.hpp"
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
