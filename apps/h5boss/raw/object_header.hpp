// Headers of objects, and the links of groups.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "h5boss/raw/source_file.hpp"

namespace hyperslab::apps::h5boss::raw {

/// The kinds of messages that are looked at.
enum class Kind : std::uint8_t {
    nil = 0x00,
    dataspace = 0x01,
    link_info = 0x02,
    datatype = 0x03,
    old_fill_value = 0x04,
    fill_value = 0x05,
    link = 0x06,
    layout = 0x08,
    group_info = 0x0a,
    attribute = 0x0c,
    old_time = 0x0e,
    continuation = 0x10,
    symbol_table = 0x11,
    time = 0x12,
    attribute_info = 0x15,
};

struct Message {
    Kind kind = Kind::nil;
    std::uint8_t flags = 0;
    Bytes body{};
};

struct ObjectHeader {
    std::vector<Message> messages;

    const Message* find(Kind kind) const;
    bool is_group() const { return find(Kind::datatype) == nullptr; }
};

/// Messages of no use for a copy, times and fillers, are left out.
/// \throws Refusal for messages that are shared with other objects, and for objects that keep the
///     order of their attributes
ObjectHeader read_header(const SourceFile& file, std::uint64_t address);

struct Member {
    std::string name;
    std::uint64_t address = 0;
};

/// The members of a group, in any order.
/// \throws Refusal when one of the links is not a hard one
std::vector<Member> members_of(const SourceFile& file, const ObjectHeader& group);

/// The messages of all attributes of an object, wherever they lie.
std::vector<Message> attributes_of(const SourceFile& file, const ObjectHeader& object);

}  // namespace hyperslab::apps::h5boss::raw
