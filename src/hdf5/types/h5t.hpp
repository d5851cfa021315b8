// H5T: datatypes as libhdf5 holds them, by identifier.
//
// The rest of the library speaks of types as values (hyperslab::Datatype, type_translation.hpp);
// this file is for what must reach the identifier itself: the low-level Python API, committed
// types, conversions in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::hdf5::h5t {

/// \name Codes, as in H5Tpublic.h
///@{
enum class Class {
    no_class = -1,
    integer = 0,
    floating = 1,
    time = 2,
    string = 3,
    bitfield = 4,
    opaque = 5,
    compound = 6,
    reference = 7,
    enumeration = 8,
    vlen = 9,
    array = 10,
    complex = 11,
};
enum class Order { little = 0, big = 1, vax = 2, none = 4 };
enum class Sign { unsigned_ = 0, twos_complement = 1 };
enum class Direction { standard = 0, ascend = 1, descend = 2 };
enum class StringPad { null_terminated = 0, null_padded = 1, space_padded = 2 };
enum class Norm { implied = 0, msb_set = 1, none = 2 };
enum class CharacterSet { ascii = 0, utf8 = 1 };
enum class Pad { zero = 0, one = 1, background = 2 };
enum class Background { no = 0, temporary = 1, yes = 2 };
///@}

/// The size that makes a string one of variable length (H5T_VARIABLE).
inline constexpr std::size_t kVariable = std::numeric_limits<std::size_t>::max();

/// The places of the parts of a float, in bits.
struct Fields {
    std::size_t sign_position = 0;
    std::size_t exponent_position = 0;
    std::size_t exponent_size = 0;
    std::size_t mantissa_position = 0;
    std::size_t mantissa_size = 0;
};

/// Padding below and above the significant bits.
struct Padding {
    Pad low = Pad::zero;
    Pad high = Pad::zero;
};

/// A type that exists under a fixed name: one of libhdf5, or one that h5py adds.
struct PredefinedType {
    const char* name;  ///< without H5T_: "NATIVE_INT32"
    Id id;             ///< never closed; kInvalidId when this machine has no such type
};

/// All of them; made at the first call.
std::span<const PredefinedType> predefined_types();

/// The one of that name, which must be there.
Id predefined_type(std::string_view name);

/// \name Making types
///@{
Handle create(Class type_class, std::size_t size);
Handle open(Id location, const std::string& name, Id tapl = kDefault);
Handle array_create(Id base, const Shape& dims);
Handle enum_create(Id base);
Handle vlen_create(Id base);
Handle copy(Id type);
/// \throws Error when the bytes are not an encoded type; nothing past their end is read
Handle decode(std::span<const std::byte> encoded);
std::vector<std::byte> encode(Id type);
///@}

/// \name Any type
///@{
void commit(Id location, const std::string& name, Id type, Id lcpl = kDefault);
void commit_anonymous(Id location, Id type, Id tcpl = kDefault);
bool committed(Id type);
bool equal(Id a, Id b);
/// Makes a type immutable, and immortal with it.
void lock(Id type);
Class type_class(Id type);
bool detect_class(Id type, Class type_class);
std::size_t size(Id type);
void set_size(Id type, std::size_t size);
Handle super(Id type);
/// The type in memory that a program on this machine would use.
Handle native(Id type);
Handle create_plist(Id type);
void flush(Id type);
void refresh(Id type);
///@}

/// \name Atomic types
///@{
Order order(Id type);
void set_order(Id type, Order order);
std::size_t precision(Id type);
void set_precision(Id type, std::size_t bits);
int offset(Id type);
void set_offset(Id type, std::size_t bits);
Padding pad(Id type);
void set_pad(Id type, Padding padding);
Sign sign(Id type);
void set_sign(Id type, Sign sign);
Fields fields(Id type);
void set_fields(Id type, const Fields& fields);
std::size_t exponent_bias(Id type);
void set_exponent_bias(Id type, std::size_t bias);
Norm norm(Id type);
void set_norm(Id type, Norm norm);
Pad inner_pad(Id type);
void set_inner_pad(Id type, Pad pad);
CharacterSet character_set(Id type);
void set_character_set(Id type, CharacterSet set);
StringPad string_pad(Id type);
void set_string_pad(Id type, StringPad pad);
bool is_variable_string(Id type);
std::string tag(Id type);
void set_tag(Id type, const std::string& tag);
///@}

/// \name Compound and enumeration types; members by their index
///@{
int member_count(Id type);
std::string member_name(Id type, unsigned index);
unsigned member_index(Id type, const std::string& name);
Class member_class(Id type, unsigned index);
std::size_t member_offset(Id type, unsigned index);
Handle member_type(Id type, unsigned index);
void insert(Id type, const std::string& name, std::size_t offset, Id field);
void pack(Id type);
/// Values go through the machine's long long, clipped where the base type cannot hold them.
void enum_insert(Id type, const std::string& name, std::int64_t value);
std::string enum_name_of(Id type, std::int64_t value);
std::int64_t enum_value_of(Id type, const std::string& name);
std::int64_t member_value(Id type, unsigned index);
///@}

int array_rank(Id type);
Shape array_dims(Id type);

/// \name Converting in memory
///@{
/// Converts `count` elements in place. `buffer` holds them packed before and after, so it must have
/// room for the larger of the two. `background` may be null where none is needed.
void convert(Id source,
             Id destination,
             std::size_t count,
             void* buffer,
             void* background = nullptr,
             Id dxpl = kDefault);

/// Whether there is a way from one type to another, and the background buffer that it needs.
std::optional<Background> find_conversion(Id source, Id destination);

/// Frees the memory that elements of a type own, in a packed buffer. It is for destructors, which
/// cannot report a failure: when it fails, the memory is lost.
void reclaim(Id type, std::size_t count, void* buffer, Id dxpl = kDefault) noexcept;
///@}

}  // namespace hyperslab::hdf5::h5t
