#include "h5boss/commands/virtual_subset.hpp"

#include <algorithm>
#include <memory>
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

/// The rows of wanted fibres in stacks, and whose they are.
void add_stacks(const Group& plate, const std::string& path, const OpenPiece& piece) {
    const Group source = piece.plate.group().group(path);
    std::vector<int> held = piece.plate.fibers();
    if (source.contains("fiberid")) {
        held = source.dataset("fiberid").read<int>().to_vector();
    }
    const std::unordered_set<int> wanted(piece.fibers.begin(), piece.fibers.end());
    std::vector<std::size_t> rows;
    std::vector<std::int32_t> fibers;
    for (std::size_t row = 0; row < held.size(); ++row) {
        if (wanted.contains(held[row])) {
            rows.push_back(row);
            fibers.push_back(held[row]);
        }
    }
    const Group group = plate.create_group(path);
    for (const auto& [name, object] : source) {
        if (name == "fiberid" || !object.valid() || object.kind() != ObjectKind::dataset) {
            continue;
        }
        const Dataset dataset(object);
        Shape shape = dataset.shape();
        const bool stacked = shape.size() == 2 && shape[0] >= held.size();
        if (stacked) {
            shape[0] = rows.size();
        }
        VirtualLayout layout(shape, dataset.datatype());
        std::int64_t next = 0;
        const auto all = static_cast<std::int64_t>(shape[0]);
        map_rows(
            layout, next, stacked ? runs_of(rows) : std::vector<Run>{{0, all}}, piece, dataset);
        copy_attributes(dataset, group.create_virtual_dataset(name, layout));
    }
    group.create_dataset("fiberid", fibers);
}

void add_v2(const Group& plate, const std::vector<OpenPiece>& pieces) {
    if (pieces.size() > 1) {
        throw Error(ErrorCode::unsupported,
                    "plate " + to_string(pieces[0].plate.id()) +
                        " lies in several files of stacks, which --virtual cannot join");
    }
    const Group source = pieces[0].plate.group();
    add_stacks(plate, "coadds", pieces[0]);
    const Object exposures = source.find("exposures");
    if (!exposures.valid() || exposures.kind() != ObjectKind::group) {
        return;
    }
    for (const auto& [exposure, object] : Group(exposures)) {
        if (!object.valid() || object.kind() != ObjectKind::group) {
            continue;
        }
        for (const std::string& camera : Group(object).names()) {
            add_stacks(plate, "exposures/" + exposure + "/" + camera, pieces[0]);
        }
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
