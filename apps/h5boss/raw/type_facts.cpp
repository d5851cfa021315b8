#include "h5boss/raw/type_facts.hpp"

#include <hyperslab/native.hpp>

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>

namespace hyperslab::apps::h5boss::raw {
namespace {

bool is_plain(const Datatype& type) {
    switch (type.type_class()) {
        case TypeClass::integer:
        case TypeClass::floating:
            return type.order() == ByteOrder::little || type.size() == 1;
        case TypeClass::string:
            return !type.is_variable_string();
        case TypeClass::opaque:
            return true;
        case TypeClass::array:
        case TypeClass::enumeration:
            return is_plain(type.base());
        case TypeClass::compound:
            return std::all_of(type.members().begin(), type.members().end(), [](const auto& one) {
                return is_plain(one.type);
            });
        default:
            return false;
    }
}

/// The name of the function in this HDF5: the second edition has one more argument.
native::OwnedId decode(const Bytes& encoded) {
    const native::Lock lock;
    using Decode = native::Id(const void*);
    Decode* function = nullptr;
    try {
        function = native::function<Decode>("H5Tdecode");
    } catch (const Error&) {
        function = native::function<Decode>("H5Tdecode1");
    }
    return native::OwnedId(function(encoded.data()));
}

TypeFacts make(const Bytes& message) {
    Bytes encoded{std::byte{3}, std::byte{0}};  // a message of this kind, encoded in form 0
    encoded.insert(encoded.end(), message.begin(), message.end());
    const native::OwnedId type = decode(encoded);
    if (!type.valid()) {
        throw Refusal();
    }
    TypeFacts facts{native::describe(type.id())};
    facts.plain = is_plain(facts.type);
    if (facts.type.type_class() == TypeClass::compound) {
        const CompoundMember* const fiber = facts.type.find_member("FIBERID");
        if (fiber != nullptr && fiber->type.type_class() == TypeClass::integer) {
            facts.fiber = *fiber;
        }
    }
    return facts;
}

}  // namespace

const TypeFacts& facts_of(const Bytes& message) {
    static std::mutex& mutex = *new std::mutex;
    static auto& known = *new std::map<Bytes, TypeFacts>;
    const std::scoped_lock lock(mutex);
    const auto at = known.find(message);
    return at != known.end() ? at->second : known.emplace(message, make(message)).first->second;
}

int fiber_at(const TypeFacts& facts, const std::byte* row) {
    const CompoundMember& member = *facts.fiber;
    std::uint64_t value = 0;
    std::memcpy(&value, row + member.offset, std::min(member.type.size(), sizeof value));
    if (member.type.size() == 2) {
        return static_cast<std::int16_t>(value);
    }
    return static_cast<int>(value);
}

}  // namespace hyperslab::apps::h5boss::raw
