// Tables that lie in their file in one piece.
#pragma once

#include <memory>

#include "h5boss/raw/object_header.hpp"
#include "h5boss/raw/tree.hpp"

namespace hyperslab::apps::h5boss::raw {

struct TableFile {
    std::shared_ptr<const SourceFile> file;
    Bytes type;  ///< the message that describes a row
    std::uint8_t type_flags = 0;
    Bytes fill_value;
    std::vector<Attribute> attributes;
    std::uint64_t length = 0;  ///< in rows
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
};

/// \throws Refusal for datasets of other dimensions, other layouts, and elements that mean
/// something
///     in their file alone
TableFile table_of(const std::shared_ptr<const SourceFile>& file, const ObjectHeader& header);

/// Gives a node the type, fill value and attributes of a table.
void describe(const TableFile& table, Node& node);

}  // namespace hyperslab::apps::h5boss::raw
