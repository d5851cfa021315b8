// The file of an index.

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "h5boss/formats/output_file.hpp"
#include "h5boss/index/index.hpp"

namespace hyperslab::apps::h5boss {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMark = "h5boss_index";
constexpr int kForm = 1;

// NOLINTBEGIN(readability-identifier-naming): the columns are named as in the catalogues
struct PlateRow {
    std::int32_t PLATE;
    std::int32_t MJD;
    std::int32_t FILE;
    std::int32_t FORMAT;
    std::int64_t FIRST;
    std::int32_t COUNT;
    std::int32_t MATCHED;
};
// NOLINTEND(readability-identifier-naming)
HYPERSLAB_RECORD(PlateRow, PLATE, MJD, FILE, FORMAT, FIRST, COUNT, MATCHED);

fs::path folder_of(const std::string& path) { return fs::path(absolute_path(path)).parent_path(); }

/// Paths are kept relative to the index, so that it may be moved with its files.
std::string kept_path(const std::string& path, const fs::path& folder) {
    return fs::path(path).lexically_relative(folder).string();
}

std::string whole_path(const std::string& path, const fs::path& folder) {
    return (folder / path).lexically_normal().string();
}

}  // namespace

bool Index::is_index(const std::string& path) {
    if (fs::is_directory(path) || !is_hdf5(path)) {
        return false;
    }
    try {
        return File(path).attributes().contains(kMark);
    } catch (const Error&) {
        return false;
    }
}

void Index::save(const std::string& path) const {
    const fs::path folder = folder_of(path);
    OutputFile output(path);
    const File& file = output.file();
    file.attributes()[kMark] = kForm;
    std::vector<std::string> roots;
    roots.reserve(roots_.size());
    for (const std::string& root : roots_) {
        roots.push_back(kept_path(root, folder));
    }
    file.create_dataset("roots", roots);
    std::vector<std::string> paths;
    std::vector<std::int64_t> sizes;
    std::vector<std::int64_t> times;
    for (const IndexedFile& one : files_) {
        paths.push_back(kept_path(one.path, folder));
        sizes.push_back(one.size);
        times.push_back(one.changed);
    }
    file.create_dataset("files/path", paths);
    file.create_dataset("files/size", sizes);
    file.create_dataset("files/mtime", times);
    std::vector<PlateRow> plates;
    Table fibers;
    std::int64_t first = 0;
    for (const IndexedPlate& one : plates_) {
        const auto count = static_cast<std::int32_t>(one.fibers.size());
        plates.push_back({one.id.plate,
                          one.id.mjd,
                          static_cast<std::int32_t>(one.file),
                          one.format == Format::v1 ? 1 : 2,
                          first,
                          count,
                          one.matched ? 1 : 0});
        first += count;
        Table own = one.fibers;
        const std::size_t at = own.type().find_member("FILE")->offset;
        for (std::size_t row = 0; row < own.size(); ++row) {
            const auto number = static_cast<std::int32_t>(one.file);
            std::memcpy(own.row(row) + at, &number, sizeof number);
        }
        fibers.append(own);
    }
    for (std::size_t i = 0; i < plates.size(); ++i) {
        // Columns that a plate lacks are zeros in the table of all, and no values of its own.
        if (plates_[i].fibers.type() != fibers.type()) {
            plates[i].MATCHED = 0;
        }
    }
    file.create_dataset("plates", plates);
    if (!fibers.empty()) {
        write_elements(file.create_dataset("fibers", fibers.type(), {fibers.size()}),
                       fibers.bytes());
    }
    for (const auto& [name, kind] : catalogues_) {
        const Dataset dataset = file.create_dataset("catalogues/" + name, kind.type, {0});
        dataset.attributes()["repeats"] = kind.repeats ? 1 : 0;
    }
    output.commit();
}

Index Index::load(const std::string& path) {
    const File file(path);
    if (!file.attributes().contains(kMark) || file.attributes().get<int>(kMark) != kForm) {
        throw Error(ErrorCode::type_mismatch, "'" + path + "' is no index of this program");
    }
    const fs::path folder = folder_of(path);
    Index index;
    for (const std::string& root : file.dataset("roots").read<std::string>()) {
        index.roots_.push_back(whole_path(root, folder));
    }
    const auto paths = file.dataset("files/path").read<std::string>();
    const auto sizes = file.dataset("files/size").read<std::int64_t>();
    const auto times = file.dataset("files/mtime").read<std::int64_t>();
    for (std::size_t i = 0; i < paths.size(); ++i) {
        index.files_.push_back({whole_path(paths[i], folder), sizes[i], times[i]});
    }
    const Table fibers = file.contains("fibers") ? read_table(file.dataset("fibers")) : Table();
    for (const PlateRow& row : file.dataset("plates").read<PlateRow>()) {
        const auto first = static_cast<std::size_t>(row.FIRST);
        const auto count = static_cast<std::size_t>(row.COUNT);
        if (row.FIRST < 0 || row.COUNT < 0 || first + count > fibers.size() || row.FILE < 0 ||
            static_cast<std::size_t>(row.FILE) >= index.files_.size()) {
            throw Error(ErrorCode::io, "'" + path + "' names fibres that are not there");
        }
        const std::byte* const begin = fibers.bytes().data() + first * fibers.row_size();
        index.plates_.push_back(
            {{row.PLATE, row.MJD},
             static_cast<std::size_t>(row.FILE),
             row.FORMAT == 2 ? Format::v2 : Format::v1,
             row.MATCHED != 0,
             Table(fibers.type(), Bytes(begin, begin + count * fibers.row_size()))});
    }
    const Group catalogues = file.contains("catalogues") ? file.group("catalogues") : Group();
    const auto look = [&](const Group& group, const std::string& prefix) {
        for (const auto& [name, object] : group) {
            if (object.kind() == ObjectKind::dataset) {
                const Dataset dataset(object);
                index.catalogues_[prefix + name] = {read_table(dataset).type(),
                                                    dataset.attributes().get<int>("repeats") != 0};
            }
        }
    };
    if (catalogues.valid()) {
        look(catalogues, "");
        if (catalogues.contains("photo")) {
            look(catalogues.group("photo"), "photo/");
        }
    }
    return index;
}

}  // namespace hyperslab::apps::h5boss
