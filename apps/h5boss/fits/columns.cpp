#include "h5boss/fits/columns.hpp"

#include <hyperslab/error.hpp>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>

namespace hyperslab::apps::h5boss {
namespace {

/// The bytes of one element of a TFORM code.
std::size_t element_bytes(char code) {
    switch (code) {
        case 'A':
        case 'B':
        case 'L':
        case 'X':
            return 1;
        case 'I':
            return 2;
        case 'J':
        case 'E':
            return 4;
        case 'K':
        case 'D':
        case 'C':
            return 8;
        case 'M':
            return 16;
        case 'P':
            return 8;
        case 'Q':
            return 16;
        default:
            return 0;
    }
}

/// The offset that turns an integer of that code into one of the other sign.
double sign_offset(char code) {
    switch (code) {
        case 'B':
            return -128;
        case 'I':
            return 32768;
        case 'J':
            return 2147483648.0;
        case 'K':
            return 9223372036854775808.0;
        default:
            return 0;
    }
}

Datatype element_type(const Column& column) {
    const auto integer = [&](std::size_t size) {
        return Datatype::integer(
            size, (column.code != 'B') != column.offset_unsigned, ByteOrder::little);
    };
    if (!column.offset_unsigned && (column.scale != 1 || column.zero != 0)) {
        return Datatype::floating(8, ByteOrder::little);
    }
    switch (column.code) {
        case 'L':
            return Datatype::boolean();
        case 'B':
        case 'I':
        case 'J':
        case 'K':
            return integer(element_bytes(column.code));
        case 'E':
        case 'D':
            return Datatype::floating(element_bytes(column.code), ByteOrder::little);
        case 'C':
            return Datatype::complex_compound(Datatype::floating(4, ByteOrder::little));
        case 'M':
            return Datatype::complex_compound(Datatype::floating(8, ByteOrder::little));
        default:
            return Datatype::integer(1, false, ByteOrder::little);
    }
}

/// "(15,5)" as lengths, the slowest axis first.
Shape dimensions(const std::string& text) {
    Shape dims;
    std::uint64_t value = 0;
    bool digits = false;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            value = value * 10 + static_cast<std::uint64_t>(c - '0');
            digits = true;
        } else if (digits) {
            dims.push_back(value);
            value = 0;
            digits = false;
        }
    }
    std::reverse(dims.begin(), dims.end());
    return dims;
}

std::uint64_t product(const Shape& dims) {
    std::uint64_t all = 1;
    for (const std::uint64_t one : dims) {
        all *= one;
    }
    return all;
}

Datatype column_type(const Column& column, std::uint64_t repeat, Shape dims) {
    if (product(dims) != repeat || dims.empty()) {
        dims = {repeat};
    }
    if (column.code == 'A') {
        const auto width = static_cast<std::size_t>(dims.back());
        const Datatype text = Datatype::fixed_string(
            std::max<std::size_t>(width, 1), CharacterSet::ascii, StringPadding::null_padded);
        dims.pop_back();
        return dims.empty() ? text : Datatype::array(text, dims);
    }
    const Datatype one = element_type(column);
    return repeat == 1 && dims.size() == 1 ? one : Datatype::array(one, dims);
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return text;
}

template <class U>
U swapped(const std::byte* bytes) {
    U value;
    std::memcpy(&value, bytes, sizeof value);
    if constexpr (sizeof(U) == 2) {
        value = __builtin_bswap16(value);
    } else if constexpr (sizeof(U) == 4) {
        value = __builtin_bswap32(value);
    } else if constexpr (sizeof(U) == 8) {
        value = __builtin_bswap64(value);
    }
    return value;
}

/// Elements of `Size` bytes with their bytes turned round, and with `flip` added without a carry.
template <class U>
void swap_into(const std::byte* source, std::byte* target, std::size_t count, U flip) {
    for (std::size_t i = 0; i < count; ++i) {
        const U value = static_cast<U>(swapped<U>(source + i * sizeof(U)) ^ flip);
        std::memcpy(target + i * sizeof(U), &value, sizeof value);
    }
}

template <class U>
void swap_out(const std::byte* source, std::byte* target, std::size_t count, U flip) {
    for (std::size_t i = 0; i < count; ++i) {
        U value;
        std::memcpy(&value, source + i * sizeof(U), sizeof value);
        value = static_cast<U>(value ^ flip);
        const U turned = swapped<U>(reinterpret_cast<const std::byte*>(&value));
        std::memcpy(target + i * sizeof(U), &turned, sizeof turned);
    }
}

std::int64_t signed_value(char code, const std::byte* bytes) {
    switch (code) {
        case 'B':
            return static_cast<std::int64_t>(bytes[0]);
        case 'I':
            return static_cast<std::int16_t>(swapped<std::uint16_t>(bytes));
        case 'J':
            return static_cast<std::int32_t>(swapped<std::uint32_t>(bytes));
        default:
            return static_cast<std::int64_t>(swapped<std::uint64_t>(bytes));
    }
}

double scaled_value(const Column& column, const std::byte* bytes) {
    if (column.code == 'E') {
        return column.zero + column.scale * std::bit_cast<float>(swapped<std::uint32_t>(bytes));
    }
    if (column.code == 'D') {
        return column.zero + column.scale * std::bit_cast<double>(swapped<std::uint64_t>(bytes));
    }
    return column.zero + column.scale * static_cast<double>(signed_value(column.code, bytes));
}

bool is_scaled(const Column& column) {
    return !column.offset_unsigned && (column.scale != 1 || column.zero != 0);
}

void decode_texts(const Column& column, const std::byte* source, std::byte* target) {
    const Datatype& type = column.type;
    const std::size_t width =
        type.type_class() == TypeClass::array ? type.base().size() : type.size();
    std::memset(target, 0, type.size());
    for (std::size_t at = 0; at + width <= column.bytes; at += width) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < width && source[at + i] != std::byte{0}; ++i) {
            length = source[at + i] == std::byte{' '} ? length : i + 1;
        }
        std::memcpy(target + at, source + at, length);
    }
}

void decode_one(const Column& column, const std::byte* source, std::byte* target) {
    if (column.code == 'A') {
        decode_texts(column, source, target);
        return;
    }
    const std::size_t size = element_bytes(column.code);
    const std::size_t count = column.bytes / size;
    if (is_scaled(column)) {
        for (std::size_t i = 0; i < count; ++i) {
            const double value = scaled_value(column, source + i * size);
            std::memcpy(target + i * sizeof value, &value, sizeof value);
        }
        return;
    }
    const bool flip = column.offset_unsigned;
    switch (column.code) {
        case 'L':
            for (std::size_t i = 0; i < count; ++i) {
                target[i] = source[i] == std::byte{'T'} ? std::byte{1} : std::byte{0};
            }
            break;
        case 'B':
        case 'X':
            swap_into<std::uint8_t>(source, target, count, flip ? 0x80 : 0);
            break;
        case 'I':
            swap_into<std::uint16_t>(source, target, count, flip ? 0x8000 : 0);
            break;
        case 'J':
        case 'E':
            swap_into<std::uint32_t>(source, target, count, flip ? 0x80000000U : 0);
            break;
        case 'C':
            swap_into<std::uint32_t>(source, target, 2 * count, 0);
            break;
        case 'M':
            swap_into<std::uint64_t>(source, target, 2 * count, 0);
            break;
        default:
            swap_into<std::uint64_t>(source, target, count, flip ? 0x8000000000000000U : 0);
            break;
    }
}

void encode_texts(const Column& column,
                  const Datatype& type,
                  const std::byte* member,
                  std::byte* row) {
    const std::size_t width = column.type.type_class() == TypeClass::array
                                  ? column.type.base().size()
                                  : column.type.size();
    const std::size_t held =
        type.type_class() == TypeClass::array ? type.base().size() : type.size();
    std::memset(row, ' ', column.bytes);
    for (std::size_t i = 0; (i + 1) * width <= column.bytes && (i + 1) * held <= type.size(); ++i) {
        const std::byte* const text = member + i * held;
        const std::size_t length =
            static_cast<std::size_t>(std::find(text, text + held, std::byte{0}) - text);
        std::memcpy(row + i * width, text, std::min(length, width));
    }
}

void encode_scaled(const Column& column, const std::byte* member, std::byte* row) {
    const std::size_t size = element_bytes(column.code);
    for (std::size_t i = 0; i < column.bytes / size; ++i) {
        double value = 0;
        std::memcpy(&value, member + i * sizeof value, sizeof value);
        const double raw = (value - column.zero) / column.scale;
        if (column.code == 'D') {
            swap_out<std::uint64_t>(reinterpret_cast<const std::byte*>(&raw), row + i * size, 1, 0);
        } else if (column.code == 'E') {
            const auto single = static_cast<float>(raw);
            swap_out<std::uint32_t>(
                reinterpret_cast<const std::byte*>(&single), row + i * size, 1, 0);
        } else {
            const auto whole = static_cast<std::uint64_t>(std::llround(raw));
            for (std::size_t b = 0; b < size; ++b) {
                row[i * size + b] = static_cast<std::byte>(whole >> (8 * (size - 1 - b)));
            }
        }
    }
}

}  // namespace

std::vector<Column> columns_of(const Header& header,
                               const std::string& path,
                               std::vector<std::string>* left_out) {
    std::vector<Column> columns;
    const std::int64_t count = header.integer("TFIELDS").value_or(0);
    std::size_t offset = 0;
    for (std::int64_t i = 1; i <= count; ++i) {
        const std::string number = std::to_string(i);
        const std::string form = header.text("TFORM" + number).value_or("");
        std::uint64_t repeat = 1;
        const char* const begin = form.data();
        const auto [at, error] = std::from_chars(begin, begin + form.size(), repeat);
        Column column;
        column.name = upper(header.text("TTYPE" + number).value_or("COLUMN" + number));
        column.code = at == begin + form.size() ? ' ' : *at;
        const std::size_t size = element_bytes(column.code);
        if (size == 0) {
            throw Error(ErrorCode::type_mismatch,
                        "'" + path + "': column " + column.name + " has the format '" + form +
                            "', which FITS does not know");
        }
        column.offset = offset;
        column.bytes = column.code == 'X' ? (repeat + 7) / 8 : repeat * size;
        offset += column.bytes;
        column.scale = header.real("TSCAL" + number).value_or(1);
        column.zero = header.real("TZERO" + number).value_or(0);
        column.offset_unsigned =
            column.scale == 1 && column.zero != 0 && column.zero == sign_offset(column.code);
        if (column.code == 'P' || column.code == 'Q') {
            if (left_out != nullptr) {
                left_out->push_back(column.name);
            }
            continue;
        }
        if (column.bytes == 0) {
            continue;  // a column without elements
        }
        column.type = column_type(column,
                                  column.code == 'X' ? column.bytes : repeat,
                                  dimensions(header.text("TDIM" + number).value_or("")));
        columns.push_back(std::move(column));
    }
    if (offset > row_bytes(header)) {
        throw Error(ErrorCode::type_mismatch,
                    "'" + path + "': the columns have " + std::to_string(offset) +
                        " bytes, and a row has " + std::to_string(row_bytes(header)));
    }
    return columns;
}

Datatype row_type(const std::vector<Column>& columns) {
    std::vector<CompoundMember> members;
    std::size_t size = 0;
    for (const Column& column : columns) {
        members.push_back({column.name, size, column.type});
        size += column.type.size();
    }
    return Datatype::compound(size, std::move(members));
}

std::size_t row_bytes(const Header& header) {
    return static_cast<std::size_t>(
        std::max<std::int64_t>(header.integer("NAXIS1").value_or(0), 0));
}

void decode_column(const Column& column,
                   std::span<const std::byte> rows,
                   std::size_t stride,
                   std::byte* target,
                   std::size_t target_stride) {
    for (std::size_t at = 0; at + stride <= rows.size(); at += stride) {
        decode_one(column, rows.data() + at + column.offset, target);
        target += target_stride;
    }
}

void encode_column(const Column& column,
                   const Datatype& type,
                   const std::byte* member,
                   std::byte* row) {
    std::byte* const target = row + column.offset;
    if (column.code == 'A') {
        encode_texts(column, type, member, target);
        return;
    }
    if (is_scaled(column)) {
        encode_scaled(column, member, target);
        return;
    }
    const std::size_t count = column.bytes / element_bytes(column.code);
    const bool flip = column.offset_unsigned;
    switch (column.code) {
        case 'L':
            for (std::size_t i = 0; i < count; ++i) {
                target[i] = member[i] == std::byte{0} ? std::byte{'F'} : std::byte{'T'};
            }
            break;
        case 'B':
        case 'X':
            swap_out<std::uint8_t>(member, target, count, flip ? 0x80 : 0);
            break;
        case 'I':
            swap_out<std::uint16_t>(member, target, count, flip ? 0x8000 : 0);
            break;
        case 'J':
        case 'E':
            swap_out<std::uint32_t>(member, target, count, flip ? 0x80000000U : 0);
            break;
        case 'C':
            swap_out<std::uint32_t>(member, target, 2 * count, 0);
            break;
        case 'M':
            swap_out<std::uint64_t>(member, target, 2 * count, 0);
            break;
        default:
            swap_out<std::uint64_t>(member, target, count, flip ? 0x8000000000000000U : 0);
            break;
    }
}

}  // namespace hyperslab::apps::h5boss
