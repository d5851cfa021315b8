#include "object/summary/value_range.hpp"

#include <cmath>
#include <cstring>
#include <limits>
#include <string_view>

#include "hyperslab/element.hpp"
#include "hyperslab/half.hpp"

namespace hyperslab::object {
namespace {

// Strings that are longer would make a summary as large as the data.
constexpr std::size_t kMaxTextBytes = 256;

/// Calls use(byte offset of the first value, number of values) for each row of a box.
template <class Use>
void for_each_run(const ValueBox& box, const Use& use) {
    const std::size_t rank = box.block.size();
    for (const std::uint64_t length : box.length) {
        if (length == 0) {
            return;
        }
    }
    Shape at(rank, 0);
    for (;;) {
        std::uint64_t element = 0;
        for (std::size_t d = 0; d < rank; ++d) {
            element = element * box.block[d] + box.start[d] + at[d];
        }
        use(element * box.element_size, rank == 0 ? 1 : box.length[rank - 1]);
        std::size_t d = rank == 0 ? 0 : rank - 1;
        while (d-- > 0) {
            if (++at[d] < box.length[d]) {
                break;
            }
            at[d] = 0;
        }
        if (d == std::numeric_limits<std::size_t>::max()) {
            return;
        }
    }
}

template <class Number>
Number load(const std::byte* bytes) {
    Number value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

/// What a number is in a Bound.
template <class Number>
auto widened(Number value) {
    if constexpr (std::is_floating_point_v<Number>) {
        return static_cast<double>(value);
    } else if constexpr (std::is_signed_v<Number>) {
        return static_cast<std::int64_t>(value);
    } else {
        return static_cast<std::uint64_t>(value);
    }
}

template <class Number>
struct Extremes {
    Number least = std::numeric_limits<Number>::has_infinity
                       ? std::numeric_limits<Number>::infinity()
                       : std::numeric_limits<Number>::max();
    Number most = std::numeric_limits<Number>::has_infinity
                      ? -std::numeric_limits<Number>::infinity()
                      : std::numeric_limits<Number>::lowest();
    std::uint64_t nans = 0;

    // NaN compares as false, so that it is never taken.
    void take(Number value) {
        least = value < least ? value : least;
        most = value > most ? value : most;
        if constexpr (std::is_floating_point_v<Number>) {
            nans += std::isnan(value) ? 1 : 0;
        }
    }
};

// Values side by side are taken in several series at once, which become SIMD.
template <class Number>
Extremes<Number> extremes_of_row(const std::byte* bytes, std::uint64_t count) {
    constexpr std::size_t kLanes = 64 / sizeof(Number);
    Extremes<Number> lanes[kLanes];
    std::uint64_t i = 0;
    for (; i + kLanes <= count; i += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            lanes[lane].take(load<Number>(bytes + (i + lane) * sizeof(Number)));
        }
    }
    Extremes<Number> all = lanes[0];
    for (std::size_t lane = 1; lane < kLanes; ++lane) {
        all.least = lanes[lane].least < all.least ? lanes[lane].least : all.least;
        all.most = lanes[lane].most > all.most ? lanes[lane].most : all.most;
        all.nans += lanes[lane].nans;
    }
    for (; i < count; ++i) {
        all.take(load<Number>(bytes + i * sizeof(Number)));
    }
    return all;
}

template <class Number>
void merge(Extremes<Number>& all, const Extremes<Number>& more) {
    all.least = more.least < all.least ? more.least : all.least;
    all.most = more.most > all.most ? more.most : all.most;
    all.nans += more.nans;
}

/// \tparam Stored  the type of a value in memory
/// \tparam Number  the type in which values are compared
template <class Stored, class Number = Stored>
ValueRange range_of_numbers(const ValueBox& box) {
    Extremes<Number> found;
    std::uint64_t count = 0;
    for_each_run(box, [&](std::uint64_t offset, std::uint64_t values) {
        const std::byte* const row = box.first + offset;
        if (std::is_same_v<Stored, Number> && box.element_size == sizeof(Stored)) {
            merge(found, extremes_of_row<Number>(row, values));
        } else {
            for (std::uint64_t i = 0; i < values; ++i) {
                found.take(static_cast<Number>(load<Stored>(row + i * box.element_size)));
            }
        }
        count += values;
    });
    ValueRange range;
    range.has_nan = found.nans != 0;
    if (count > found.nans) {
        range.least = widened(found.least);
        range.most = widened(found.most);
    }
    return range;
}

// Whether bytes are UTF-8, for whose texts the order of bytes is that of code points.
bool is_utf8(std::string_view text) {
    std::size_t i = 0;
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    while (i < text.size()) {
        const unsigned char lead = byte(i);
        const std::size_t more = lead < 0x80                    ? 0
                                 : lead >= 0xC2 && lead <= 0xDF ? 1
                                 : lead >= 0xE0 && lead <= 0xEF ? 2
                                 : lead >= 0xF0 && lead <= 0xF4 ? 3
                                                                : text.size();
        if (more >= text.size() - i) {
            return false;
        }
        for (std::size_t next = 1; next <= more; ++next) {
            if ((byte(i + next) & 0xC0U) != 0x80) {
                return false;
            }
        }
        const unsigned char second = more == 0 ? 0 : byte(i + 1);
        const bool is_too_long = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
        const bool is_no_code = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
        if (is_too_long || is_no_code) {
            return false;
        }
        i += more + 1;
    }
    return true;
}

ValueRange range_of_texts(const Datatype& type, const ValueBox& box) {
    ValueRange range;
    std::optional<std::string_view> least;
    std::optional<std::string_view> most;
    for_each_run(box, [&](std::uint64_t offset, std::uint64_t values) {
        for (std::uint64_t i = 0; i < values && range.is_known; ++i) {
            const std::string_view text =
                Element(type, box.first + offset + i * box.element_size).to_text();
            range.is_known = is_utf8(text);
            least = least && *least <= text ? *least : text;
            most = most && *most >= text ? *most : text;
        }
    });
    range.is_known = range.is_known &&
                     (!least || (least->size() <= kMaxTextBytes && most->size() <= kMaxTextBytes));
    if (least && range.is_known) {
        range.least = std::string(*least);
        range.most = std::string(*most);
    }
    return range;
}

std::optional<ValueKind> integer_kind(std::size_t size, bool is_signed) {
    switch (size) {
        case 1:
            return is_signed ? ValueKind::i8 : ValueKind::u8;
        case 2:
            return is_signed ? ValueKind::i16 : ValueKind::u16;
        case 4:
            return is_signed ? ValueKind::i32 : ValueKind::u32;
        case 8:
            return is_signed ? ValueKind::i64 : ValueKind::u64;
        default:
            return std::nullopt;
    }
}

}  // namespace

std::optional<ValueKind> value_kind(const Datatype& type) {
    switch (type.type_class()) {
        case TypeClass::integer:
            return integer_kind(type.size(), type.is_signed());
        case TypeClass::bitfield:
            return integer_kind(type.size(), false);
        case TypeClass::enumeration:  // values of others are read as their names
            return type == Datatype::boolean() ? std::optional(ValueKind::i8) : std::nullopt;
        case TypeClass::floating:
            return type == Datatype::floating(2)   ? std::optional(ValueKind::half)
                   : type == Datatype::floating(4) ? std::optional(ValueKind::f32)
                   : type == Datatype::floating(8) ? std::optional(ValueKind::f64)
                                                   : std::nullopt;
        case TypeClass::string:
            return ValueKind::text;
        default:
            return std::nullopt;
    }
}

ValueRange range_of(ValueKind kind, const Datatype& type, const ValueBox& box) {
    switch (kind) {
        case ValueKind::i8:
            return range_of_numbers<std::int8_t>(box);
        case ValueKind::i16:
            return range_of_numbers<std::int16_t>(box);
        case ValueKind::i32:
            return range_of_numbers<std::int32_t>(box);
        case ValueKind::i64:
            return range_of_numbers<std::int64_t>(box);
        case ValueKind::u8:
            return range_of_numbers<std::uint8_t>(box);
        case ValueKind::u16:
            return range_of_numbers<std::uint16_t>(box);
        case ValueKind::u32:
            return range_of_numbers<std::uint32_t>(box);
        case ValueKind::u64:
            return range_of_numbers<std::uint64_t>(box);
        case ValueKind::half:
            return range_of_numbers<Half, float>(box);
        case ValueKind::f32:
            return range_of_numbers<float>(box);
        case ValueKind::f64:
            return range_of_numbers<double>(box);
        case ValueKind::text:
            return range_of_texts(type, box);
    }
    return {};
}

}  // namespace hyperslab::object
