// contents_of: the spectra of a plate in a file, of v1 (a dataset for each) and of v2 (rows of
// stacks).

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "h5boss/formats/contents.hpp"
#include "h5boss/formats/names.hpp"

namespace hyperslab::apps::h5boss {
namespace {

// ---- v1 ----

/// The places of the exposures below a fibre's group.
std::vector<std::string> exposures_below(const Group& fiber) {
    std::vector<std::string> places;
    const Object object = fiber.find("exposures");
    if (!object.valid() || object.kind() != ObjectKind::group) {
        return places;
    }
    const Group group(object);
    for (const std::string& exposure : group.names()) {
        const Object inner = group.find(exposure);
        if (!inner.valid() || inner.kind() != ObjectKind::group) {
            continue;
        }
        for (const std::string& camera : Group(inner).names()) {
            places.push_back("exposures/" + exposure + "/" + camera);
        }
    }
    return places;
}

std::vector<Spectra> single_spectra(const Plate& plate, const std::vector<int>& fibers) {
    std::map<std::string, std::vector<int>> places;
    for (const int fiber : fibers) {
        const Group group = plate.group().group(std::to_string(fiber));
        if (group.contains("coadd")) {
            places["coadd"].push_back(fiber);
        }
        for (const std::string& place : exposures_below(group)) {
            places[place].push_back(fiber);
        }
    }
    std::vector<Spectra> found;
    for (auto& [place, held] : places) {
        Spectra one{place, held, {}, {}, {}};
        const auto open = [group = plate.group(), held, place = place](std::size_t i) {
            return group.dataset(std::to_string(held[i]) + "/" + place);
        };
        one.type = read_table(open(0), 0, 0).type();  // with this machine's order of bytes
        one.source = open;
        one.unchanged = true;
        one.pixels = [open](std::size_t i) { return open(i).size(); };
        one.read = [open, type = one.type](std::size_t i) {
            Table table = read_table(open(i));
            if (table.type() == type) {
                return table;
            }
            Table same(type);
            same.resize(table.size());
            for (std::size_t row = 0; row < table.size(); ++row) {
                convert_row(table.type(), table.row(row), type, same.row(row));
            }
            return same;
        };
        found.push_back(std::move(one));
    }
    return found;
}

// ---- v2 ----

/// The stacks of one place: a dataset for each column, a row for each fibre.
class Stacks {
public:
    Stacks(Group group, bool exposure) : group_(std::move(group)) {
        std::vector<CompoundMember> members;
        std::size_t offset = 0;
        for (const std::string& name : group_.names()) {
            const Object object = group_.find(name);
            if (is_bookkeeping(name) || !object.valid() || object.kind() != ObjectKind::dataset) {
                continue;
            }
            const Dataset dataset(object);
            const Datatype type = in_memory(dataset.datatype());
            members.push_back({upper_name(name), offset, type});
            offset += type.size();
            stacks_.emplace(upper_name(name), dataset);
        }
        type_ = ordered_pixel(Datatype::compound(offset, std::move(members)), exposure);
        if (const auto wave = stacks_.find("WAVE");
            wave != stacks_.end() && wave->second.rank() == 1) {
            const ElementArray grid = wave->second.read_elements();
            grid_.assign(grid.bytes().begin(), grid.bytes().end());
        }
        if (group_.contains("present")) {
            present_ = group_.dataset("present");
        }
    }

    const Group& group() const { return group_; }
    const Datatype& type() const { return type_; }
    std::uint64_t rows() const {
        for (const auto& [name, stack] : stacks_) {
            if (stack.rank() == 2) {
                return stack.shape()[0];
            }
        }
        return 0;
    }

    /// The wavelengths of every row, where all rows have the same.
    std::vector<double> grid() const {
        std::vector<double> waves;
        if (!grid_.empty() && !present_) {
            const Datatype& type = type_.find_member("WAVE")->type;
            for (std::size_t at = 0; at < grid_.size(); at += type.size()) {
                waves.push_back(Element(type, grid_.data() + at).to_double());
            }
        }
        return waves;
    }

    std::uint64_t pixels(std::uint64_t row) const {
        if (!present_) {
            return stacks_.at("FLUX").shape().at(1);
        }
        const auto held = present_.read<std::uint8_t>(at(static_cast<std::int64_t>(row)));
        return static_cast<std::uint64_t>(std::count(held.begin(), held.end(), 1));
    }

    Table read(std::uint64_t row) const {
        const std::size_t width = static_cast<std::size_t>(stacks_.at("FLUX").shape().at(1));
        Table table(type_);
        table.resize(width);
        for (const CompoundMember& member : type_.members()) {
            const Dataset& stack = stacks_.at(member.name);
            const bool shared = member.name == "WAVE" && !grid_.empty();
            const ElementArray values =
                shared ? stack.read_elements(slice(0, 0))
                       : stack.read_elements(at(static_cast<std::int64_t>(row)));
            const std::byte* const bytes = shared ? grid_.data() : values.bytes().data();
            const std::size_t size = member.type.size();
            for (std::size_t i = 0; i < width; ++i) {
                std::memcpy(table.row(i) + member.offset, bytes + i * size, size);
            }
        }
        return present_ ? those_present(table, row) : table;
    }

private:
    static Datatype in_memory(const Datatype& type) {
        if (type.type_class() == TypeClass::integer) {
            return Datatype::integer(type.size(), type.is_signed());
        }
        return type.type_class() == TypeClass::floating ? Datatype::floating(type.size()) : type;
    }

    Table those_present(const Table& all, std::uint64_t row) const {
        const auto held = present_.read<std::uint8_t>(at(static_cast<std::int64_t>(row)));
        std::vector<std::size_t> which;
        for (std::size_t i = 0; i < held.size(); ++i) {
            if (held[i] != 0) {
                which.push_back(i);
            }
        }
        return all.rows(which);
    }

    Group group_;
    Datatype type_;
    std::map<std::string, Dataset> stacks_;
    Bytes grid_;
    Dataset present_;
};

void add_stacks(const Plate& plate,
                const std::string& path,
                const std::string& place,
                const std::vector<int>& fibers,
                std::vector<Spectra>& found) {
    const auto stacks = std::make_shared<Stacks>(plate.group().group(path), is_exposure(place));
    if (stacks->type().find_member("FLUX") == nullptr) {
        return;
    }
    std::vector<int> held = plate.fibers();
    if (stacks->group().contains("fiberid")) {
        held = stacks->group().dataset("fiberid").read<int>().to_vector();
    }
    held.resize(std::min<std::size_t>(held.size(), stacks->rows()));
    std::unordered_map<int, std::uint64_t> row_of;
    for (std::size_t i = held.size(); i-- > 0;) {
        row_of[held[i]] = i;
    }
    Spectra one{place, {}, stacks->type(), {}, {}};
    std::vector<std::uint64_t> rows;
    for (const int fiber : fibers) {
        if (const auto at = row_of.find(fiber); at != row_of.end()) {
            one.fibers.push_back(fiber);
            rows.push_back(at->second);
        }
    }
    one.pixels = [stacks, rows](std::size_t i) { return stacks->pixels(rows[i]); };
    one.read = [stacks, rows](std::size_t i) { return stacks->read(rows[i]); };
    one.grid = stacks->grid();
    if (!one.fibers.empty()) {
        found.push_back(std::move(one));
    }
}

std::vector<Spectra> stacked_spectra(const Plate& plate, const std::vector<int>& fibers) {
    std::vector<Spectra> found;
    add_stacks(plate, "coadds", "coadd", fibers, found);
    for (const std::string& place : exposures_below(plate.group())) {
        add_stacks(plate, place, place, fibers, found);
    }
    return found;
}

/// The primary headers of H5Boss's own files, which are attributes of every coadd.
Headers headers_in_attributes(const Plate& plate, const std::vector<int>& fibers) {
    Headers headers;
    for (const int fiber : fibers) {
        const Object coadd = plate.group().find(std::to_string(fiber) + "/coadd");
        if (!coadd.valid() || coadd.attributes().empty()) {
            continue;
        }
        Header header;
        header.add("SIMPLE", true, "conforms to FITS standard");
        header.add("BITPIX", std::int64_t{16});
        header.add("NAXIS", std::int64_t{0});
        header.add("EXTEND", true);
        for (const std::string& card : cards_of_attributes(coadd)) {
            header.add_card(card);
        }
        headers.add({fiber, 0, "", std::move(header)});
    }
    return headers;
}

/// The rows of some fibres. Of a table of which few rows are wanted only those are read, with what
/// lies between neighbours.
Table rows_of(const Dataset& dataset, const std::vector<int>& fibers) {
    constexpr std::uint64_t kGap = 16 << 10;  // bytes that are sooner read than passed over
    const std::unordered_set<int> wanted(fibers.begin(), fibers.end());
    const auto held = dataset.field("FIBERID").read<int>();
    const std::uint64_t gap = kGap / std::max<std::uint64_t>(1, dataset.datatype().size());
    Table rows;
    std::size_t count = 0;
    for (const int fiber : held) {
        count += wanted.contains(fiber) ? 1 : 0;
    }
    if (dataset.layout() != Layout::contiguous || 2 * count > held.size() || count == 0) {
        return read_table(dataset).where("FIBERID", fibers);
    }
    for (std::size_t begin = 0; begin < held.size();) {
        if (!wanted.contains(held[begin])) {
            ++begin;
            continue;
        }
        std::size_t end = begin + 1;
        for (std::size_t i = end; i < held.size() && i - end <= gap; ++i) {
            if (wanted.contains(held[i])) {
                end = i + 1;
            }
        }
        rows.append(read_table(dataset, begin, end).where("FIBERID", fibers));
        begin = end;
    }
    return rows;
}

std::vector<Filter> filters_of(const Plate& plate, const std::vector<Spectra>& spectra) {
    if (plate.format() == Format::v2) {
        return plate.group().dataset("coadds/flux").filters();
    }
    return spectra.empty() ? std::vector<Filter>{} : spectra.front().source(0).filters();
}

}  // namespace

PlateContents contents_of(const Survey& survey, const PlateId& id, const std::vector<int>& wanted) {
    const Plate plate = survey.plate(id);
    const std::unordered_set<int> held(plate.fibers().begin(), plate.fibers().end());
    PlateContents contents;
    contents.id = id;
    for (const int fiber : wanted) {
        if (held.contains(fiber)) {
            contents.fibers.push_back(fiber);
        }
    }
    for (const std::string& name : plate.catalogues()) {
        const Dataset dataset = plate.catalogue(name);
        contents.catalogues.push_back({name, rows_of(dataset, contents.fibers), dataset});
    }
    for (const std::string& name : plate.others()) {
        contents.extras.push_back({name, plate.group()[name]});
    }
    contents.source = plate.group();
    contents.headers = Headers::load(plate.group()).only(contents.fibers);
    if (contents.headers.empty() && plate.format() == Format::v1) {
        contents.headers = headers_in_attributes(plate, contents.fibers);
    }
    contents.cards =
        contents.headers.empty() ? cards_of_attributes(plate.group()) : contents.headers.common();
    contents.spectra = plate.format() == Format::v1 ? single_spectra(plate, contents.fibers)
                                                    : stacked_spectra(plate, contents.fibers);
    contents.filters = filters_of(plate, contents.spectra);
    return contents;
}

}  // namespace hyperslab::apps::h5boss
