#include "datatype/number_conversion.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace hyperslab::datatype {
namespace {

using core::InstructionSet;

constexpr std::size_t kBlock = 512;  // numbers
constexpr std::size_t kMaxBytes = 8;

struct Number {
    NumberKind kind;
    bool native;  // in this machine's byte order
};

std::optional<NumberKind> kind_of(const Datatype& type, ByteOrder order) {
    constexpr std::array kIntegers{NumberKind::i8,
                                   NumberKind::u8,
                                   NumberKind::i16,
                                   NumberKind::u16,
                                   NumberKind::i32,
                                   NumberKind::u32,
                                   NumberKind::i64,
                                   NumberKind::u64};
    for (std::size_t i = 0; i < kIntegers.size(); ++i) {
        if (type == Datatype::integer(std::size_t{1} << (i / 2), i % 2 == 0, order)) {
            return kIntegers[i];
        }
    }
    return type == Datatype::floating(4, order)   ? std::optional(NumberKind::f32)
           : type == Datatype::floating(8, order) ? std::optional(NumberKind::f64)
           : type == Datatype::floating(2, order) ? std::optional(NumberKind::f16)
                                                  : std::nullopt;
}

// A type with unused bits equals none of the types that are made here, so libhdf5 converts it.
std::optional<Number> number_of(const Datatype& type) {
    if (type.type_class() != TypeClass::integer && type.type_class() != TypeClass::floating) {
        return std::nullopt;
    }
    if (const auto kind = kind_of(type, kNativeOrder)) {
        return Number{*kind, true};
    }
    constexpr ByteOrder kOther =
        kNativeOrder == ByteOrder::little ? ByteOrder::big : ByteOrder::little;
    if (const auto kind = kind_of(type, kOther)) {
        return Number{*kind, false};
    }
    return std::nullopt;
}

bool is_half(NumberKind kind) { return kind == NumberKind::f16; }

bool is_float(NumberKind kind) {
    return kind == NumberKind::f32 || kind == NumberKind::f64 || is_half(kind);
}

}  // namespace

// Halves are converted by way of floats, which hold each of them. Doubles are not, because they
// would be rounded twice.
void NumberConversion::add_halves(NumberKind from, NumberKind to, bool native, InstructionSet set) {
    constexpr NumberKind kMiddle = NumberKind::f32;
    const NumberRule rule = native ? NumberRule::native : NumberRule::bitwise;
    NumberRule first = rule;
    NumberRule second = rule;
    if (!is_float(from)) {
        first = NumberRule::towards_half;
        second = native ? NumberRule::native : NumberRule::integer_to_half;
    } else if (!is_float(to)) {
        first = NumberRule::native;
        second = native ? NumberRule::from_half : NumberRule::bitwise;
    }
    add(find_kernel(first, from, kMiddle, set));
    add(find_kernel(second, kMiddle, to, set));
}

std::optional<NumberConversion> NumberConversion::between(const Datatype& from,
                                                          const Datatype& to,
                                                          InstructionSet set) {
    const auto source = number_of(from);
    const auto result = number_of(to);
    if (!source || !result || from == to) {
        return std::nullopt;
    }
    NumberConversion conversion(from.size(), to.size());
    // libhdf5 swaps the bytes of integers of one size and different byte orders, whatever their
    // signs.
    const bool integers = !is_float(source->kind) && !is_float(result->kind);
    const bool same = source->kind == result->kind ||
                      (integers && from.size() == to.size() && source->native != result->native);
    if (!source->native || same) {
        conversion.add(find_swap(from.size(), set));
    }
    if (same) {
        return conversion;
    }
    // Between integers, and from integers to floats and doubles, both rules give the same.
    const bool native = source->native && result->native;
    const bool bitwise = !native && is_float(source->kind);
    const NumberRule rule = bitwise ? NumberRule::bitwise : NumberRule::native;
    const bool by_way = (is_half(source->kind) && result->kind != NumberKind::f32) ||
                        (is_half(result->kind) && !is_float(source->kind));
    if (by_way) {
        conversion.add_halves(source->kind, result->kind, native, set);
    } else {
        conversion.add(find_kernel(rule, source->kind, result->kind, set));
    }
    if (!result->native) {
        conversion.add(find_swap(to.size(), set));
    }
    return conversion;
}

void NumberConversion::run_block(const std::byte* from, std::byte* to, std::size_t count) const {
    alignas(64) std::byte buffers[2][kBlock * kMaxBytes];
    for (std::size_t i = 0; i + 1 < length_; ++i) {
        stages_[i](from, buffers[i % 2], count);
        from = buffers[i % 2];
    }
    stages_[length_ - 1](from, to, count);
}

void NumberConversion::operator()(const std::byte* from, std::byte* to, std::size_t count) const {
    if (length_ == 1) {
        stages_[0](from, to, count);
        return;
    }
    for (std::size_t done = 0; done < count; done += kBlock) {
        run_block(from + done * from_size_, to + done * to_size_, std::min(kBlock, count - done));
    }
}

namespace {

template <class Bits>
void append(std::vector<std::byte>& numbers, std::uint64_t bits, bool native) {
    auto value = static_cast<Bits>(bits);
    std::byte bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    if (!native) {
        std::ranges::reverse(bytes);
    }
    numbers.insert(numbers.end(), std::begin(bytes), std::end(bytes));
}

void append(std::vector<std::byte>& numbers, std::uint64_t bits, std::size_t size, bool native) {
    switch (size) {
        case 1:
            return append<std::uint8_t>(numbers, bits, native);
        case 2:
            return append<std::uint16_t>(numbers, bits, native);
        case 4:
            return append<std::uint32_t>(numbers, bits, native);
        default:
            return append<std::uint64_t>(numbers, bits, native);
    }
}

// Adds powers of two and their neighbours, of either sign.
std::vector<std::uint64_t> telling_integers(std::size_t size) {
    std::vector<std::uint64_t> bits{0};
    for (std::size_t power = 0; power < 8 * size; ++power) {
        const std::uint64_t value = std::uint64_t{1} << power;
        for (const std::uint64_t near : {value - 1, value, value + 1, value + value / 2 + 1}) {
            bits.push_back(near);
            bits.push_back(~near + 1);
        }
    }
    return bits;
}

// Adds exponents near the limits of some type, with mantissas that are rounded in each possible
// way.
std::vector<std::uint64_t> telling_floats(int mantissa, int exponents) {
    const std::uint64_t sign = std::uint64_t{1} << (mantissa + exponents);
    const std::uint64_t one = std::uint64_t{1} << mantissa;
    const int last = (1 << exponents) - 1;
    std::vector<std::uint64_t> fractions{0, 1, one / 2, one / 2 + 1, one - 1};
    for (const int kept : {7, 10, 23}) {
        if (kept < mantissa) {
            const std::uint64_t half = one >> (kept + 1);
            fractions.insert(fractions.end(),
                             {half, half + 1, half - 1, 3 * half, one - half, one - 2 * half});
        }
    }
    std::vector<std::uint64_t> bits;
    for (int exponent = 0; exponent <= last; ++exponent) {
        const auto is_near = [&](int power) { return std::abs(exponent - last / 2 - power) <= 2; };
        const bool telling =
            exponent == 0 || exponent == last ||
            std::ranges::any_of(std::array{-150, -127, -25, -15, 0, 8, 16, 32, 64, 127}, is_near);
        for (const std::uint64_t fraction : fractions) {
            if (telling) {
                const std::uint64_t number = static_cast<std::uint64_t>(exponent) * one + fraction;
                bits.push_back(number);
                bits.push_back(number | sign);
            }
        }
    }
    return bits;
}

}  // namespace

std::vector<std::byte> probe_values(const Datatype& type) {
    std::vector<std::byte> numbers;
    const auto number = number_of(type);
    if (!number) {
        return numbers;
    }
    const std::size_t size = type.size();
    const std::vector<std::uint64_t> bits = !is_float(number->kind) ? telling_integers(size)
                                            : size == 2             ? telling_floats(10, 5)
                                            : size == 4             ? telling_floats(23, 8)
                                                                    : telling_floats(52, 11);
    for (const std::uint64_t value : bits) {
        append(numbers, value, size, number->native);
    }
    return numbers;
}

}  // namespace hyperslab::datatype
