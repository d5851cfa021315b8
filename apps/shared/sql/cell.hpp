// One column's place in elements in memory: how its values are found, compared and given to SQLite.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <cstddef>
#include <optional>

#include "shared/sql/column.hpp"

struct sqlite3_context;

namespace hyperslab::apps::sql {

class Cell {
public:
    /// How the bytes are understood.
    enum class Code {
        int8,
        int16,
        int32,
        int64,
        uint8,
        uint16,
        uint32,
        uint64,
        float32,
        float64,
        boolean,
        text,
        enumeration,
        other_integer,
        other_float,
        json,
        bytes,
    };

    /// The place of a column in elements of that type, which may be other than the one for which
    /// the column was declared. Empty when they lack it.
    static std::optional<Cell> find(const Datatype& elements, const Column& column);

    Code code() const { return code_; }
    const Datatype& datatype() const { return type_; }
    std::size_t offset() const { return offset_; }

    /// The value of an element as the result of a column's function.
    void give(sqlite3_context* context, const std::byte* element) const;

    /// Leaves out the blanks at the end of texts too, as FITS does.
    void trim_blanks() { trim_blanks_ = true; }

    /// The text of a column of texts, without padding.
    std::string_view text(const std::byte* element) const;

private:
    Cell(Datatype type, std::size_t offset);

    Datatype type_;
    std::size_t offset_;
    Code code_;
    bool trim_blanks_ = false;
};

}  // namespace hyperslab::apps::sql
