#include "arrow/text_column.hpp"

#include <cstring>
#include <limits>
#include <string>
#include <utility>

#include "arrow/export.hpp"
#include "arrow/utf8.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::arrow {
namespace {

using Kind = Field::Kind;

constexpr std::byte kAllBits{0xff};

const char* characters(const std::byte* at) { return reinterpret_cast<const char*>(at); }

void require_utf8(std::string_view text, std::uint64_t element) {
    if (!is_utf8(text)) {
        throw Error(ErrorCode::type_mismatch,
                    "the string of element " + std::to_string(element) +
                        " is no UTF-8, which Arrow's strings are");
    }
}

/// What all columns of values of any length do.
class ValuesColumn : public Column {
public:
    void append(const std::byte* first, std::size_t stride, std::uint64_t count) override {
        for (std::uint64_t i = 0; i < count; ++i) {
            add(first + i * stride);
        }
    }
    void reserve(std::uint64_t count) final { values_.reserve(count); }
    void clear() final { values_.clear(); }
    ArrowArray finish() final { return values_.finish(); }

protected:
    virtual void add(const std::byte* element) = 0;

    TextValues& values() { return values_; }
    void add_text(std::string_view text) {
        require_utf8(text, values_.count());
        values_.add(text);
    }

private:
    TextValues values_;
};

class TextColumn final : public ValuesColumn {
    void add(const std::byte* element) override {
        const char* text = nullptr;
        std::memcpy(&text, element, sizeof text);
        add_text(text == nullptr ? std::string_view() : std::string_view(text));
    }
};

// As h5py reads them: without the padding, and without zeros at the end.
class FixedTextColumn final : public Column {
public:
    explicit FixedTextColumn(const Field& field) : size_(field.size), padding_(field.padding) {}

    void reserve(std::uint64_t count) override { values_.reserve(count); }
    void append(const std::byte* first, std::size_t stride, std::uint64_t count) override {
        values_.add_short_texts(
            count, size_, [&](std::uint64_t i) { return text_of(first + i * stride); });
    }
    void clear() override { values_.clear(); }
    ArrowArray finish() override { return values_.finish(); }

private:
    std::string_view text_of(const std::byte* element) const {
        const char* const text = characters(element);
        std::size_t length =
            padding_ == StringPadding::null_terminated ? ::strnlen(text, size_) : size_;
        const char padding = padding_ == StringPadding::space_padded ? ' ' : '\0';
        while (length != 0 && text[length - 1] == padding) {
            --length;
        }
        return {text, length};
    }

    std::size_t size_;
    StringPadding padding_;
    TextValues values_;
};

class OpaqueColumn final : public ValuesColumn {
public:
    explicit OpaqueColumn(std::size_t size) : size_(size) {}

private:
    void add(const std::byte* element) override { values().add({characters(element), size_}); }

    std::size_t size_;
};

class PathColumn final : public ValuesColumn {
public:
    PathColumn(Kind kind, PathFinder& paths) : kind_(kind), paths_(paths) {}

private:
    void add(const std::byte* element) override {
        if (paths_.find(kind_, element, path_)) {
            add_text(path_);
        } else {
            values().add_null();
        }
    }

    Kind kind_;
    PathFinder& paths_;
    std::string path_;
};

}  // namespace

void TextValues::require_room(std::uint64_t bytes) const {
    constexpr std::size_t kMaximum = std::numeric_limits<std::int32_t>::max();
    if (bytes > kMaximum - bytes_.size()) {
        throw Error(ErrorCode::invalid_argument,
                    "the strings have more than 2147483647 bytes in one array: read fewer rows at "
                    "once, by to_arrow_reader");
    }
}

// Two halves of a character in two strings are no UTF-8, so those are looked at one by one.
void TextValues::require_texts(std::uint64_t first) const {
    const std::int32_t* const ends = offsets();
    const auto text = [&](std::int32_t begin, std::int32_t end) {
        return std::string_view(characters(bytes_.data() + begin),
                                static_cast<std::size_t>(end - begin));
    };
    if (is_ascii(text(ends[first], ends[count_]))) {
        return;
    }
    for (std::uint64_t i = first; i < count_; ++i) {
        require_utf8(text(ends[i], ends[i + 1]), i);
    }
}

void TextValues::add(std::string_view value) {
    require_room(value.size());
    std::byte* const to = bytes_.grow(value.size());
    if (!value.empty()) {
        std::memcpy(to, value.data(), value.size());
    }
    close_value(true);
}

void TextValues::add_null() {
    if (nulls_++ == 0) {  // all before are valid
        std::memset(validity_.grow(count_ / 8 + 1), 0xff, count_ / 8 + 1);
    }
    close_value(false);
}

void TextValues::close_value(bool is_valid) {
    offsets_.push_back(static_cast<std::int32_t>(bytes_.size()));
    if (nulls_ != 0) {
        if (count_ / 8 == validity_.size()) {
            validity_.push_back(kAllBits);
        }
        if (!is_valid) {
            validity_.data()[count_ / 8] &= ~(std::byte{1} << static_cast<int>(count_ % 8));
        }
    }
    ++count_;
}

void TextValues::clear() {
    offsets_.clear();
    bytes_.clear();
    validity_.clear();
    count_ = nulls_ = 0;
    offsets_.push_back(std::int32_t{0});
}

ArrowArray TextValues::finish() {
    ArrayParts parts{.length = static_cast<std::int64_t>(count_),
                     .null_count = static_cast<std::int64_t>(nulls_),
                     .has_validity = nulls_ != 0};
    if (parts.has_validity) {
        parts.buffers.push_back(std::exchange(validity_, Buffer()));
    }
    parts.buffers.push_back(std::exchange(offsets_, Buffer()));
    parts.buffers.push_back(std::exchange(bytes_, Buffer()));
    clear();
    return make_array(std::move(parts));
}

std::unique_ptr<Column> make_text_column(const Field& field, PathFinder& paths) {
    switch (field.kind) {
        case Kind::text:
            return std::make_unique<TextColumn>();
        case Kind::fixed_text:
            return std::make_unique<FixedTextColumn>(field);
        case Kind::opaque:
            return std::make_unique<OpaqueColumn>(field.size);
        default:
            return std::make_unique<PathColumn>(field.kind, paths);
    }
}

}  // namespace hyperslab::arrow
