#include "datatype/conversion.hpp"

#include <algorithm>

#include "datatype/enum_conversion.hpp"
#include "datatype/number_conversion.hpp"
#include "datatype/strided_copy.hpp"
#include "datatype/string_conversion.hpp"

namespace hyperslab::datatype {
namespace {

// The size in bytes of the elements whose steps are run before those of the next elements, so that
// they stay in the first cache.
constexpr std::size_t kBlockBytes = 16U << 10;
// The maximum that is gathered at once, and the number of parts from which on less is gathered.
constexpr std::size_t kGathered = 4U << 10;
constexpr std::size_t kLargePart = 512;

// A type with unused bits: what they hold depends on more than a Datatype says.
bool has_unused_bits(const Datatype& type) {
    switch (type.type_class()) {
        case TypeClass::integer:
        case TypeClass::floating:
        case TypeClass::bitfield:
            return type.precision() != 8 * type.size();
        case TypeClass::enumeration:
        case TypeClass::array:
        case TypeClass::complex:
            return has_unused_bits(type.base());
        case TypeClass::compound:
            return std::ranges::any_of(type.members(), [](const CompoundMember& member) {
                return has_unused_bits(member.type);
            });
        default:
            return false;
    }
}

// Bitfields and integers, which hdf5/types/conversions.cpp makes libhdf5 take for the same.
bool has_the_same_bits(const Datatype& from, const Datatype& to) {
    if (to.type_class() != TypeClass::bitfield) {
        return from.type_class() == TypeClass::bitfield && has_the_same_bits(to, from);
    }
    const Datatype unsigned_integer = Datatype::integer(to.size(), false, to.order());
    // A Datatype does not say the byte order of a single byte, and libhdf5 has no conversion
    // between the two.
    const bool usual = to.size() == 2 || to.size() == 4 || to.size() == 8;
    return usual && to == Datatype::bitfield(to.size(), to.order()) && from == unsigned_integer;
}

bool is_enumeration(const Datatype& type) { return type.type_class() == TypeClass::enumeration; }

bool is_integer(const Datatype& type) { return type.type_class() == TypeClass::integer; }

bool is_packed(const Datatype& record) {
    std::size_t size = 0;
    for (const CompoundMember& member : record.members()) {
        size += member.type.size();
    }
    return size == record.size();
}

}  // namespace

// Steps do not overlap.
bool Conversion::fills_elements() const {
    std::size_t filled = is_copy() ? to_size_ : 0;
    for (const Step& step : steps_) {
        filled += step.parts * step.to_size;
    }
    return filled == to_size_;
}

void Conversion::add_step(const Place& place, Convert convert) {
    steps_.push_back({place.from_offset,
                      place.to_offset,
                      place.from.size(),
                      place.to.size(),
                      place.parts,
                      std::move(convert)});
}

// Parts that are neighbours in both elements are copied as one.
void Conversion::add_copy(const Place& place) {
    const std::size_t size = place.parts * place.from.size();
    if (!steps_.empty()) {
        Step& last = steps_.back();
        if (!last.convert && last.from + last.from_size == place.from_offset &&
            last.to + last.to_size == place.to_offset) {
            last.from_size += size;
            last.to_size += size;
            return;
        }
    }
    steps_.push_back({place.from_offset, place.to_offset, size, size, 1, nullptr});
}

bool Conversion::add_members(const Place& place, core::InstructionSet set) {
    return std::ranges::all_of(place.to.members(), [&](const CompoundMember& member) {
        const CompoundMember* const source = place.from.find_member(member.name);
        return source != nullptr && add({source->type,
                                         member.type,
                                         place.from_offset + source->offset,
                                         place.to_offset + member.offset,
                                         1},
                                        set);
    });
}

// An array of records is left to libhdf5: what it writes to the bytes between their members is not
// known here.
bool Conversion::add_records(const Place& place, core::InstructionSet set) {
    std::optional<Conversion> records = between(place.from, place.to, set);
    if (!records || !is_packed(place.to)) {
        return false;
    }
    numbers_.insert(numbers_.end(), records->numbers_.begin(), records->numbers_.end());
    add_step(
        place,
        [records = *std::move(records)](const std::byte* from, std::byte* to, std::size_t count) {
            records(from, to, count);
        });
    return true;
}

bool Conversion::add_numbers(const Place& place, core::InstructionSet set) {
    // Enumerations and numbers are converted by the integers that the names stand for.
    const bool by_base = is_enumeration(place.from) && !is_enumeration(place.to);
    const bool to_base = is_enumeration(place.to) && is_integer(place.from);
    const Datatype& from = by_base ? place.from.base() : place.from;
    const Datatype& to = to_base ? place.to.base() : place.to;
    if (from == to && !has_unused_bits(from)) {
        add_copy(place);
        return true;
    }
    const auto numbers = NumberConversion::between(from, to, set);
    if (numbers) {
        add_step(place, *numbers);
        numbers_.emplace_back(from, to);
    }
    return numbers.has_value();
}

bool Conversion::add(const Place& place, core::InstructionSet set) {
    const auto& [from, to, from_offset, to_offset, parts] = place;
    if (from == to ? !has_unused_bits(from) : has_the_same_bits(from, to)) {
        add_copy(place);
        return true;
    }
    const auto both_are = [&](TypeClass type_class) {
        return from.type_class() == type_class && to.type_class() == type_class;
    };
    if (both_are(TypeClass::compound)) {
        return parts == 1 ? add_members(place, set) : add_records(place, set);
    }
    if (both_are(TypeClass::array)) {
        const std::uint64_t inner = element_count(from.array_dims());
        return from.array_dims() == to.array_dims() && inner != 0 &&
               add({from.base(), to.base(), from_offset, to_offset, parts * inner}, set);
    }
    if (const auto strings = StringConversion::between(from, to)) {
        add_step(place, *strings);
        return true;
    }
    if (auto enumerations = EnumConversion::between(from, to)) {
        add_step(place, *std::move(enumerations));
        return true;
    }
    return add_numbers(place, set);
}

std::optional<Conversion> Conversion::between(const Datatype& from,
                                              const Datatype& to,
                                              core::InstructionSet set) {
    Conversion conversion(from.size(), to.size());
    if (!conversion.add({from, to, 0, 0, 1}, set) || conversion.steps_.empty()) {
        return std::nullopt;
    }
    const Step& first = conversion.steps_.front();
    const bool whole =
        !first.convert && first.from_size == from.size() && first.to_size == to.size();
    if (whole) {
        conversion.steps_.clear();
    }
    return conversion;
}

// As many parts as fit a buffer are gathered, converted there, and spread again.
void Conversion::Step::convert_gathered(const std::byte* from_block,
                                        std::size_t from_stride,
                                        std::byte* to_block,
                                        std::size_t to_stride,
                                        std::size_t count) const {
    alignas(64) std::byte gathered[kGathered];
    alignas(64) std::byte converted[kGathered];
    const std::size_t from_bytes = parts * from_size;
    const std::size_t to_bytes = parts * to_size;
    const std::size_t most = kGathered / std::max(from_bytes, to_bytes);
    for (std::size_t done = 0; done < count; done += most) {
        const std::size_t n = std::min(most, count - done);
        const std::byte* source = from_block + done * from_stride;
        std::byte* const target = to_block + done * to_stride;
        if (from_bytes != from_stride) {
            copy_strided(source, from_stride, gathered, from_bytes, from_bytes, n);
            source = gathered;
        }
        if (to_bytes == to_stride) {
            convert(source, target, n * parts);
        } else {
            convert(source, converted, n * parts);
            copy_strided(converted, to_bytes, target, to_stride, to_bytes, n);
        }
    }
}

void Conversion::Step::run(const std::byte* from_block,
                           std::size_t from_stride,
                           std::byte* to_block,
                           std::size_t to_stride,
                           std::size_t count) const {
    from_block += from;
    to_block += to;
    if (!convert) {
        copy_strided(from_block, from_stride, to_block, to_stride, from_size, count);
    } else if (parts * from_size == from_stride && parts * to_size == to_stride) {
        convert(from_block, to_block, count * parts);
    } else if (count == 1 || parts * std::max(from_size, to_size) > kLargePart) {
        for (std::size_t i = 0; i < count; ++i) {
            convert(from_block + i * from_stride, to_block + i * to_stride, parts);
        }
    } else {
        convert_gathered(from_block, from_stride, to_block, to_stride, count);
    }
}

void Conversion::operator()(const std::byte* from,
                            std::size_t stride,
                            std::byte* to,
                            std::size_t count) const {
    if (is_copy()) {
        copy_strided(from, stride, to, to_size_, to_size_, count);
        return;
    }
    const std::size_t most =
        steps_.size() == 1 ? count
                           : std::max<std::size_t>(kBlockBytes / std::max(stride, to_size_), 1);
    for (std::size_t done = 0; done < count; done += most) {
        const std::size_t n = std::min(most, count - done);
        for (const Step& step : steps_) {
            step.run(from + done * stride, stride, to + done * to_size_, to_size_, n);
        }
    }
}

}  // namespace hyperslab::datatype
