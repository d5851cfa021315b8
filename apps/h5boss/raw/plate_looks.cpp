// catalogues_of, places_of: what an index says of a plate.

#include <algorithm>

#include "h5boss/raw/plate.hpp"
#include "h5boss/raw/type_facts.hpp"

namespace hyperslab::apps::h5boss::raw {
namespace {

void look_at(const SourcePlate& plate,
             const Member& member,
             const std::string& prefix,
             std::vector<CatalogueTable>& found) {
    const ObjectHeader header = read_header(*plate.file, member.address);
    if (header.is_group()) {
        if (prefix.empty() && member.name == "photo") {
            for (const Member& below : members_of(*plate.file, header)) {
                look_at(plate, below, "photo/", found);
            }
        }
        return;
    }
    if (facts_of(header.find(Kind::datatype)->body).type.find_member("FIBERID") == nullptr) {
        return;
    }
    found.push_back({prefix + member.name, table_of(plate.file, header)});
    if (!facts_of(found.back().table.type).fiber) {
        throw Refusal();
    }
}

void look_below(const SourceFile& file,
                const ObjectHeader& group,
                const std::string& prefix,
                int depth,
                std::vector<SpectrumPlace>& found) {
    for (const Member& member : members_of(file, group)) {
        const std::string place = prefix + member.name;
        const ObjectHeader header = read_header(file, member.address);
        const Message* const layout = header.find(Kind::layout);
        if (header.is_group() && depth < 3) {
            look_below(file, header, place + "/", depth + 1, found);
        } else if (layout != nullptr) {
            Cursor at(layout->body);
            const std::uint64_t version = at.number(1);
            if (version < 3 || version > 4 || at.number(1) != 1) {
                continue;  // in chunks, or in its header
            }
            const std::uint64_t offset = at.address();
            if (offset != kNowhere) {
                found.push_back({place, offset, at.number(8)});
            }
        }
    }
}

}  // namespace

std::vector<CatalogueTable> catalogues_of(const SourcePlate& plate) {
    std::vector<CatalogueTable> found;
    for (const Member& member : plate.others) {
        if (member.name != "headers") {
            look_at(plate, member, "", found);
        }
    }
    std::sort(
        found.begin(), found.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return found;
}

std::vector<SpectrumPlace> places_of(const SourcePlate& plate, std::uint64_t address) {
    std::vector<SpectrumPlace> found;
    look_below(*plate.file, read_header(*plate.file, address), "", 0, found);
    return found;
}

}  // namespace hyperslab::apps::h5boss::raw
