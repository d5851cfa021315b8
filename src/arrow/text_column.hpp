// Columns of strings, of bytes and of paths: values of any length, one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "arrow/buffer.hpp"
#include "arrow/column.hpp"
#include "core/checked.hpp"

namespace hyperslab::arrow {

/// Values of any length, with the offsets that Arrow wants.
class TextValues {
public:
    TextValues() { clear(); }

    /// \throws Error (invalid_argument) when all values have more than 2 GB
    void add(std::string_view value);
    void add_null();

    /// Adds texts of at most `size` bytes each, of which `text_at(i)` is number i.
    /// \throws Error as add() does, and (type_mismatch) for a text that is no UTF-8
    template <class TextAt>
    void add_short_texts(std::uint64_t count, std::size_t size, TextAt&& text_at);

    /// Makes room for the offsets of `count` values in all.
    void reserve(std::uint64_t count) {
        offsets_.reserve(core::checked_size((count + 1) * sizeof(std::int32_t)));
    }

    std::uint64_t count() const { return count_; }
    void clear();
    ArrowArray finish();

private:
    void close_value(bool is_valid);
    void require_room(std::uint64_t bytes) const;
    void require_texts(std::uint64_t first) const;
    const std::int32_t* offsets() const {
        return reinterpret_cast<const std::int32_t*>(offsets_.data());
    }

    Buffer offsets_;
    Buffer bytes_;
    Buffer validity_;
    std::uint64_t count_ = 0;
    std::uint64_t nulls_ = 0;
};

// Room is made once, and characters are looked at together: mostly all of them are ASCII.
template <class TextAt>
void TextValues::add_short_texts(std::uint64_t count, std::size_t size, TextAt&& text_at) {
    const std::uint64_t first = count_;
    const std::size_t begin = bytes_.size();
    auto* const to = reinterpret_cast<char*>(bytes_.grow(core::checked_size(count * size)));
    auto* const ends = reinterpret_cast<std::int32_t*>(offsets_.grow(count * sizeof(std::int32_t)));
    std::size_t used = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string_view text = text_at(i);
        if (!text.empty()) {
            std::memcpy(to + used, text.data(), text.size());
        }
        used += text.size();
        ends[i] = static_cast<std::int32_t>(begin + used);
    }
    bytes_.shrink(begin);
    require_room(used);
    bytes_.shrink(begin + used);
    count_ += count;
    require_texts(first);
}

/// The column of a field of kind text, fixed_text, opaque, or a reference.
std::unique_ptr<Column> make_text_column(const Field& field, PathFinder& paths);

}  // namespace hyperslab::arrow
