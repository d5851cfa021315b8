#include "h5boss/raw/tree.hpp"

#include <algorithm>
#include <cstring>

#include "h5boss/raw/checksum.hpp"

namespace hyperslab::apps::h5boss::raw {
namespace {

constexpr std::size_t kSuperblock = 48;
constexpr std::size_t kLargestCollection = 64 << 10;

std::uint64_t aligned(std::uint64_t offset) { return (offset + 7) / 8 * 8; }

/// Collections of the global heap, which are filled one after the other.
class HeapWriter {
public:
    struct Place {
        std::size_t collection;
        std::uint64_t index;
    };

    Place add(const Bytes& value) {
        const std::size_t size = 16 + static_cast<std::size_t>(aligned(value.size()));
        if (collections_.empty() || collections_.back().size() + size + 16 > kLargestCollection) {
            collections_.emplace_back(16);
            count_ = 0;
        }
        Bytes& bytes = collections_.back();
        put(bytes, ++count_, 2);
        put(bytes, 0, 6);
        put(bytes, value.size(), 8);
        bytes.insert(bytes.end(), value.begin(), value.end());
        bytes.resize(static_cast<std::size_t>(aligned(bytes.size())));
        return {collections_.size() - 1, count_};
    }

    /// Ends all collections and gives them their addresses from there.
    /// \returns the end of the last one
    std::uint64_t place(std::uint64_t address) {
        constexpr std::size_t kSmallest = 4096;
        for (Bytes& bytes : collections_) {
            const std::size_t size = std::max(kSmallest, bytes.size() + 16);
            const std::size_t free = size - bytes.size();
            put(bytes, 0, 8);
            put(bytes, free, 8);
            bytes.resize(size);
            Bytes head;
            put(head, "GCOL");
            put(head, 1, 4);
            put(head, size, 8);
            std::copy(head.begin(), head.end(), bytes.begin());
            addresses_.push_back(address);
            address += size;
        }
        return address;
    }

    std::uint64_t address(std::size_t collection) const { return addresses_[collection]; }
    const std::vector<Bytes>& collections() const { return collections_; }

private:
    std::vector<Bytes> collections_;
    std::vector<std::uint64_t> addresses_;
    std::uint64_t count_ = 0;
};

class ImageWriter {
public:
    FileImage make(const Node& root) {
        add(root);
        std::uint64_t at = kSuperblock;
        for (Object& one : objects_) {
            one.address = at;
            at = aligned(at + header(one).size());
        }
        at = heap_.place(at);
        // What is in memory is written with the descriptions, so it comes before the copies.
        for (Object& one : objects_) {
            if (!one.node->memory.empty()) {
                one.data = at;
                at = aligned(at + one.node->memory.size());
            }
        }
        FileImage image;
        const auto beginning = static_cast<std::size_t>(at);
        image.size = at;
        for (Object& one : objects_) {
            if (one.node->memory.empty() && !one.node->pieces.empty()) {
                one.data = at;
                image.size = at + one.node->bytes();  // The file ends with the last byte.
                at = aligned(image.size);
            }
        }
        image.beginning.resize(beginning);
        write(image);
        std::sort(image.copies.begin(), image.copies.end(), [](const Copy& a, const Copy& b) {
            return a.file != b.file ? a.file->path() < b.file->path() : a.from < b.from;
        });
        return image;
    }

private:
    struct Object {
        const Node* node;
        std::vector<std::size_t> members{};                  // by their places among the objects
        std::vector<std::vector<HeapWriter::Place>> heap{};  // of each attribute
        std::uint64_t address = 0;
        std::uint64_t data = kNowhere;
    };

    std::size_t add(const Node& node) {
        const std::size_t number = objects_.size();
        objects_.push_back({&node});
        for (const Attribute& attribute : node.attributes) {
            std::vector<HeapWriter::Place> places;
            places.reserve(attribute.values.size());
            for (const HeapValue& one : attribute.values) {
                places.push_back(heap_.add(one.value));
            }
            objects_[number].heap.push_back(std::move(places));
        }
        for (const auto& [name, member] : node.members) {
            const std::size_t child = add(*member);
            objects_[number].members.push_back(child);
        }
        return number;
    }

    static void add_message(Bytes& bytes, Kind kind, std::uint8_t flags, const Bytes& body) {
        if (body.size() > 0xffff) {
            throw Refusal();
        }
        put(bytes, static_cast<std::uint64_t>(kind), 1);
        put(bytes, body.size(), 2);
        put(bytes, flags, 1);
        bytes.insert(bytes.end(), body.begin(), body.end());
    }

    void add_members(Bytes& messages, const Object& object) const {
        Bytes info;
        put(info, 0, 2);
        put(info, kNowhere, 8);
        put(info, kNowhere, 8);
        add_message(messages, Kind::link_info, 0, info);
        add_message(messages, Kind::group_info, 0, Bytes(2));
        std::size_t i = 0;
        for (const auto& [name, member] : object.node->members) {
            Bytes link;
            put(link, 1, 1);
            put(link, 1, 1);  // The name's length has two bytes.
            put(link, name.size(), 2);
            put(link, name);
            put(link, objects_[object.members[i++]].address, 8);
            add_message(messages, Kind::link, 0, link);
        }
    }

    static void add_table(Bytes& messages, const Object& object) {
        const Node& node = *object.node;
        Bytes space;
        put(space, 2, 1);
        put(space, 1, 1);
        put(space, 0, 1);
        put(space, 1, 1);
        put(space, node.length, 8);
        add_message(messages, Kind::dataspace, 0, space);
        add_message(messages, Kind::datatype, node.type_flags, node.type);
        add_message(messages, Kind::fill_value, 1, node.fill_value);
        Bytes layout;
        put(layout, 3, 1);
        put(layout, 1, 1);
        put(layout, object.data, 8);
        put(layout, node.bytes(), 8);
        add_message(messages, Kind::layout, 0, layout);
    }

    /// The header with the addresses that are known by now; its size does not depend on them.
    Bytes header(const Object& object) const {
        Bytes messages;
        if (object.node->is_group()) {
            add_members(messages, object);
        } else {
            add_table(messages, object);
        }
        for (std::size_t i = 0; i < object.heap.size(); ++i) {
            const Attribute& attribute = object.node->attributes[i];
            Bytes body = attribute.message.body;
            for (std::size_t j = 0; j < object.heap[i].size() && placed_; ++j) {
                const HeapWriter::Place& place = object.heap[i][j];
                put_at(body, attribute.values[j].at, heap_.address(place.collection), 8);
                put_at(body, attribute.values[j].at + 8, place.index, 4);
            }
            add_message(messages, Kind::attribute, attribute.message.flags, body);
        }
        Bytes bytes;
        put(bytes, "OHDR");
        put(bytes, 2, 1);
        put(bytes, 2, 1);  // The size of the messages has four bytes.
        put(bytes, messages.size(), 4);
        bytes.insert(bytes.end(), messages.begin(), messages.end());
        put(bytes, checksum(bytes), 4);
        return bytes;
    }

    void write(FileImage& image) {
        placed_ = true;
        const auto place = [&](std::uint64_t address, const Bytes& bytes) {
            std::memcpy(image.beginning.data() + address, bytes.data(), bytes.size());
        };
        Bytes super;
        put(super, "\x89HDF\r\n\x1a\n");
        put(super, 2, 1);
        put(super, 8, 1);
        put(super, 8, 1);
        put(super, 0, 1);
        put(super, 0, 8);
        put(super, kNowhere, 8);
        put(super, image.size, 8);
        put(super, objects_[0].address, 8);
        put(super, checksum(super), 4);
        place(0, super);
        for (const Object& one : objects_) {
            place(one.address, header(one));
            if (!one.node->memory.empty()) {
                place(one.data, one.node->memory);
                continue;
            }
            std::uint64_t to = one.data;
            for (const Piece& piece : one.node->pieces) {
                image.copies.push_back({piece.file.get(), piece.offset, to, piece.bytes});
                to += piece.bytes;
            }
        }
        for (std::size_t i = 0; i < heap_.collections().size(); ++i) {
            place(heap_.address(i), heap_.collections()[i]);
        }
    }

    std::vector<Object> objects_;
    HeapWriter heap_;
    bool placed_ = false;
};

}  // namespace

std::uint64_t Node::bytes() const {
    std::uint64_t all = memory.size();
    for (const Piece& piece : pieces) {
        all += piece.bytes;
    }
    return all;
}

Node& Node::group(const std::string& name) {
    std::unique_ptr<Node>& member = members[name];
    if (!member) {
        member = std::make_unique<Node>();
    }
    return *member;
}

FileImage image_of(const Node& root) { return ImageWriter().make(root); }

}  // namespace hyperslab::apps::h5boss::raw
