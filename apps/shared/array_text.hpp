// Arrays as text: nested brackets as NumPy prints them, or a table.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <cstddef>
#include <string>
#include <vector>

#include "shared/array_walk.hpp"

namespace hyperslab::apps {

/// Nested brackets. Rows of numbers are aligned while there are few enough to be kept.
class BracketText final : public ArraySink {
public:
    /// \param full      long sequences in elements are not shortened
    /// \param one_line  a value among others: no line breaks, no alignment
    BracketText(const Object& owner, std::size_t rank, bool full, bool one_line = false)
        : owner_(owner), rank_(rank), full_(full), one_line_(one_line) {}

    void begin(std::size_t depth) override;
    void end(std::size_t depth) override;
    void element(const Element& element) override;
    void gap(std::size_t depth) override;

    /// Prints what has been kept.
    void finish();
    /// Returns the text.
    std::string text();

private:
    struct Piece {
        enum class Kind { begin, end, value, gap } kind;
        std::size_t depth;
        std::string text;
    };

    void keep(Piece piece);
    void lay_out();
    void lay_out(const Piece& piece);
    void separate(std::size_t depth);

    const Object& owner_;
    std::size_t rank_;
    bool full_;
    bool one_line_;
    bool numeric_ = true;
    std::vector<Piece> pieces_;
    std::size_t width_ = 0;  // the width of all values, for alignment

    std::string out_;
    std::size_t line_begin_ = 0;  // in out_
    bool first_ = true;           // whether the last piece is an opening bracket
};

/// Rows of a one-dimensional array of compounds, a column for every member.
class TableText final : public ArraySink {
public:
    TableText(const Object& owner, bool full) : owner_(owner), full_(full) {}

    void begin(std::size_t /*depth*/) override {}
    void end(std::size_t /*depth*/) override {}
    void element(const Element& element) override;
    void gap(std::size_t depth) override;

    /// Prints what has been kept.
    void finish();

private:
    void print_rows();

    const Object& owner_;
    bool full_;
    std::vector<std::vector<std::string>> rows_;
    std::vector<std::size_t> widths_;
};

}  // namespace hyperslab::apps
