#include "shared/array_text.hpp"

#include <algorithm>

#include "shared/output.hpp"
#include "shared/render.hpp"

namespace hyperslab::apps {
namespace {

constexpr std::size_t kLineWidth = 80;
// Pieces kept for alignment; beyond that they are printed as they come.
constexpr std::size_t kKeptPieces = 100'000;
// Rows of a table whose widths are looked at together.
constexpr std::size_t kKeptRows = 10'000;

bool is_number(const Datatype& type) {
    return type.type_class() == TypeClass::integer || type.type_class() == TypeClass::floating ||
           type.type_class() == TypeClass::bitfield;
}

}  // namespace

// ---- brackets ----

void BracketText::begin(std::size_t depth) { keep({Piece::Kind::begin, depth, "["}); }
void BracketText::end(std::size_t depth) { keep({Piece::Kind::end, depth, "]"}); }
void BracketText::gap(std::size_t depth) { keep({Piece::Kind::gap, depth, "..."}); }

void BracketText::element(const Element& element) {
    numeric_ = numeric_ && is_number(element.datatype());
    std::string text = element_text(element, owner_, full_);
    width_ = std::max(width_, text.size());
    keep({Piece::Kind::value, rank_, std::move(text)});
}

void BracketText::keep(Piece piece) {
    pieces_.push_back(std::move(piece));
    if (pieces_.size() >= kKeptPieces) {
        lay_out();
        print(out_.substr(0, line_begin_));
        out_.erase(0, line_begin_);
        line_begin_ = 0;
    }
}

void BracketText::lay_out() {
    for (const Piece& piece : pieces_) {
        lay_out(piece);
    }
    pieces_.clear();
}

void BracketText::lay_out(const Piece& piece) {
    switch (piece.kind) {
        case Piece::Kind::begin:
            separate(piece.depth);
            out_ += '[';
            first_ = true;
            return;
        case Piece::Kind::end:
            out_ += ']';
            first_ = false;
            return;
        case Piece::Kind::gap:
            separate(piece.depth + 1);
            out_ += "...";
            break;
        case Piece::Kind::value: {
            const bool aligned = numeric_ && rank_ > 1 && !one_line_;
            const std::size_t padding = aligned ? width_ - piece.text.size() : 0;
            const std::size_t column = out_.size() - line_begin_;
            if (!first_ && !one_line_ && column + padding + piece.text.size() + 2 > kLineWidth) {
                out_ += ",\n";
                line_begin_ = out_.size();
                out_ += std::string(rank_, ' ');
                first_ = true;
            }
            separate(piece.depth);
            out_ += std::string(padding, ' ') + piece.text;
            break;
        }
    }
    first_ = false;
}

// Prints what stands between two pieces: rows begin on lines of their own.
void BracketText::separate(std::size_t depth) {
    if (first_) {
        return;
    }
    if (depth >= rank_ || one_line_) {
        out_ += ", ";
        return;
    }
    out_ += ",\n";
    line_begin_ = out_.size();
    out_ += std::string(depth, ' ');
}

std::string BracketText::text() {
    lay_out();
    return std::move(out_);
}

void BracketText::finish() { print(text() + "\n"); }

// ---- tables ----

void TableText::element(const Element& element) {
    if (rows_.empty() && widths_.empty()) {
        std::vector<std::string>& header = rows_.emplace_back();
        for (const CompoundMember& member : element.datatype().members()) {
            header.push_back(printable(member.name));
        }
    }
    std::vector<std::string>& row = rows_.emplace_back();
    for (std::size_t i = 0; i < element.size(); ++i) {
        row.push_back(element_text(element[i], owner_, full_));
    }
    if (rows_.size() >= kKeptRows) {
        print_rows();
    }
}

void TableText::gap(std::size_t /*depth*/) { rows_.emplace_back().emplace_back("..."); }

void TableText::print_rows() {
    for (const std::vector<std::string>& row : rows_) {
        widths_.resize(std::max(widths_.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths_[i] = std::max(widths_[i], row[i].size());
        }
    }
    for (const std::vector<std::string>& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += (i == 0 ? "" : "  ") + std::string(widths_[i] - row[i].size(), ' ') + row[i];
        }
        print(line + "\n");
    }
    rows_.clear();
}

void TableText::finish() { print_rows(); }

}  // namespace hyperslab::apps
