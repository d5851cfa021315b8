#include "h5boss/synthetic/table_maker.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

#include "h5boss/fits/columns.hpp"
#include "h5boss/formats/catalogue_columns.hpp"
#include "h5boss/formats/table.hpp"

namespace hyperslab::apps::h5boss {
namespace {

void put_number(const Datatype& element, std::byte* target, double value) {
    if (element.type_class() == TypeClass::floating) {
        const auto single = static_cast<float>(value);
        std::memcpy(target,
                    element.size() == 4 ? static_cast<const void*>(&single) : &value,
                    element.size());
    } else {
        const auto integer = static_cast<std::int64_t>(value);
        std::memcpy(target, &integer, std::min<std::size_t>(element.size(), 8));
    }
}

/// The row of a catalogue that is made up.
struct MadeRow {
    const PlateFacts& plate;
    std::size_t number;  ///< of the row
    std::size_t fiber;   ///< the number of its object, from 0
    const EmissionLine& line;

    const SkyObject& object() const { return (*plate.objects)[fiber]; }
};

std::map<std::string, double> numbers_of(const MadeRow& row, Dice& dice) {
    const PlateFacts& plate = row.plate;
    const SkyObject& object = row.object();
    const double radius = 1.5 * std::sqrt(Dice(seed_for(plate.seed, row.fiber * 31 + 5)).uniform());
    const double angle = 6.283185307 * Dice(seed_for(plate.seed, row.fiber * 37 + 9)).uniform();
    const double dec = plate.dec + radius * std::sin(angle);
    const double ra =
        std::fmod(plate.ra + radius * std::cos(angle) / std::cos(dec * 0.0174533) + 360, 360);
    return {{"PLATE", plate.id.plate},
            {"TILE", plate.id.plate + 6000},
            {"MJD", plate.id.mjd},
            {"FIBERID", static_cast<double>(row.fiber + 1)},
            {"PLUG_RA", ra},
            {"PLUG_DEC", dec},
            {"RA", ra},
            {"DEC", dec},
            {"Z", object.redshift},
            {"Z_NOQSO", object.kind == "QSO" ? object.redshift / 4 : object.redshift},
            {"Z_ERR", 0.0001 + 0.0003 * dice.uniform()},
            {"ZWARNING",
             object.unplugged        ? 128
             : dice.uniform() < 0.05 ? 4
                                     : 0},
            {"SN_MEDIAN_ALL", object.brightness / 0.6},
            {"SPECTROGRAPHID", row.fiber < plate.objects->size() / 2 ? 1 : 2},
            {"LINEWAVE", row.line.wave},
            {"LINEZ", object.redshift}};
}

std::map<std::string, std::string> texts_of(const MadeRow& row) {
    const SkyObject& object = row.object();
    return {{"CLASS", object.kind},
            {"CLASS_NOQSO", object.kind == "QSO" ? "GALAXY" : object.kind},
            {"SUBCLASS", object.subclass},
            {"OBJTYPE", object.kind},
            {"RUN2D", row.plate.reduction},
            {"RUN1D", row.plate.reduction},
            {"HOLETYPE", "OBJECT"},
            {"RERUN", "301"},
            {"LINENAME", std::string(row.line.name)}};
}

/// Gives known columns of a row their values; the others are small numbers.
void fill_row(const PlateFacts& plate,
              Table& row,
              const std::vector<Column>& columns,
              const std::string& catalogue,
              std::size_t number_of_row) {
    const std::size_t lines = emission_lines().size();
    const bool line_row = catalogue == "zline";
    const std::size_t i = line_row ? number_of_row / lines : number_of_row;
    const MadeRow made{
        plate, number_of_row, i, emission_lines()[line_row ? number_of_row % lines : 0]};
    Dice dice(seed_for(plate.seed, number_of_row * 7919 + catalogue.size() * 104729 + 77));
    const std::map<std::string, double> numbers = numbers_of(made, dice);
    const std::map<std::string, std::string> texts = texts_of(made);
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const CompoundMember& member = row.type().members()[c];
        std::byte* const target = row.row(0) + member.offset;
        const Datatype& element =
            member.type.type_class() == TypeClass::array ? member.type.base() : member.type;
        if (element.type_class() == TypeClass::string) {
            const auto at = texts.find(member.name);
            const std::string text =
                at != texts.end() ? at->second : std::to_string(dice.bits() % 100000);
            std::memcpy(target, text.data(), std::min(text.size(), member.type.size()));
            continue;
        }
        const auto at = numbers.find(member.name);
        for (std::size_t b = 0; b < member.type.size(); b += element.size()) {
            put_number(element, target + b, at != numbers.end() ? at->second : 20 * dice.uniform());
        }
        if (member.name == "SPECOBJID") {
            const std::int64_t id = (std::int64_t{plate.id.plate} << 50) +
                                    (static_cast<std::int64_t>(i + 1) << 38) +
                                    (std::int64_t{plate.id.mjd - 50000} << 24);
            std::memcpy(target, &id, sizeof id);
        }
    }
}

}  // namespace

void write_made_table(FitsStream& fits,
                      const PlateFacts& plate,
                      const std::string& catalogue,
                      std::size_t first,
                      std::size_t rows,
                      bool with_fibers) {
    std::vector<TableColumn> described;
    for (const CatalogueColumn& column : catalogue_columns(catalogue)) {
        if (with_fibers || column.name != "FIBERID") {
            described.push_back({column.name, column.form, column.dims});
        }
    }
    const Header header = table_header(described, rows);
    const std::vector<Column> columns = columns_of(header, catalogue);
    const Datatype type = row_type(columns);
    fits.begin(header);
    std::vector<std::byte> packed(row_bytes(header));
    for (std::size_t i = first; i < first + rows; ++i) {
        Table row(type);
        row.resize(1);
        fill_row(plate, row, columns, catalogue, i);
        for (std::size_t c = 0; c < columns.size(); ++c) {
            encode_column(
                columns[c], columns[c].type, row.row(0) + type.members()[c].offset, packed.data());
        }
        fits.write(std::span<const std::byte>(packed));
    }
}

}  // namespace hyperslab::apps::h5boss
