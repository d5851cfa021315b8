#include "h5boss/commands/virtual_subset.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "h5boss/formats/attributes.hpp"
#include "h5boss/formats/contents.hpp"
#include "h5boss/formats/output_file.hpp"
#include "h5boss/index/index.hpp"

namespace hyperslab::apps::h5boss {
namespace {

struct OpenPiece {
    std::string path;
    std::shared_ptr<const Survey> survey;
    Plate plate;
    std::vector<int> fibers;
};

/// Rows of a dataset, as few ranges.
struct Run {
    std::int64_t begin;
    std::int64_t end;
};

std::vector<Run> runs_of(const std::vector<std::size_t>& rows) {
    std::vector<Run> runs;
    for (const std::size_t row : rows) {
        const auto number = static_cast<std::int64_t>(row);
        if (runs.empty() || runs.back().end != number) {
            runs.push_back({number, number});
        }
        ++runs.back().end;
    }
    return runs;
}

/// Maps ranges of rows of a dataset to the next rows of a virtual one.
void map_rows(VirtualLayout& layout,
              std::int64_t& next,
              const std::vector<Run>& runs,
              const OpenPiece& piece,
              const Dataset& dataset) {
    for (const Run& run : runs) {
        const std::int64_t end = next + run.end - run.begin;
        layout.map({slice(next, end)},
                   {piece.path, dataset.name(), dataset.shape(), {slice(run.begin, run.end)}});
        next = end;
    }
}

void add_catalogue(const Group& plate,
                   const std::string& name,
                   const std::vector<OpenPiece>& pieces) {
    std::vector<std::vector<std::size_t>> rows(pieces.size());
    std::size_t total = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!pieces[i].plate.has_catalogue(name)) {
            continue;
        }
        const std::unordered_set<int> wanted(pieces[i].fibers.begin(), pieces[i].fibers.end());
        const auto held = pieces[i].plate.catalogue(name).field("FIBERID").read<int>();
        for (std::size_t row = 0; row < held.size(); ++row) {
            if (wanted.contains(held[row])) {
                rows[i].push_back(row);
            }
        }
        total += rows[i].size();
    }
    Dataset made;
    for (std::size_t i = 0; i < pieces.size() && total == 0; ++i) {
        if (pieces[i].plate.has_catalogue(name)) {
            made = plate.create_dataset(name, pieces[i].plate.catalogue(name).datatype(), {0});
            return;
        }
    }
    std::unique_ptr<VirtualLayout> layout;
    std::int64_t next = 0;
    Object first;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (rows[i].empty()) {
            continue;
        }
        const Dataset dataset = pieces[i].plate.catalogue(name);
        if (!layout) {
            layout = std::make_unique<VirtualLayout>(Shape{total}, dataset.datatype());
            first = dataset;
        }
        map_rows(*layout, next, runs_of(rows[i]), pieces[i], dataset);
    }
    made = plate.create_virtual_dataset(name, *layout);
    copy_attributes(first, made);
}

/// The rows of wanted fibres in the stacks of one file, and whose they are.
struct StackPiece {
    const OpenPiece* piece;
    Group group;
    std::vector<std::size_t> rows{};
    std::size_t held = 0;
};

StackPiece stack_piece(const OpenPiece& piece,
                       const std::string& path,
                       std::vector<std::int32_t>& fibers) {
    StackPiece found{&piece, piece.plate.group().group(path)};
    std::vector<int> held = piece.plate.fibers();
    if (found.group.contains("fiberid")) {
        held = found.group.dataset("fiberid").read<int>().to_vector();
    }
    found.held = held.size();
    const std::unordered_set<int> wanted(piece.fibers.begin(), piece.fibers.end());
    for (std::size_t row = 0; row < held.size(); ++row) {
        if (wanted.contains(held[row])) {
            found.rows.push_back(row);
            fibers.push_back(held[row]);
        }
    }
    return found;
}

bool is_stacked(const Dataset& dataset, const StackPiece& piece) {
    return dataset.rank() == 2 && dataset.shape()[0] >= piece.held;
}

[[noreturn]] void refuse_to_join(const StackPiece& a, const StackPiece& b) {
    throw Error(ErrorCode::unsupported,
                "'" + b.piece->path + "' has other wavelengths of plate " +
                    to_string(b.piece->plate.id()) + " than '" + a.piece->path +
                    "', so --virtual cannot join their stacks");
}

/// One dataset of stacks: rows of each file one below the other, or what all files share.
void add_stack(const Group& group, const std::string& name, const std::vector<StackPiece>& pieces) {
    // Not every file needs to have `present`: where it is missing, fibres have all pixels.
    const auto lead = std::ranges::find_if(
        pieces, [&](const StackPiece& piece) { return piece.group.contains(name); });
    const Dataset first = lead->group.dataset(name);
    const bool stacked = is_stacked(first, *lead);
    std::size_t total = 0;
    for (const StackPiece& piece : pieces) {
        total += piece.rows.size();
        const Object other = piece.group.find(name);
        const bool fits = other.valid() && Dataset(other).datatype() == first.datatype() &&
                          (stacked ? Dataset(other).shape().at(1) == first.shape()[1]
                                   : Dataset(other).shape() == first.shape());
        if (name != "present" && !fits) {
            refuse_to_join(pieces[0], piece);
        }
        if (!stacked && fits &&
            !std::ranges::equal(Dataset(other).read_elements().bytes(),
                                first.read_elements().bytes())) {
            refuse_to_join(pieces[0], piece);
        }
    }
    Shape shape = first.shape();
    if (stacked) {
        shape[0] = total;
    }
    VirtualLayout layout(shape, first.datatype());
    std::int64_t next = 0;
    for (const StackPiece& piece : pieces) {
        const auto rows = static_cast<std::int64_t>(piece.rows.size());
        if (!stacked) {
            map_rows(layout, next, {{0, static_cast<std::int64_t>(shape[0])}}, *lead->piece, first);
            break;
        }
        if (piece.group.contains(name)) {
            map_rows(layout, next, runs_of(piece.rows), *piece.piece, piece.group.dataset(name));
        } else {
            next += rows;
        }
    }
    std::optional<FillValue> fill;
    if (name == "present") {
        fill = FillValue{Datatype::integer(1, false), {std::byte{1}}};
    }
    copy_attributes(first, group.create_virtual_dataset(name, layout, fill));
}

void add_stacks(const Group& plate, const std::string& path, const std::vector<OpenPiece>& all) {
    std::vector<StackPiece> pieces;
    std::vector<std::int32_t> fibers;
    for (const OpenPiece& piece : all) {
        if (piece.plate.group().contains(path)) {
            pieces.push_back(stack_piece(piece, path, fibers));
        }
    }
    std::set<std::string> names;
    for (const StackPiece& piece : pieces) {
        for (const auto& [name, object] : piece.group) {
            if (name != "fiberid" && object.valid() && object.kind() == ObjectKind::dataset) {
                names.insert(name);
            }
        }
    }
    const Group group = plate.create_group(path);
    for (const std::string& name : names) {
        add_stack(group, name, pieces);
    }
    group.create_dataset("fiberid", fibers);
}

void add_v2(const Group& plate, const std::vector<OpenPiece>& pieces) {
    add_stacks(plate, "coadds", pieces);
    std::set<std::string> places;
    for (const OpenPiece& piece : pieces) {
        const Object exposures = piece.plate.group().find("exposures");
        if (!exposures.valid() || exposures.kind() != ObjectKind::group) {
            continue;
        }
        for (const auto& [exposure, object] : Group(exposures)) {
            if (object.valid() && object.kind() == ObjectKind::group) {
                for (const std::string& camera : Group(object).names()) {
                    places.insert("exposures/" + exposure + "/" + camera);
                }
            }
        }
    }
    for (const std::string& place : places) {
        add_stacks(plate, place, pieces);
    }
}

void add_plate(const OutputFile& output, const std::vector<OpenPiece>& pieces) {
    const Plate& first = pieces[0].plate;
    const Group plate = output.file().create_group(to_string(first.id()));
    Headers headers;
    std::set<std::string> catalogues;
    for (const OpenPiece& piece : pieces) {
        const Headers own = Headers::load(piece.plate.group()).only(piece.fibers);
        for (const StoredHeader& header : own.all()) {
            if (header.fiber != 0 || headers.find(0, header.place) == nullptr) {
                headers.add(header);
            }
        }
        for (const std::string& name : piece.plate.catalogues()) {
            catalogues.insert(name);
        }
        for (const std::string& name : piece.plate.others()) {
            if (!plate.contains(name)) {
                plate.create_external_link(name, piece.path, to_string(first.id()) + "/" + name);
            }
        }
    }
    set_attributes(plate, headers.common());
    headers.save(plate);
    copy_attributes(first.group(), plate);
    for (const std::string& name : catalogues) {
        add_catalogue(plate, name, pieces);
    }
    if (first.format() == Format::v2) {
        add_v2(plate, pieces);
        return;
    }
    for (const OpenPiece& piece : pieces) {
        for (const int fiber : piece.fibers) {
            plate.create_external_link(
                std::to_string(fiber), piece.path, to_string(FiberId{first.id(), fiber}));
        }
    }
}

}  // namespace

void write_virtual(const std::string& output, const std::vector<PlatePiece>& pieces) {
    std::map<PlateId, std::vector<PlatePiece>> plates;
    for (const PlatePiece& piece : pieces) {
        plates[piece.id].push_back(piece);
    }
    OutputFile file(output);
    std::shared_ptr<const Survey> survey;  // which often has the next plate, too
    for (const auto& [id, own] : plates) {
        std::vector<OpenPiece> open;
        for (const PlatePiece& piece : own) {
            const std::string path = absolute_path(piece.path);
            if (!survey || survey->path() != path) {
                survey = std::make_shared<const Survey>(path);
            }
            open.push_back({path, survey, survey->plate(id), piece.fibers});
        }
        add_plate(file, open);
    }
    file.commit();
}

}  // namespace hyperslab::apps::h5boss
