// The file of an index.

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "h5boss/formats/output_file.hpp"
#include "h5boss/index/index.hpp"

namespace hyperslab::apps::h5boss {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMark = "h5boss_index";
constexpr int kForm = 2;

// NOLINTBEGIN(readability-identifier-naming): the columns are named as in the catalogues
struct PlateRow {
    std::int32_t PLATE;
    std::int32_t MJD;
    std::int32_t FILE;
    std::int32_t FORMAT;
    std::int64_t FIRST;
    std::int32_t COUNT;
    std::int32_t MATCHED;
    std::int64_t FRAMES;
};
// NOLINTEND(readability-identifier-naming)
HYPERSLAB_RECORD(PlateRow, PLATE, MJD, FILE, FORMAT, FIRST, COUNT, MATCHED, FRAMES);

fs::path folder_of(const std::string& path) { return fs::path(absolute_path(path)).parent_path(); }

/// Paths are kept relative to the index, so that it may be moved with its files.
std::string kept_path(const std::string& path, const fs::path& folder) {
    return fs::path(path).lexically_relative(folder).string();
}

std::string whole_path(const std::string& path, const fs::path& folder) {
    return (folder / path).lexically_normal().string();
}

/// One dataset of the tables of all plates, which is written plate by plate.
/// \param table  the table of a plate
void save_tables(const File& file,
                 const std::string& name,
                 const Datatype& type,
                 std::uint64_t rows,
                 const std::vector<IndexedPlate>& plates,
                 const std::function<Table(const IndexedPlate&)>& table) {
    if (rows == 0) {
        return;
    }
    const Dataset dataset = file.create_dataset(name, type, {rows});
    std::uint64_t first = 0;
    for (const IndexedPlate& one : plates) {
        Table own(type);
        own.append(table(one));
        const std::size_t at = type.find_member("FILE")->offset;
        const auto number = static_cast<std::int32_t>(one.file);
        for (std::size_t row = 0; row < own.size(); ++row) {
            std::memcpy(own.row(row) + at, &number, sizeof number);
        }
        write_rows(dataset, first, own.size(), own.bytes());
        first += own.size();
    }
}

void save_plates(const File& file, const std::vector<IndexedPlate>& all) {
    std::vector<PlateRow> plates;
    Datatype type = Datatype::compound(0, {});
    std::int64_t first = 0;
    for (const IndexedPlate& one : all) {
        const auto count = static_cast<std::int32_t>(one.fibers.size());
        plates.push_back({one.id.plate,
                          one.id.mjd,
                          static_cast<std::int32_t>(one.file),
                          one.format == Format::v1 ? 1 : 2,
                          first,
                          count,
                          one.matched ? 1 : 0,
                          static_cast<std::int64_t>(one.frames)});
        first += count;
        if (type.members().empty()) {
            type = one.fibers.type();
        } else if (type != one.fibers.type()) {
            type = joined_type(type, one.fibers.type());
        }
    }
    for (std::size_t i = 0; i < plates.size(); ++i) {
        // Columns that a plate lacks are zeros in the table of all, and no values of its own.
        if (all[i].fibers.type() != type) {
            plates[i].MATCHED = 0;
        }
    }
    file.create_dataset("plates", plates);
    save_tables(
        file, "fibers", type, static_cast<std::uint64_t>(first), all, [](const IndexedPlate& one) {
            return one.fibers;
        });
    std::uint64_t frames = 0;
    for (const IndexedPlate& one : all) {
        frames += one.frames;
    }
    const auto exposures = [](const IndexedPlate& one) {
        return one.frames > 0 ? one.exposures() : Table();
    };
    for (const IndexedPlate& one : all) {
        if (one.frames > 0) {
            save_tables(file, "exposures", exposures(one).type(), frames, all, exposures);
            break;
        }
    }
}

/// Rows of a table that are read some at a time, since a survey has millions.
class RowReader {
public:
    explicit RowReader(const Dataset& dataset) : dataset_(dataset), rows_(dataset.size()) {}

    std::uint64_t size() const { return rows_; }
    Table rows(std::uint64_t first, std::uint64_t count) {
        constexpr std::uint64_t kAtOnce = 64 << 10;
        if (first < begin_ || first + count > begin_ + held_.size()) {
            begin_ = first;
            held_ = read_table(dataset_, first, std::min(rows_, first + std::max(count, kAtOnce)));
        }
        const std::byte* const from = held_.bytes().data() + (first - begin_) * held_.row_size();
        return {held_.type(), Bytes(from, from + count * held_.row_size())};
    }

private:
    Dataset dataset_;
    std::uint64_t rows_;
    std::uint64_t begin_ = 0;
    Table held_;
};

std::map<std::string, CatalogueKind> load_catalogues(const File& file) {
    std::map<std::string, CatalogueKind> found;
    const Group catalogues = file.contains("catalogues") ? file.group("catalogues") : Group();
    const auto look = [&](const Group& group, const std::string& prefix) {
        for (const auto& [name, object] : group) {
            if (object.kind() == ObjectKind::dataset) {
                const Dataset dataset(object);
                found[prefix + name] = {read_table(dataset).type(),
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
    return found;
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
    save_plates(file, plates_);
    for (const auto& [name, kind] : catalogues_) {
        const Dataset dataset = file.create_dataset("catalogues/" + name, kind.type, {0});
        dataset.attributes()["repeats"] = kind.repeats ? 1 : 0;
    }
    output.commit();
}

Index Index::load(const std::string& path) {
    const File file(path);
    if (!file.attributes().contains(kMark)) {
        throw Error(ErrorCode::type_mismatch, "'" + path + "' is no index of this program");
    }
    const fs::path folder = folder_of(path);
    Index index;
    for (const std::string& root : file.dataset("roots").read<std::string>()) {
        index.roots_.push_back(whole_path(root, folder));
    }
    if (file.attributes().get<int>(kMark) != kForm) {
        return index;  // The files are looked into again.
    }
    const auto paths = file.dataset("files/path").read<std::string>();
    const auto sizes = file.dataset("files/size").read<std::int64_t>();
    const auto times = file.dataset("files/mtime").read<std::int64_t>();
    for (std::size_t i = 0; i < paths.size(); ++i) {
        index.files_.push_back({whole_path(paths[i], folder), sizes[i], times[i]});
    }
    std::optional<RowReader> fibers;
    std::shared_ptr<RowReader> exposures;
    if (file.contains("fibers")) {
        fibers.emplace(file.dataset("fibers"));
    }
    if (file.contains("exposures")) {
        exposures = std::make_shared<RowReader>(file.dataset("exposures"));
    }
    std::uint64_t frame = 0;
    for (const PlateRow& row : file.dataset("plates").read<PlateRow>()) {
        const auto first = static_cast<std::uint64_t>(row.FIRST);
        const auto count = static_cast<std::uint64_t>(row.COUNT);
        const std::uint64_t all = fibers ? fibers->size() : 0;
        if (row.FIRST < 0 || row.COUNT < 0 || first > all || count > all - first || row.FILE < 0 ||
            static_cast<std::size_t>(row.FILE) >= index.files_.size()) {
            throw Error(ErrorCode::io, "'" + path + "' names fibres that are not there");
        }
        index.plates_.push_back({{row.PLATE, row.MJD},
                                 static_cast<std::size_t>(row.FILE),
                                 row.FORMAT == 2 ? Format::v2 : Format::v1,
                                 row.MATCHED != 0,
                                 fibers ? fibers->rows(first, count) : Table()});
        const auto frames = static_cast<std::uint64_t>(row.FRAMES);
        if (exposures && row.FRAMES > 0 && frame + frames <= exposures->size()) {
            index.plates_.back().frames = frames;
            index.plates_.back().exposures = [exposures, frame, frames] {
                return exposures->rows(frame, frames);
            };
            frame += frames;
        }
    }
    index.catalogues_ = load_catalogues(file);
    return index;
}

}  // namespace hyperslab::apps::h5boss
