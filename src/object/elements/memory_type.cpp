#include "object/elements/memory_type.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "hyperslab/error.hpp"
#include "hyperslab/record.hpp"

namespace hyperslab::object {
namespace {

const CompoundMember& find(const Datatype& compound, const std::string& name) {
    if (compound.type_class() != TypeClass::compound) {
        throw Error(ErrorCode::type_mismatch,
                    "There is no field '" + name + "': the type is " + to_string(compound));
    }
    const CompoundMember* const member = compound.find_member(name);
    if (member == nullptr) {
        throw Error(ErrorCode::not_found,
                    "There is no field '" + name + "' in " + to_string(compound));
    }
    return *member;
}

bool is_fixed_string(const Datatype& type) {
    return type.type_class() == TypeClass::string && !type.is_variable_string();
}

/// Makes memory_type() for one element type of C++ and all its parts.
class MemoryTypes {
public:
    explicit MemoryTypes(const detail::ElementCodec& codec)
        : optional_(codec.optional), follows_(codec.follows && !codec.plain) {}

    Datatype of(const Datatype& native, const Datatype& stored) {
        const TypeClass in_file = stored.type_class();
        switch (native.type_class()) {
            case TypeClass::string:
                return in_file == TypeClass::string ? string(native, stored) : native;
            case TypeClass::integer:
                return in_file == TypeClass::bitfield   ? Datatype::bitfield(native.size())
                       : is_same_opaque(native, stored) ? stored
                                                        : native;
            case TypeClass::enumeration:
                if (native == Datatype::boolean() && native != stored) {
                    return of(native.base(), stored);  // any number is a truth value
                }
                return native;
            case TypeClass::opaque:
                return is_same_opaque(native, stored) ? stored : native;
            case TypeClass::compound:
                if (in_file == TypeClass::complex) {
                    return Datatype::complex(native.members().front().type);
                }
                return in_file == TypeClass::compound ? compound(native, stored) : native;
            case TypeClass::array:
                return in_file == TypeClass::array ? array(native, stored) : native;
            case TypeClass::vlen:
                return sequence(native, stored);
            default:
                return native;
        }
    }

private:
    static bool is_same_opaque(const Datatype& native, const Datatype& stored) {
        const bool bytes = native.type_class() == TypeClass::opaque || native.size() == 1;
        return bytes && stored.type_class() == TypeClass::opaque && stored.size() == native.size();
    }

    bool is_optional() const { return std::ranges::find(optional_, path_) != optional_.end(); }

    Datatype string(const Datatype& native, const Datatype& stored) const {
        if (follows_ && native.is_variable_string() && is_fixed_string(stored)) {
            return stored;
        }
        const CharacterSet set = stored.character_set();
        return native.is_variable_string()
                   ? Datatype::variable_string(set, native.string_padding())
                   : Datatype::fixed_string(native.size(), set, native.string_padding());
    }

    Datatype array(const Datatype& native, const Datatype& stored) {
        if (!follows_) {
            return Datatype::array(of(native.base(), stored.base()), native.array_dims());
        }
        return detail::array_of(of(detail::item_type(native), detail::item_type(stored)),
                                static_cast<std::size_t>(native.array_dims().front()));
    }

    Datatype sequence(const Datatype& native, const Datatype& stored) {
        const TypeClass in_file = stored.type_class();
        if (in_file == TypeClass::vlen) {
            return Datatype::vlen(of(native.base(), stored.base()));
        }
        if (!follows_) {
            return native;
        }
        if (is_optional()) {
            return of(native.base(), stored);
        }
        return in_file == TypeClass::array
                   ? detail::array_of(of(native.base(), detail::item_type(stored)),
                                      static_cast<std::size_t>(stored.array_dims().front()))
                   : native;
    }

    // Members lie where the struct has them, unless some became larger or are not there.
    Datatype compound(const Datatype& native, const Datatype& stored) {
        std::vector<CompoundMember> members;
        bool as_in_struct = true;
        for (const CompoundMember& member : native.members()) {
            path_.push_back(member.name);
            if (stored.find_member(member.name) != nullptr || !is_optional()) {
                const Datatype& in_file = find(stored, member.name).type;
                members.push_back({member.name, member.offset, of(member.type, in_file)});
                as_in_struct = as_in_struct && members.back().type.size() == member.type.size();
            } else {
                as_in_struct = false;
            }
            path_.pop_back();
        }
        if (as_in_struct) {
            return Datatype::compound(native.size(), std::move(members));
        }
        if (members.empty()) {
            find(stored, native.members().front().name);  // throws
        }
        return detail::record_type(std::move(members), 0, true);
    }

    const std::vector<detail::CodecParts::Path>& optional_;
    bool follows_;
    detail::CodecParts::Path path_;  // of the present member
};

// The smallest of the machine's floats that holds them all.
Datatype native_float(const Datatype& stored) {
    const std::size_t size = stored.size();
    if (stored == Datatype::floating(2, stored.order())) {
        return Datatype::floating(2);
    }
    return size <= sizeof(float)    ? Datatype::floating(sizeof(float))
           : size <= sizeof(double) ? Datatype::floating(sizeof(double))
                                    : Datatype::long_double();
}

Datatype native_integer(const Datatype& stored) {
    const std::size_t size = stored.size();
    for (const std::size_t machine : {1U, 2U, 4U, 8U}) {
        if (size <= machine) {
            return Datatype::integer(machine, stored.is_signed());
        }
    }
    return Datatype::integer(size, stored.is_signed());
}

Datatype native_compound(const Datatype& stored) {
    std::vector<CompoundMember> members;
    std::size_t size = 0;
    for (const CompoundMember& member : stored.members()) {
        members.push_back({member.name, size, native_type(member.type)});
        size += members.back().type.size();
    }
    return Datatype::compound(std::max<std::size_t>(size, 1), std::move(members));
}

}  // namespace

Datatype memory_type(const detail::ElementCodec& codec, const Datatype& stored) {
    return MemoryTypes(codec).of(codec.type, stored);
}

Datatype native_type(const Datatype& stored) {
    switch (stored.type_class()) {
        case TypeClass::integer:
            return native_integer(stored);
        case TypeClass::floating:
            return native_float(stored);
        case TypeClass::bitfield:
            return Datatype::bitfield(stored.size());
        case TypeClass::complex:
            return Datatype::complex(native_float(stored.base()));
        case TypeClass::enumeration:
            return Datatype::enumeration(native_integer(stored.base()), stored.enum_members());
        case TypeClass::compound:
            return native_compound(stored);
        case TypeClass::vlen:
            return Datatype::vlen(native_type(stored.base()));
        case TypeClass::array:
            return Datatype::array(native_type(stored.base()), stored.array_dims());
        default:
            return stored;
    }
}

bool has_standard_reference(const Datatype& type) {
    switch (type.type_class()) {
        case TypeClass::reference:
            return type.reference_kind() == ReferenceKind::standard;
        case TypeClass::array:
        case TypeClass::vlen:
            return has_standard_reference(type.base());
        case TypeClass::compound:
            return std::ranges::any_of(type.members(), [](const CompoundMember& member) {
                return has_standard_reference(member.type);
            });
        default:
            return false;
    }
}

Datatype subset(const Datatype& stored, std::span<const std::string> members) {
    std::vector<CompoundMember> kept;
    std::size_t size = 0;
    for (const std::string& name : members) {
        const CompoundMember& member = find(stored, name);
        kept.push_back({name, size, member.type});
        size += member.type.size();
    }
    return Datatype::compound(std::max<std::size_t>(size, 1), std::move(kept));
}

Datatype member_type(const Datatype& stored, std::span<const std::string> path) {
    Datatype type = stored;
    for (const std::string& name : path) {
        type = Datatype(find(type, name).type);
    }
    return type;
}

Datatype nested_in(const Datatype& member, std::span<const std::string> path) {
    Datatype type = member;
    for (std::size_t i = path.size(); i-- > 0;) {
        type = Datatype::compound(type.size(), {{path[i], 0, type}});
    }
    return type;
}

}  // namespace hyperslab::object
