// An index of a survey: which fibre of which plate lies in which file, and what kind of thing it
// is.
//
// It is made in one pass over the files. Kept in a file it saves that pass: a file whose size and
// time of change are those of the index is not looked into again. The file is one of HDF5:
//     attributes of the root: h5boss_index, the form's number
//     roots          (n,) the folders and files that were indexed, relative to the index's folder
//     files/path, files/size, files/mtime   (n,) each: sizes in bytes, times in nanoseconds
//     plates         (n,) table: PLATE, MJD, FILE, FORMAT (1, 2), FIRST, COUNT, MATCHED
//     fibers         (n,) table: PLATE, MJD, FIBERID, FILE, OFFSET, BYTES, ROW, and columns of
//     zbest catalogues/…   a dataset without rows for each catalogue, which has its type
//     exposures      (n,) table: PLATE, MJD, FIBERID, FILE, EXPOSURE, CAMERA, OFFSET, BYTES
// OFFSET and BYTES say where the coadd of v1 lies in its file, or the frame of an exposure, when it
// lies there in one piece; ROW is the row of v2's stacks.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "h5boss/formats/report.hpp"
#include "h5boss/index/entries.hpp"

namespace hyperslab::apps::h5boss {

class Index {
public:
    /// The index of files and folders. A fibre that is in two files is that of the first one.
    /// \param before  an index whose entries are taken away where the files have not changed
    /// \param share  which files are looked into, by their place among all; empty: all
    static Index of(
        const std::vector<std::string>& roots,
        Depth depth,
        Report& report,
        Index* before = nullptr,
        const std::function<std::vector<bool>(const std::vector<std::string>&)>& share = {});
    /// The index of files of which several processes have looked into a share each.
    static Index joined(std::vector<Index> shares, Report& report);
    /// Reads an index, looks for what has changed since, and if anything has writes it again.
    /// \param roots  what must be indexed beside what is
    static Index open(const std::string& path,
                      const std::vector<std::string>& roots,
                      Report& report);
    /// Whether a file is one.
    static bool is_index(const std::string& path);

    /// \throws Error (io)
    void save(const std::string& path) const;
    /// An index as it was saved, whatever has changed since.
    static Index load(const std::string& path);

    const std::vector<IndexedFile>& files() const { return files_; }
    const std::vector<IndexedPlate>& plates() const { return plates_; }
    /// What the files have of one plate, in the order of their precedence.
    std::span<const IndexedPlate> plates_of(const PlateId& id) const;
    const std::map<std::string, CatalogueKind>& catalogues() const { return catalogues_; }
    std::size_t fibers() const;

private:
    void add_scans(const std::vector<std::size_t>& files, Depth depth, Report& report);
    void take(Index& before, std::size_t file_before, std::size_t file);
    void sort_plates(Report& report);
    void drop_repeated(Report& report);
    std::set<PlateId> moved(const std::set<std::string>& found) const;
    bool has_any(std::size_t file, const std::set<PlateId>& ids) const;

    std::vector<std::string> roots_;  // absolute
    std::vector<IndexedFile> files_;
    std::vector<IndexedPlate> plates_;  // sorted
    std::map<std::string, CatalogueKind> catalogues_;
};

/// The file without links and dots.
std::string absolute_path(const std::string& path);

}  // namespace hyperslab::apps::h5boss
