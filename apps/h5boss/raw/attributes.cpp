// load_attributes: attributes as they stand in headers, with the texts that they have in the heap.

#include "h5boss/raw/tree.hpp"

namespace hyperslab::apps::h5boss::raw {
namespace {

constexpr std::size_t kReference = 16;  // a length of 4 bytes, an address of 8, an index of 4

std::uint64_t elements(std::span<const std::byte> dataspace) {
    Cursor at(dataspace);
    const std::uint64_t version = at.number(1);
    const std::uint64_t rank = at.number(1);
    at.skip(1);
    if (version == 1) {
        at.skip(5);
    } else if (version != 2 || at.number(1) > 1) {
        throw Refusal();  // It has no value at all, or is of a form to come.
    }
    std::uint64_t count = 1;
    for (std::uint64_t i = 0; i < rank; ++i) {
        count *= at.number(8);
    }
    if (rank > 32 || count > 1U << 20) {
        throw Refusal();
    }
    return count;
}

Attribute load(const SourceFile& file, Message message) {
    Cursor at(message.body);
    const std::uint64_t version = at.number(1);
    const std::uint64_t flags = at.number(1);
    const auto name = static_cast<std::size_t>(at.number(2));
    const auto type = static_cast<std::size_t>(at.number(2));
    const auto space = static_cast<std::size_t>(at.number(2));
    at.skip(version == 3 ? 1 : 0);
    if (version < 1 || version > 3 || (version > 1 && flags != 0)) {
        throw Refusal();
    }
    const auto padded = [&](std::size_t size) { return version == 1 ? (size + 7) / 8 * 8 : size; };
    at.skip(padded(name));
    const auto described = at.take(padded(type));
    const auto dataspace = at.take(padded(space));
    Cursor class_of(described);
    const std::uint64_t kind = class_of.number(1) & 15U;
    Attribute one;
    if (kind == 9) {  // of variable length
        if ((class_of.number(1) & 15U) != 1) {
            throw Refusal();  // no text, but a sequence of anything
        }
        const std::uint64_t count = elements(dataspace);
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::size_t begin = at.at();
            Cursor reference(at.take(kReference));
            const std::uint64_t length = reference.number(4);
            const std::uint64_t collection = reference.address();
            const std::uint64_t index = reference.number(4);
            if (collection == 0) {
                continue;  // no text at all
            }
            Bytes value = file.heap_object(collection, index);
            if (value.size() < length) {
                throw Refusal();
            }
            one.values.push_back({begin + 4, std::move(value)});
        }
    } else if (kind != 0 && kind != 1 && kind != 3 && kind != 8) {
        throw Refusal();  // none of numbers, texts and truth values
    }
    one.message = std::move(message);
    one.message.flags = 0;
    return one;
}

}  // namespace

std::vector<Attribute> load_attributes(const SourceFile& file, const ObjectHeader& object) {
    std::vector<Attribute> found;
    for (Message& one : attributes_of(file, object)) {
        found.push_back(load(file, std::move(one)));
    }
    return found;
}

}  // namespace hyperslab::apps::h5boss::raw
