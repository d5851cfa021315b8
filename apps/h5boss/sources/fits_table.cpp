#include "h5boss/sources/fits_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "h5boss/formats/contents.hpp"

namespace hyperslab::apps::h5boss {
namespace {

/// Between these a LOGLAM of 32 bits is what log10 of its WAVE, of 32 bits too, is rounded to: a
/// step of LOGLAM is four steps of WAVE or more there. All 35 million values have been tried.
constexpr float kLowestLogLam = 2.0F;
constexpr float kHighestLogLam = 4.9F;

const Column* find(const std::vector<Column>& columns, const std::string& name) {
    const auto at = std::find_if(
        columns.begin(), columns.end(), [&](const Column& one) { return one.name == name; });
    return at == columns.end() ? nullptr : &*at;
}

void note_left_out(const std::vector<std::string>& names, const std::string& path, Report& report) {
    for (const std::string& name : names) {
        report.missing("'" + path + "': column " + name + " has a varying length");
    }
}

}  // namespace

std::string pixel_name(const std::string& column) {
    return column == "LOGLAM" || column == "LAMBDA" ? "WAVE"
           : column == "WDISP"                      ? "WAVEDISP"
                                                    : column;
}

Table read_fits_table(const FitsFile& file, std::size_t number, Report& report) {
    const Hdu& hdu = file.table(number);
    std::vector<std::string> left_out;
    const std::vector<Column> columns = columns_of(hdu.header, file.path(), &left_out);
    note_left_out(left_out, file.path(), report);
    const std::size_t stride = row_bytes(hdu.header);
    Table table(row_type(columns));
    if (stride == 0) {
        return table;
    }
    const std::vector<std::byte> rows = file.read(number);
    table.resize(rows.size() / stride);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        decode_column(columns[i],
                      rows,
                      stride,
                      table.bytes().data() + table.type().members()[i].offset,
                      table.row_size());
    }
    return table;
}

FitsPixels::FitsPixels(const std::shared_ptr<const FitsFile>& file,
                       std::size_t number,
                       bool exposure,
                       Report& report)
    : path_(file->path()), hdu_(number) {
    const Hdu& hdu = file->table(number);
    std::vector<std::string> left_out;
    columns_ = columns_of(hdu.header, path_, &left_out);
    note_left_out(left_out, path_, report);
    if (find(columns_, "FLUX") == nullptr ||
        (find(columns_, "LOGLAM") == nullptr && find(columns_, "WAVE") == nullptr &&
         find(columns_, "LAMBDA") == nullptr)) {
        throw Error(ErrorCode::type_mismatch,
                    "'" + path_ + "': HDU " + std::to_string(number) +
                        " is no spectrum: it lacks FLUX, or LOGLAM");
    }
    start_ = hdu.data_start;
    stride_ = row_bytes(hdu.header);
    rows_ = hdu.data_bytes / stride_;
    if (path_.ends_with(".gz")) {
        packed_ = file;
    }
    std::vector<CompoundMember> members;
    std::size_t offset = 0;
    const auto add = [&](const std::string& name, const Datatype& type) {
        members.push_back({name, offset, type});
        offset += type.size();
    };
    for (const Column& column : columns_) {
        const bool is_log = column.name == "LOGLAM";
        add(pixel_name(column.name), is_log ? Datatype::floating(4) : column.type);
        if (is_log && needs_loglam(column)) {
            add("LOGLAM", column.type);
        }
    }
    type_ = ordered_pixel(Datatype::compound(offset, std::move(members)), exposure);
}

std::vector<std::byte> FitsPixels::bytes() const {
    return packed_ ? packed_->read(hdu_) : read_bytes(path_, start_, rows_ * stride_);
}

bool FitsPixels::needs_loglam(const Column& column) const {
    if (column.code != 'E' || column.type.size() != sizeof(float)) {
        return true;
    }
    std::vector<float> values(rows_);
    decode_column(
        column, bytes(), stride_, reinterpret_cast<std::byte*>(values.data()), sizeof(float));
    return !std::all_of(values.begin(), values.end(), [](float value) {
        return value >= kLowestLogLam && value < kHighestLogLam;
    });
}

Table FitsPixels::read(const Datatype& type) const {
    Table own(type_);
    own.resize(rows_);
    const std::vector<std::byte> raw = bytes();
    for (const Column& column : columns_) {
        const CompoundMember& member = *type_.find_member(pixel_name(column.name));
        if (column.name != "LOGLAM") {
            decode_column(column, raw, stride_, own.bytes().data() + member.offset, own.row_size());
            continue;
        }
        if (const CompoundMember* const kept = type_.find_member("LOGLAM")) {
            decode_column(column, raw, stride_, own.bytes().data() + kept->offset, own.row_size());
        }
        std::vector<std::byte> values(rows_ * column.type.size());
        decode_column(column, raw, stride_, values.data(), column.type.size());
        for (std::size_t i = 0; i < rows_; ++i) {
            const double log =
                Element(column.type, values.data() + i * column.type.size()).to_double();
            const auto wave = static_cast<float>(std::pow(10.0, log));
            std::memcpy(own.row(i) + member.offset, &wave, sizeof wave);
        }
    }
    if (type == type_) {
        return own;
    }
    Table wider(type);
    wider.append(own);
    return wider;
}

}  // namespace hyperslab::apps::h5boss
