#include "h5boss/sources/spec_writer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "h5boss/fits/columns.hpp"
#include "h5boss/fits/fits_writer.hpp"

namespace hyperslab::apps::h5boss {
namespace {

/// The TFORM of a type, TDIM and TZERO where it needs them.
struct Form {
    std::string form;
    std::string dims;
    std::string zero;
};

Form form_of(const Datatype& type) {
    Shape dims;
    const Datatype* element = &type;
    if (type.type_class() == TypeClass::array) {
        dims = type.array_dims();
        element = &type.base();
    }
    std::uint64_t count = 1;
    for (const std::uint64_t one : dims) {
        count *= one;
    }
    Form form;
    std::string code;
    const std::size_t size = element->size();
    switch (element->type_class()) {
        case TypeClass::string:
            dims.push_back(size);
            count *= size;
            code = "A";
            break;
        case TypeClass::floating:
            code = size == 4 ? "E" : "D";
            break;
        case TypeClass::enumeration:
            code = "L";
            break;
        case TypeClass::compound:
            code = size == 8 ? "C" : "M";
            break;
        default:
            code = size == 1 ? "B" : size == 2 ? "I" : size == 4 ? "J" : "K";
            if (element->is_signed() == (size == 1)) {
                form.zero = size == 1   ? "-128"
                            : size == 2 ? "32768"
                            : size == 4 ? "2147483648"
                                        : "9223372036854775808";
            }
            break;
    }
    form.form = (count == 1 && code != "A" ? "" : std::to_string(count)) + code;
    if (dims.size() > 1) {
        for (std::size_t i = dims.size(); i-- > 0;) {
            form.dims += (form.dims.empty() ? "(" : ",") + std::to_string(dims[i]);
        }
        form.dims += ')';
    }
    return form;
}

Header table_header(const Datatype& type, const std::string& name) {
    Header header;
    header.add("XTENSION", std::string("BINTABLE"));
    header.add("BITPIX", std::int64_t{8});
    header.add("NAXIS", std::int64_t{2});
    header.add("NAXIS1", std::int64_t{1} << 40);  // until it is known
    header.add("NAXIS2", std::int64_t{0});
    header.add("PCOUNT", std::int64_t{0});
    header.add("GCOUNT", std::int64_t{1});
    header.add("TFIELDS", static_cast<std::int64_t>(type.members().size()));
    for (std::size_t i = 0; i < type.members().size(); ++i) {
        const Form form = form_of(type.members()[i].type);
        const std::string number = std::to_string(i + 1);
        header.add("TTYPE" + number, type.members()[i].name);
        header.add("TFORM" + number, form.form);
        if (!form.dims.empty()) {
            header.add("TDIM" + number, form.dims);
        }
        if (!form.zero.empty()) {
            std::string card = make_card("TZERO" + number, std::int64_t{0});
            card.replace(10, 20, std::string(20 - form.zero.size(), ' ') + form.zero);
            header.add_card(card);
        }
    }
    if (!name.empty()) {
        header.add("EXTNAME", name);
    }
    std::int64_t bytes = 0;
    for (const Column& column : columns_of(header, name)) {
        bytes += static_cast<std::int64_t>(column.bytes);
    }
    header.set("NAXIS1", bytes);
    return header;
}

bool holds_all(const Table& table, const std::vector<Column>& columns) {
    return std::all_of(columns.begin(), columns.end(), [&](const Column& column) {
        return table.has(column.name);
    });
}

/// Adds a table as an HDU, with the header of the source if its columns are all there.
void add_table(FitsWriter& fits,
               const Header* stored,
               const Table& table,
               const std::string& name) {
    std::vector<std::string> left_out;
    Header header = stored != nullptr && holds_all(table, columns_of(*stored, name, &left_out)) &&
                            left_out.empty()
                        ? *stored
                        : table_header(table.type(), name);
    const std::vector<Column> columns = columns_of(header, name);
    header.set("NAXIS2", static_cast<std::int64_t>(table.size()));
    const std::size_t stride = row_bytes(header);
    std::vector<std::byte> data(table.size() * stride);
    const Datatype type = row_type(columns);
    std::vector<std::byte> row(type.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
        std::fill(row.begin(), row.end(), std::byte{0});
        convert_row(table.type(), table.row(i), type, row.data());
        for (std::size_t c = 0; c < columns.size(); ++c) {
            encode_column(columns[c],
                          columns[c].type,
                          row.data() + type.members()[c].offset,
                          data.data() + i * stride);
        }
    }
    fits.add(header, data);
}

/// The pixels under their names in FITS: LOGLAM for WAVE, WDISP for WAVEDISP.
Table fits_pixels(const Table& pixels) {
    std::vector<CompoundMember> members;
    std::size_t offset = 0;
    const bool has_log = pixels.has("LOGLAM");
    for (const char* const first : {"FLUX", "LOGLAM", ""}) {
        for (const CompoundMember& one : pixels.type().members()) {
            const std::string name = one.name == "WAVE"       ? "LOGLAM"
                                     : one.name == "WAVEDISP" ? "WDISP"
                                                              : one.name;
            const bool early = name == "FLUX" || name == "LOGLAM";
            if ((one.name == "WAVE" && has_log) || (early ? name != first : *first != '\0')) {
                continue;
            }
            members.push_back({name, offset, one.type});
            offset += one.type.size();
        }
    }
    Table result(Datatype::compound(offset, members));
    result.resize(pixels.size());
    for (const CompoundMember& member : members) {
        const std::string from = member.name == "WDISP"                ? "WAVEDISP"
                                 : member.name == "LOGLAM" && !has_log ? "WAVE"
                                                                       : member.name;
        const CompoundMember* const found = pixels.type().find_member(from);
        const CompoundMember& source =
            found != nullptr ? *found : *pixels.type().find_member(member.name);
        for (std::size_t i = 0; i < pixels.size(); ++i) {
            std::byte* const target = result.row(i) + member.offset;
            if (from != "WAVE") {
                std::memcpy(target, pixels.row(i) + source.offset, source.type.size());
                continue;
            }
            const double log =
                std::log10(Element(source.type, pixels.row(i) + source.offset).to_double());
            const auto single = static_cast<float>(log);
            std::memcpy(
                target,
                source.type.size() == sizeof single ? static_cast<const void*>(&single) : &log,
                source.type.size());
        }
    }
    return result;
}

/// A primary header for a fibre whose source had none of its own.
Header made_header(const PlateContents& contents, int fiber) {
    Header header;
    header.add("SIMPLE", true, "conforms to FITS standard");
    header.add("BITPIX", std::int64_t{16});
    header.add("NAXIS", std::int64_t{0});
    header.add("EXTEND", true);
    for (const std::string& card : contents.cards) {
        header.add_card(card);
    }
    header.set("PLATEID", contents.id.plate);
    header.set("MJD", contents.id.mjd);
    header.set("FIBERID", fiber);
    return header;
}

/// The fibre's rows of zbest, plugmap and the photometry side by side, where there is no `spall`.
/// Of columns of one name the first is taken.
Table joined_row(const PlateContents& contents, int fiber) {
    const std::array<int, 1> only{fiber};
    std::vector<CompoundMember> members;
    std::size_t offset = 0;
    std::vector<Table> tables;
    for (const char* const name :
         {"zbest", "plugmap", "photo/matchflux", "photo/matchpos", "photo/match"}) {
        const Table* const all = contents.catalogue(name);
        Table row = all != nullptr ? all->where("FIBERID", only) : Table();
        if (row.size() != 1) {
            continue;
        }
        for (const CompoundMember& one : row.type().members()) {
            const bool taken =
                std::any_of(members.begin(), members.end(), [&](const CompoundMember& held) {
                    return held.name == one.name;
                });
            if (!taken) {
                members.push_back({one.name, offset, one.type});
                offset += one.type.size();
            }
        }
        tables.push_back(std::move(row));
    }
    Table result(Datatype::compound(offset, members));
    if (members.empty()) {
        return result;
    }
    result.resize(1);
    for (std::size_t i = tables.size();
         i-- > 0;) {  // the first table last, so that its values stay
        Table same(result.type());
        same.resize(1);
        for (const CompoundMember& one : tables[i].type().members()) {
            const CompoundMember& target = *result.type().find_member(one.name);
            if (target.type == one.type) {
                std::memcpy(
                    result.row(0) + target.offset, tables[i].row(0) + one.offset, one.type.size());
            }
        }
    }
    return result;
}

/// The name of a frame, "B-00108341", where the source's is not known.
std::string frame_name(const std::string& place) {
    const std::size_t slash = place.rfind('/');
    const std::string exposure = place.substr(10, slash - 10);
    const std::string padded =
        std::string(exposure.size() < 8 ? 8 - exposure.size() : 0, '0') + exposure;
    return std::string(place.substr(slash + 1) == "b" ? "B" : "R") + "-" + padded;
}

struct Frame {
    int hdu;
    const Spectra* spectra;
    std::size_t i;
};

std::vector<Frame> frames_of(const PlateContents& contents, int fiber) {
    std::vector<Frame> frames;
    const std::vector<const StoredHeader*> headers = contents.headers.of(fiber);
    for (const Spectra& one : contents.spectra) {
        const auto at = std::find(one.fibers.begin(), one.fibers.end(), fiber);
        if (at == one.fibers.end()) {
            continue;
        }
        int hdu = is_exposure(one.place) ? 1 << 30 : 0;
        for (const StoredHeader* const header : headers) {
            hdu = header->place == one.place ? header->hdu : hdu;
        }
        frames.push_back({hdu, &one, static_cast<std::size_t>(at - one.fibers.begin())});
    }
    std::stable_sort(
        frames.begin(), frames.end(), [](const Frame& a, const Frame& b) { return a.hdu < b.hdu; });
    return frames;
}

}  // namespace

std::string spec_name(const FiberId& id) {
    char name[64];
    std::snprintf(
        name, sizeof name, "spec-%04d-%05d-%04d.fits", id.plate.plate, id.plate.mjd, id.fiber);
    return name;
}

void write_spec(const PlateContents& contents, int fiber, const std::string& path) {
    const std::array<int, 1> only{fiber};
    const std::vector<Frame> frames = frames_of(contents, fiber);
    if (frames.empty() || is_exposure(frames.front().spectra->place)) {
        throw Error(ErrorCode::not_found,
                    "There is no coadd of fibre " + to_string(FiberId{contents.id, fiber}));
    }
    FitsWriter fits(path);
    const Header* const primary = contents.headers.find(fiber, "");
    fits.add(primary != nullptr ? *primary : made_header(contents, fiber), {});
    const auto header = [&](const std::string& place) {
        return contents.headers.find(fiber, place);
    };
    add_table(fits,
              header("coadd"),
              fits_pixels(frames.front().spectra->read(frames.front().i)),
              "COADD");
    const Table* const spall = contents.catalogue("spall");
    const Table row =
        spall != nullptr ? spall->where("FIBERID", only) : joined_row(contents, fiber);
    add_table(fits, header("spall"), row, "SPALL");
    if (const Table* const lines = contents.catalogue("zline")) {
        add_table(fits, header("zline"), lines->where("FIBERID", only), "SPZLINE");
    }
    for (std::size_t i = 1; i < frames.size(); ++i) {
        const std::string& place = frames[i].spectra->place;
        add_table(fits,
                  header(place),
                  fits_pixels(frames[i].spectra->read(frames[i].i)),
                  frame_name(place));
    }
    fits.commit();
}

}  // namespace hyperslab::apps::h5boss
