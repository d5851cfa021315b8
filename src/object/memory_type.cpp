#include "object/memory_type.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "hyperslab/error.hpp"

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

Datatype compound_in_memory(const Datatype& native, const Datatype& stored) {
    std::vector<CompoundMember> members;
    for (const CompoundMember& member : native.members()) {
        const Datatype& in_file = find(stored, member.name).type;
        members.push_back({member.name, member.offset, memory_type(member.type, in_file)});
    }
    return Datatype::compound(native.size(), std::move(members));
}

Datatype string_in_memory(const Datatype& native, const Datatype& stored) {
    const CharacterSet set = stored.character_set();
    return native.is_variable_string()
               ? Datatype::variable_string(set, native.string_padding())
               : Datatype::fixed_string(native.size(), set, native.string_padding());
}

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

Datatype memory_type(const Datatype& native, const Datatype& stored) {
    const TypeClass in_file = stored.type_class();
    switch (native.type_class()) {
        case TypeClass::string:
            return in_file == TypeClass::string ? string_in_memory(native, stored) : native;
        case TypeClass::integer:
            return in_file == TypeClass::bitfield ? Datatype::bitfield(native.size()) : native;
        case TypeClass::enumeration:
            if (native == Datatype::boolean() && native != stored) {
                return memory_type(native.base(), stored);  // any number is a truth value
            }
            return native;
        case TypeClass::opaque:
            return in_file == TypeClass::opaque && stored.size() == native.size() ? stored : native;
        case TypeClass::compound:
            if (in_file == TypeClass::complex) {
                return Datatype::complex(native.members().front().type);
            }
            return in_file == TypeClass::compound ? compound_in_memory(native, stored) : native;
        case TypeClass::array:
            return in_file == TypeClass::array
                       ? Datatype::array(memory_type(native.base(), stored.base()),
                                         native.array_dims())
                       : native;
        case TypeClass::vlen:
            return in_file == TypeClass::vlen
                       ? Datatype::vlen(memory_type(native.base(), stored.base()))
                       : native;
        default:
            return native;
    }
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
