#include "h5boss/raw/table_file.hpp"

#include "h5boss/raw/type_facts.hpp"

namespace hyperslab::apps::h5boss::raw {
namespace {

std::uint64_t length_of(const Message& dataspace) {
    Cursor at(dataspace.body);
    const std::uint64_t version = at.number(1);
    at.expect(1, 1);  // one dimension
    at.skip(1);
    if (version == 1) {
        at.skip(5);
    } else {
        if (version != 2) {
            throw Refusal();
        }
        at.expect(1, 1);
    }
    return at.number(8);
}

}  // namespace

TableFile table_of(const std::shared_ptr<const SourceFile>& file, const ObjectHeader& header) {
    TableFile table;
    table.file = file;
    const Message* space = nullptr;
    const Message* layout = nullptr;
    for (const Message& one : header.messages) {
        switch (one.kind) {
            case Kind::dataspace:
                space = &one;
                break;
            case Kind::datatype:
                table.type = one.body;
                table.type_flags = one.flags;
                break;
            case Kind::fill_value:
                table.fill_value = one.body;
                break;
            case Kind::layout:
                layout = &one;
                break;
            case Kind::old_fill_value:
            case Kind::attribute:
            case Kind::attribute_info:
                break;
            default:
                throw Refusal();
        }
    }
    if (space == nullptr || layout == nullptr || table.fill_value.empty() || table.type.empty()) {
        throw Refusal();
    }
    const TypeFacts& facts = facts_of(table.type);
    table.length = length_of(*space);
    Cursor at(layout->body);
    const std::uint64_t version = at.number(1);
    at.expect(1, 1);  // contiguous
    table.offset = at.address();
    table.bytes = at.number(8);
    const std::uint64_t size = facts.type.size();
    const bool fits = (version == 3 || version == 4) && facts.plain && size > 0 &&
                      table.length <= file->size() / size && table.bytes == table.length * size;
    if (!fits) {
        throw Refusal();
    }
    if (table.bytes > 0 &&
        (table.offset > file->size() || table.bytes > file->size() - table.offset)) {
        throw Refusal();
    }
    table.attributes = load_attributes(*file, header);
    return table;
}

void describe(const TableFile& table, Node& node) {
    node.type = table.type;
    node.type_flags = table.type_flags;
    node.fill_value = table.fill_value;
    node.attributes = table.attributes;
}

}  // namespace hyperslab::apps::h5boss::raw
