#include "arrow/make_column.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "arrow/export.hpp"
#include "arrow/text_column.hpp"
#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::arrow {
namespace {

using Kind = Field::Kind;

template <class Value>
void gather(const std::byte* first, std::size_t stride, std::uint64_t count, std::byte* to) {
    for (std::uint64_t i = 0; i < count; ++i) {
        std::memcpy(to + i * sizeof(Value), first + i * stride, sizeof(Value));
    }
}

class NumberColumn final : public Column {
public:
    explicit NumberColumn(std::size_t size) : size_(size) {}

    void append(const std::byte* first, std::size_t stride, std::uint64_t count) override {
        std::byte* const to = append_plain(count);
        if (stride == size_) {
            if (count != 0) {
                std::memcpy(to, first, count * size_);
            }
            return;
        }
        switch (size_) {
            case 1:
                return gather<std::uint8_t>(first, stride, count, to);
            case 2:
                return gather<std::uint16_t>(first, stride, count, to);
            case 4:
                return gather<std::uint32_t>(first, stride, count, to);
            default:
                return gather<std::uint64_t>(first, stride, count, to);
        }
    }

    void reserve(std::uint64_t count) override {
        bytes_.reserve(core::checked_size(core::checked_multiply(count, size_)));
    }

    std::byte* append_plain(std::uint64_t count) override {
        count_ += count;
        return bytes_.grow(core::checked_size(core::checked_multiply(count, size_)));
    }

    void clear() override {
        count_ = 0;
        bytes_.clear();
    }

    ArrowArray finish() override {
        ArrayParts parts{.length = static_cast<std::int64_t>(std::exchange(count_, 0))};
        parts.buffers.push_back(std::exchange(bytes_, Buffer()));
        return make_array(std::move(parts));
    }

private:
    std::size_t size_;
    std::uint64_t count_ = 0;
    Buffer bytes_;
};

class BooleanColumn final : public Column {
public:
    void reserve(std::uint64_t count) override { bits_.reserve(core::checked_size(count / 8 + 1)); }

    void append(const std::byte* first, std::size_t stride, std::uint64_t count) override {
        for (std::uint64_t i = 0; i < count; ++i, ++count_) {
            if (count_ % 8 == 0) {
                bits_.push_back(std::byte{0});
            }
            if (first[i * stride] != std::byte{0}) {
                bits_.data()[count_ / 8] |= std::byte{1} << static_cast<int>(count_ % 8);
            }
        }
    }

    void clear() override {
        count_ = 0;
        bits_.clear();
    }

    ArrowArray finish() override {
        ArrayParts parts{.length = static_cast<std::int64_t>(std::exchange(count_, 0))};
        parts.buffers.push_back(std::exchange(bits_, Buffer()));
        return make_array(std::move(parts));
    }

private:
    std::uint64_t count_ = 0;
    Buffer bits_;
};

// Numbers become the places of their names in the dictionary.
class EnumerationColumn final : public Column {
public:
    explicit EnumerationColumn(const Field& field)
        : size_(field.size), is_signed_(field.is_signed), format_(field.format.front()) {
        for (const EnumMember& member : field.values) {
            places_.emplace(member.value, static_cast<std::int32_t>(names_.size()));
            names_.push_back(member.name);
        }
    }

    void append(const std::byte* first, std::size_t stride, std::uint64_t count) override {
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::int64_t value = load(first + i * stride);
            if (value != last_ || !has_last_) {
                last_place_ = place_of(value);
                last_ = value;
                has_last_ = true;
            }
            push(last_place_);
        }
        count_ += count;
    }

    void clear() override {
        count_ = 0;
        indices_.clear();
    }

    ArrowArray finish() override {
        ArrayParts parts{.length = static_cast<std::int64_t>(std::exchange(count_, 0))};
        parts.buffers.push_back(std::exchange(indices_, Buffer()));
        TextValues names;
        for (const std::string& name : names_) {
            names.add(name);
        }
        parts.dictionary.push_back(names.finish());
        return make_array(std::move(parts));
    }

private:
    template <class Value>
    static std::int64_t load_as(const std::byte* from) {
        Value value{};
        std::memcpy(&value, from, sizeof value);
        return static_cast<std::int64_t>(value);
    }

    std::int64_t load(const std::byte* from) const {
        switch (size_) {
            case 1:
                return is_signed_ ? load_as<std::int8_t>(from) : load_as<std::uint8_t>(from);
            case 2:
                return is_signed_ ? load_as<std::int16_t>(from) : load_as<std::uint16_t>(from);
            case 4:
                return is_signed_ ? load_as<std::int32_t>(from) : load_as<std::uint32_t>(from);
            default:
                return load_as<std::int64_t>(from);
        }
    }

    std::int32_t place_of(std::int64_t value) const {
        const auto found = places_.find(value);
        if (found == places_.end()) {
            const std::string number = is_signed_
                                           ? std::to_string(value)
                                           : std::to_string(static_cast<std::uint64_t>(value));
            throw Error(ErrorCode::type_mismatch,
                        "the value " + number + " has no name in its enumeration");
        }
        return found->second;
    }

    void push(std::int32_t place) {
        switch (format_) {
            case 'c':
                indices_.push_back(static_cast<std::int8_t>(place));
                break;
            case 's':
                indices_.push_back(static_cast<std::int16_t>(place));
                break;
            default:
                indices_.push_back(place);
        }
    }

    std::size_t size_;
    bool is_signed_;
    char format_;
    std::unordered_map<std::int64_t, std::int32_t> places_;
    std::vector<std::string> names_;
    std::uint64_t count_ = 0;
    Buffer indices_;
    std::int64_t last_ = 0;
    std::int32_t last_place_ = 0;
    bool has_last_ = false;
};

class RecordColumn final : public Column {
public:
    RecordColumn(const Field& field, PathFinder& paths) {
        for (const Field& child : field.children) {
            children_.push_back({child.offset, make_column(child, paths)});
        }
    }

    void reserve(std::uint64_t count) override {
        for (Child& child : children_) {
            child.column->reserve(count);
        }
    }

    // The columns do not know of each other, so that each is filled by another thread.
    void append(const std::byte* first, std::size_t stride, std::uint64_t count) override {
        const auto fill = [&](std::size_t i) {
            children_[i].column->append(first + children_[i].offset, stride, count);
        };
        if (core::checked_multiply(count, stride) >= kWorthThreads) {
            core::parallel_for(children_.size(), fill);
        } else {
            core::serial_for(children_.size(), fill);
        }
        count_ += count;
    }

    void clear() override {
        count_ = 0;
        for (Child& child : children_) {
            child.column->clear();
        }
    }

    ArrowArray finish() override {
        ArrayParts parts{.length = static_cast<std::int64_t>(std::exchange(count_, 0))};
        for (Child& child : children_) {
            parts.children.push_back(child.column->finish());
        }
        return make_array(std::move(parts));
    }

private:
    static constexpr std::uint64_t kWorthThreads = 1U << 18;  // bytes

    struct Child {
        std::size_t offset;
        std::unique_ptr<Column> column;
    };

    std::vector<Child> children_;
    std::uint64_t count_ = 0;
};

class FixedListColumn final : public Column {
public:
    FixedListColumn(const Field& field, PathFinder& paths)
        : list_size_(field.list_size),
          size_(field.size),
          child_size_(field.children.front().size),
          child_(make_column(field.children.front(), paths)) {}

    void append(const std::byte* first, std::size_t stride, std::uint64_t count) override {
        if (stride == size_) {
            child_->append(first, child_size_, core::checked_multiply(count, list_size_));
        } else {
            for (std::uint64_t i = 0; i < count; ++i) {
                child_->append(first + i * stride, child_size_, list_size_);
            }
        }
        count_ += count;
    }

    void reserve(std::uint64_t count) override {
        child_->reserve(core::checked_multiply(count, list_size_));
    }

    std::byte* append_plain(std::uint64_t count) override {
        std::byte* const to = child_->append_plain(core::checked_multiply(count, list_size_));
        count_ += to == nullptr ? 0 : count;
        return to;
    }

    void clear() override {
        count_ = 0;
        child_->clear();
    }

    ArrowArray finish() override {
        ArrayParts parts{.length = static_cast<std::int64_t>(std::exchange(count_, 0))};
        parts.children.push_back(child_->finish());
        return make_array(std::move(parts));
    }

private:
    std::uint64_t list_size_;
    std::size_t size_;
    std::size_t child_size_;
    std::unique_ptr<Column> child_;
    std::uint64_t count_ = 0;
};

class ListColumn final : public Column {
public:
    ListColumn(const Field& field, PathFinder& paths)
        : child_size_(field.children.front().size),
          child_(make_column(field.children.front(), paths)) {
        offsets_.push_back(std::int32_t{0});
    }

    void append(const std::byte* first, std::size_t stride, std::uint64_t count) override {
        for (std::uint64_t i = 0; i < count; ++i) {
            Sequence sequence{};
            std::memcpy(&sequence, first + i * stride, sizeof sequence);
            const std::size_t length = sequence.values == nullptr ? 0 : sequence.length;
            if (length > static_cast<std::size_t>(kMaximum) - values_) {
                throw Error(ErrorCode::invalid_argument,
                            "the sequences have more than 2147483647 elements in one array: read "
                            "fewer rows at once, by to_arrow_reader");
            }
            child_->append(sequence.values, child_size_, length);
            values_ += length;
            offsets_.push_back(static_cast<std::int32_t>(values_));
        }
        count_ += count;
    }

    void clear() override {
        count_ = values_ = 0;
        offsets_.clear();
        offsets_.push_back(std::int32_t{0});
        child_->clear();
    }

    ArrowArray finish() override {
        ArrayParts parts{.length = static_cast<std::int64_t>(count_)};
        parts.buffers.push_back(std::exchange(offsets_, Buffer()));
        parts.children.push_back(child_->finish());
        clear();
        return make_array(std::move(parts));
    }

private:
    static constexpr std::int32_t kMaximum = std::numeric_limits<std::int32_t>::max();

    struct Sequence {  // hvl_t
        std::size_t length;
        const std::byte* values;
    };

    std::size_t child_size_;
    std::unique_ptr<Column> child_;
    std::uint64_t count_ = 0;
    std::size_t values_ = 0;
    Buffer offsets_;
};

}  // namespace

std::unique_ptr<Column> make_column(const Field& field, PathFinder& paths) {
    switch (field.kind) {
        case Kind::number:
            return std::make_unique<NumberColumn>(field.size);
        case Kind::boolean:
            return std::make_unique<BooleanColumn>();
        case Kind::enumeration:
            return std::make_unique<EnumerationColumn>(field);
        case Kind::record:
            return std::make_unique<RecordColumn>(field, paths);
        case Kind::fixed_list:
            return std::make_unique<FixedListColumn>(field, paths);
        case Kind::list:
            return std::make_unique<ListColumn>(field, paths);
        case Kind::text:
        case Kind::fixed_text:
        case Kind::opaque:
        case Kind::object_reference:
        case Kind::region_reference:
        case Kind::standard_reference:
            break;
    }
    return make_text_column(field, paths);
}

}  // namespace hyperslab::arrow
