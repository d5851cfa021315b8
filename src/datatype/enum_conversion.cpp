#include "datatype/enum_conversion.hpp"

#include <algorithm>
#include <string>

#include "hyperslab/error.hpp"

namespace hyperslab::datatype {
namespace {

constexpr std::size_t kBits = 64;

bool is_enumeration(const Datatype& type) {
    return type.type_class() == TypeClass::enumeration && type.size() <= sizeof(std::int64_t) &&
           type.base().type_class() == TypeClass::integer && type.base().precision() != 0;
}

std::size_t place_of_byte(std::size_t i, const Datatype& integer) {
    return integer.order() == ByteOrder::big ? integer.size() - 1 - i : i;
}

std::int64_t load(const std::byte* element, const Datatype& integer) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < integer.size(); ++i) {
        bits |= std::to_integer<std::uint64_t>(element[place_of_byte(i, integer)]) << 8 * i;
    }
    const std::size_t unused = kBits - integer.precision();
    bits = bits >> integer.bit_offset() << unused;
    return integer.is_signed() ? static_cast<std::int64_t>(bits) >> unused
                               : static_cast<std::int64_t>(bits >> unused);
}

void store(std::int64_t value, std::byte* element, const Datatype& integer) {
    const std::size_t unused = kBits - integer.precision();
    const std::uint64_t bits =
        static_cast<std::uint64_t>(value) << unused >> unused << integer.bit_offset();
    for (std::size_t i = 0; i < integer.size(); ++i) {
        element[place_of_byte(i, integer)] = static_cast<std::byte>(bits >> 8 * i);
    }
}

const EnumMember* find_name(const Datatype& type, const std::string& name) {
    const auto found = std::ranges::find(type.enum_members(), name, &EnumMember::name);
    return found == type.enum_members().end() ? nullptr : &*found;
}

}  // namespace

std::optional<EnumConversion> EnumConversion::between(const Datatype& from, const Datatype& to) {
    if (!is_enumeration(from) || !is_enumeration(to) || from == to) {
        return std::nullopt;
    }
    return EnumConversion(from, to);
}

EnumConversion::EnumConversion(const Datatype& from, const Datatype& to) : from_(from), to_(to) {
    for (const EnumMember& member : from.enum_members()) {
        const EnumMember* const target = find_name(to, member.name);
        same_numbers_ = same_numbers_ && target != nullptr && target->value == member.value &&
                        is_kept(member.value);
        if (target != nullptr) {
            pairs_.push_back({member.value, target->value});
        }
    }
    std::ranges::sort(pairs_, {}, &Pair::from);
}

// Whether the other integer can hold the number.
bool EnumConversion::is_kept(std::int64_t value) const {
    const Datatype& to = to_.base();
    const std::size_t unused = kBits - to.precision();
    const auto bits = static_cast<std::uint64_t>(value) << unused;
    const std::int64_t held = to.is_signed() ? static_cast<std::int64_t>(bits) >> unused
                                             : static_cast<std::int64_t>(bits >> unused);
    const bool loses_sign = from_.base().is_signed() != to.is_signed() && value < 0;
    return held == value && !loses_sign;
}

std::int64_t EnumConversion::converted(std::int64_t value) const {
    if (same_numbers_) {
        return is_kept(value) ? value : (throw_lacking(value), 0);
    }
    const auto pair = std::ranges::lower_bound(pairs_, value, {}, &Pair::from);
    if (pair == pairs_.end() || pair->from != value) {
        throw_lacking(value);
    }
    return pair->to;
}

void EnumConversion::convert(const std::byte* from, std::byte* to) const {
    store(converted(load(from, from_.base())), to, to_.base());
}

void EnumConversion::operator()(const std::byte* from, std::byte* to, std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i) {
        convert(from, to);
        from += from_.size();
        to += to_.size();
    }
}

void EnumConversion::throw_lacking(std::int64_t value) const {
    const auto named = std::ranges::find(from_.enum_members(), value, &EnumMember::value);
    const std::string name = named == from_.enum_members().end() ? "" : " '" + named->name + "'";
    throw Error(ErrorCode::type_mismatch,
                "The value " + std::to_string(value) + name + " of " + to_string(from_) +
                    " is not in " + to_string(to_));
}

}  // namespace hyperslab::datatype
