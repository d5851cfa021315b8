#include "datatype/conversion.hpp"

#include <cstdint>
#include <cstring>

#include "datatype/number_conversion.hpp"

namespace hyperslab::datatype {
namespace {

template <class Bits>
Bits swapped(Bits bits) {
    if constexpr (sizeof(Bits) == 2) {
        return __builtin_bswap16(bits);
    } else if constexpr (sizeof(Bits) == 4) {
        return __builtin_bswap32(bits);
    } else {
        return __builtin_bswap64(bits);
    }
}

template <class Bits>
void swap_bytes(const std::byte* from, std::byte* to, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        Bits bits;
        std::memcpy(&bits, from + i * sizeof bits, sizeof bits);
        bits = swapped(bits);
        std::memcpy(to + i * sizeof bits, &bits, sizeof bits);
    }
}

bool is_number(const Datatype& type) {
    return type.type_class() == TypeClass::integer || type.type_class() == TypeClass::floating;
}

Datatype with_order(const Datatype& type, ByteOrder order) {
    if (type.type_class() == TypeClass::integer) {
        return Datatype::integer(type.size(), type.is_signed(), order);
    }
    return Datatype::floating(type.size(), order);
}

// Whether the two differ in nothing but the order of their bytes. Numbers with unused bits do not
// pass: they are not those that are made here.
bool differ_in_order_only(const Datatype& from, const Datatype& to) {
    const std::size_t size = from.size();
    if (!is_number(from) || from.type_class() != to.type_class() || to.size() != size ||
        (size != 2 && size != 4 && size != 8)) {
        return false;
    }
    for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
        const ByteOrder other = order == ByteOrder::little ? ByteOrder::big : ByteOrder::little;
        if (from == with_order(from, order) && to == with_order(from, other)) {
            return true;
        }
    }
    return false;
}

template <std::size_t Size>
void copy_parts(const std::byte* from,
                std::size_t from_stride,
                std::byte* to,
                std::size_t to_stride,
                std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        std::memcpy(to + i * to_stride, from + i * from_stride, Size);
    }
}

}  // namespace

Conversion::Kernel Conversion::find_kernel(const Datatype& from, const Datatype& to) {
    if (differ_in_order_only(from, to)) {
        return from.size() == 2   ? swap_bytes<std::uint16_t>
               : from.size() == 4 ? swap_bytes<std::uint32_t>
                                  : swap_bytes<std::uint64_t>;
    }
    return find_number_kernel(from, to);
}

// Neighbours that stay neighbours are copied as one.
void Conversion::add_step(Step step) {
    if (!steps_.empty() && step.kernel == nullptr) {
        Step& last = steps_.back();
        if (last.kernel == nullptr && last.from + last.size == step.from &&
            last.to + last.size == step.to) {
            last.size += step.size;
            return;
        }
    }
    steps_.push_back(step);
}

bool Conversion::add_steps(const Datatype& from,
                           const Datatype& to,
                           std::size_t from_offset,
                           std::size_t to_offset) {
    if (from == to) {
        add_step({from_offset, to_offset, from.size(), nullptr});
        return true;
    }
    if (from.type_class() == TypeClass::compound && to.type_class() == TypeClass::compound) {
        for (const CompoundMember& member : to.members()) {
            const CompoundMember* const source = from.find_member(member.name);
            if (source == nullptr || !add_steps(source->type,
                                                member.type,
                                                from_offset + source->offset,
                                                to_offset + member.offset)) {
                return false;
            }
        }
        return true;
    }
    const Kernel kernel = find_kernel(from, to);
    if (kernel != nullptr) {
        add_step({from_offset, to_offset, 0, kernel});
    }
    return kernel != nullptr;
}

std::optional<Conversion> Conversion::between(const Datatype& from, const Datatype& to) {
    if (from == to) {
        return Conversion(from.size());
    }
    Conversion conversion(from.size(), to.size());
    conversion.is_number_ = from.type_class() != TypeClass::compound;
    if (!conversion.add_steps(from, to, 0, 0) || conversion.steps_.empty()) {
        return std::nullopt;
    }
    return conversion;
}

void Conversion::operator()(const std::byte* from, std::byte* to, std::size_t count) const {
    if (is_copy()) {
        std::memcpy(to, from, count * from_size_);
        return;
    }
    // A number is all of its element.
    if (is_number_) {
        steps_[0].kernel(from, to, count);
        return;
    }
    for (const Step& step : steps_) {
        const std::byte* const part = from + step.from;
        std::byte* const target = to + step.to;
        if (step.kernel == nullptr && step.size == 4) {
            copy_parts<4>(part, from_size_, target, to_size_, count);
        } else if (step.kernel == nullptr && step.size == 8) {
            copy_parts<8>(part, from_size_, target, to_size_, count);
        } else {
            for (std::size_t i = 0; i < count; ++i) {
                if (step.kernel != nullptr) {
                    step.kernel(part + i * from_size_, target + i * to_size_, 1);
                } else {
                    std::memcpy(target + i * to_size_, part + i * from_size_, step.size);
                }
            }
        }
    }
}

}  // namespace hyperslab::datatype
