// What the elements of a table are, by the message that describes them.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <optional>

#include "h5boss/raw/cursor.hpp"

namespace hyperslab::apps::h5boss::raw {

struct TypeFacts {
    Datatype type;
    /// Whether the bytes mean the same in any file and on this machine: fixed sizes, no references,
    /// the lowest byte first.
    bool plain = false;
    /// The column FIBERID, if it is an integer.
    std::optional<CompoundMember> fiber{};
};

/// Facts are found out once for each description. Any thread may ask.
/// \throws Refusal for what HDF5 does not understand
const TypeFacts& facts_of(const Bytes& message);

/// The fibre of a row.
int fiber_at(const TypeFacts& facts, const std::byte* row);

}  // namespace hyperslab::apps::h5boss::raw
