#include "shared/rows_output.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <hyperslab/hyperslab.hpp>

#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <system_error>
#include <vector>

#include "shared/output.hpp"
#include "shared/partial_files.hpp"
#include "shared/render.hpp"
#include "shared/rows_hdf5.hpp"

namespace hyperslab::apps {
namespace {

constexpr std::size_t kAlignedRows = 1000;  // that decide how wide columns are
constexpr std::size_t kWidest = 60;         // characters of a column, for which others make room

template <class Float>
std::string shortest(Float value) {
    std::array<char, 64> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    const std::string text(digits.data(), end);
    return text + (text.find_first_of(".einf") == std::string::npos ? ".0" : "");
}

std::string hexadecimal(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) {
        std::array<char, 3> digits{};
        std::snprintf(digits.data(), digits.size(), "%02x", static_cast<unsigned char>(byte));
        text += digits.data();
    }
    return text;
}

/// How the values of a column are written.
struct Style {
    explicit Style(const std::string& declaration)
        : is_single(declaration.starts_with("FLOAT32")),
          is_json(declaration.starts_with("JSON")),
          is_boolean(declaration == "BOOLEAN") {}

    bool is_single;
    bool is_json;
    bool is_boolean;
};

std::vector<Style> styles_of(const sql::Query& query) {
    std::vector<Style> styles;
    styles.reserve(query.columns());
    for (std::size_t i = 0; i < query.columns(); ++i) {
        styles.emplace_back(query.declaration(i));
    }
    return styles;
}

std::string number_text(const sql::Query& query, std::size_t column, const Style& style) {
    const double value = query.number(column);
    return style.is_single ? shortest(static_cast<float>(value)) : shortest(value);
}

/// The value for CSV and for people; nothing for NULL.
std::string plain_text(const sql::Query& query, std::size_t column, const Style& style) {
    if (query.is_null(column)) {
        return "";
    }
    if (query.is_integer(column)) {
        return std::to_string(query.integer(column));
    }
    if (query.is_float(column)) {
        return number_text(query, column, style);
    }
    return query.is_blob(column) ? hexadecimal(query.text(column))
                                 : std::string(query.text(column));
}

// ---- CSV ----

std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + "\"";
}

std::uint64_t write_csv(sql::Query& query, const Writer& write) {
    const std::vector<Style> styles = styles_of(query);
    std::string line;
    const auto end_line = [&](std::size_t i) { line += i + 1 < styles.size() ? "," : "\n"; };
    for (std::size_t i = 0; i < styles.size(); ++i) {
        line += csv_field(query.name(i));
        end_line(i);
    }
    write(line);
    std::uint64_t rows = 0;
    for (; query.next(); ++rows) {
        line.clear();
        for (std::size_t i = 0; i < styles.size(); ++i) {
            line += csv_field(plain_text(query, i, styles[i]));
            end_line(i);
        }
        write(line);
    }
    return rows;
}

// ---- JSON ----

std::string json_value(const sql::Query& query, std::size_t column, const Style& style) {
    if (query.is_null(column)) {
        return "null";
    }
    if (query.is_integer(column)) {
        return style.is_boolean ? (query.integer(column) != 0 ? "true" : "false")
                                : std::to_string(query.integer(column));
    }
    if (query.is_float(column)) {
        const double value = query.number(column);
        if (!std::isfinite(value)) {
            return value < 0 ? "\"-Infinity\"" : "\"Infinity\"";
        }
        return number_text(query, column, style);
    }
    if (query.is_blob(column)) {
        return line_of(Json(hexadecimal(query.text(column))));
    }
    const std::string text(query.text(column));
    return style.is_json ? text : line_of(Json(text));
}

std::uint64_t write_json(sql::Query& query, const Writer& write) {
    const std::vector<Style> styles = styles_of(query);
    std::vector<std::string> keys;
    for (const std::string& name : distinct_names(query)) {
        keys.push_back(line_of(Json(name)) + ": ");
    }
    std::uint64_t rows = 0;
    for (; query.next(); ++rows) {
        std::string line = rows == 0 ? "[\n{" : ",\n{";
        for (std::size_t i = 0; i < keys.size(); ++i) {
            line += (i == 0 ? "" : ", ") + keys[i] + json_value(query, i, styles[i]);
        }
        write(line + "}");
    }
    write(rows == 0 ? "[]\n" : "\n]\n");
    return rows;
}

// ---- text ----

/// The number of characters of a text in UTF-8.
std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    for (const char c : text) {
        width += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
    }
    return width;
}

class AlignedText {
public:
    explicit AlignedText(const Writer& write) : write_(write) {}

    std::uint64_t write_all(sql::Query& query) {
        const std::vector<Style> styles = styles_of(query);
        std::vector<std::string> names;
        names.reserve(styles.size());
        for (std::size_t i = 0; i < styles.size(); ++i) {
            names.push_back(printable(query.name(i)));
        }
        for (std::size_t i = 0; i < names.size(); ++i) {
            right_.push_back(query.declaration(i).starts_with("U64"));  // some of which are texts
        }
        widths_.assign(names.size(), 0);
        kept_.push_back(std::move(names));
        std::uint64_t rows = 0;
        for (; query.next(); ++rows) {
            std::vector<std::string> cells;
            for (std::size_t i = 0; i < styles.size(); ++i) {
                cells.push_back(printable(plain_text(query, i, styles[i])));
                right_[i] = right_[i] || query.is_integer(i) || query.is_float(i);
            }
            kept_.push_back(std::move(cells));
            if (laid_out_ || kept_.size() > kAlignedRows) {
                flush();
            }
        }
        flush();
        return rows;
    }

private:
    void flush() {
        if (!laid_out_) {
            for (const auto& cells : kept_) {
                for (std::size_t i = 0; i < cells.size(); ++i) {
                    widths_[i] = std::max(widths_[i], std::min(width_of(cells[i]), kWidest));
                }
            }
            laid_out_ = true;
        }
        for (const auto& cells : kept_) {
            write_(line(cells));
        }
        kept_.clear();
    }

    std::string line(const std::vector<std::string>& cells) const {
        std::string text;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::size_t width = width_of(cells[i]);
            const std::string gap(widths_[i] > width ? widths_[i] - width : 0, ' ');
            text += (i == 0 ? "" : "  ") + (right_[i] ? gap + cells[i] : cells[i] + gap);
        }
        return text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
    }

    const Writer& write_;
    bool laid_out_ = false;
    std::vector<std::vector<std::string>> kept_;
    std::vector<std::size_t> widths_;
    std::vector<bool> right_;
};

// ---- files ----

std::string suffix_of(const std::string& path) {
    std::string suffix = std::filesystem::path(path).extension().string();
    for (char& c : suffix) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return suffix;
}

bool is_hdf5_suffix(const std::string& suffix) { return suffix == ".hdf5" || suffix == ".h5"; }

/// A file under a name of its own until it is whole.
class TextFile {
public:
    explicit TextFile(std::string path) : path_(std::move(path)), partial_(partial_name(path_)) {
        remove_abandoned(path_);
        const int descriptor =
            ::open(partial_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        file_ = descriptor < 0 ? nullptr : ::fdopen(descriptor, "w");
        require(file_ != nullptr);
    }
    ~TextFile() {
        if (file_ != nullptr) {
            std::fclose(file_);
            ::unlink(partial_.c_str());
        }
    }
    TextFile(const TextFile&) = delete;
    TextFile& operator=(const TextFile&) = delete;

    void write(std::string_view text) {
        require(std::fwrite(text.data(), 1, text.size(), file_) == text.size());
    }

    void finish() {
        require(std::fflush(file_) == 0);
        require(std::rename(partial_.c_str(), path_.c_str()) == 0);
        const bool closed = std::fclose(file_) == 0;
        file_ = nullptr;
        require(closed);
    }

private:
    void require(bool succeeded) const {
        if (!succeeded) {
            const int error = errno;
            throw Error(ErrorCode::io,
                        "Cannot write " + path_ + ": " + std::generic_category().message(error),
                        error);
        }
    }

    std::string path_;
    std::string partial_;
    std::FILE* file_ = nullptr;
};

}  // namespace

std::uint64_t write_rows(sql::Query& query, RowFormat format, const Writer& write) {
    switch (format) {
        case RowFormat::csv:
            return write_csv(query, write);
        case RowFormat::json:
            return write_json(query, write);
        case RowFormat::text:
            break;
    }
    return AlignedText(write).write_all(query);
}

void write_text_file(const std::string& path, const std::function<void(const Writer&)>& work) {
    TextFile file(path);
    work([&](std::string_view text) { file.write(text); });
    file.finish();
}

void require_row_suffix(const std::string& path) {
    const std::string suffix = suffix_of(path);
    if (suffix != ".csv" && suffix != ".json" && !is_hdf5_suffix(suffix)) {
        throw Error(ErrorCode::invalid_argument,
                    "The suffix of " + path + " must be .csv, .json or .hdf5");
    }
}

std::uint64_t write_rows_to(sql::Query& query,
                            const std::string& path,
                            const std::string& statement) {
    require_row_suffix(path);
    const std::string suffix = suffix_of(path);
    if (is_hdf5_suffix(suffix)) {
        return write_rows_hdf5(query, path, statement);
    }
    std::uint64_t rows = 0;
    write_text_file(path, [&](const Writer& write) {
        rows = write_rows(query, suffix == ".csv" ? RowFormat::csv : RowFormat::json, write);
    });
    return rows;
}

}  // namespace hyperslab::apps
