#include "h5boss/raw/object_header.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include "h5boss/raw/checksum.hpp"
#include "h5boss/raw/fractal_heap.hpp"

namespace hyperslab::apps::h5boss::raw {
namespace {

constexpr std::size_t kMostBlocks = 4096;  // of one header, which would be a circle

/// Reads the messages of an object, block by block.
class HeaderReader {
public:
    HeaderReader(const SourceFile& file, std::uint64_t address) : file_(file) {
        const Bytes start = file.read(
            address, static_cast<std::size_t>(std::min<std::uint64_t>(kFirst, left(address))));
        Cursor at(start);
        if (at.number(1) == 1) {
            first_of_version_1(at, start, address);
        } else {
            first_of_version_2(start, address);
        }
        for (std::size_t i = 0; !blocks_.empty(); ++i) {
            if (i == kMostBlocks) {
                throw Refusal();
            }
            const auto [where, size] = blocks_.front();
            blocks_.pop_front();
            read_block(where, static_cast<std::size_t>(size));
        }
    }

    ObjectHeader result() { return std::move(header_); }

private:
    static constexpr std::size_t kFirst = 512;

    std::uint64_t left(std::uint64_t address) const {
        return address < file_.size() ? file_.size() - address : 0;
    }

    void first_of_version_1(Cursor at, const Bytes& start, std::uint64_t address) {
        at.skip(3);
        at.expect(1, 4);  // one link leads here
        const auto size = static_cast<std::size_t>(at.number(4));
        at.skip(4);
        const bool whole = size <= at.left();
        const Bytes rest = whole ? Bytes() : file_.read(address + at.at(), size);
        messages(whole ? std::span(start).subspan(at.at(), size) : std::span(rest));
    }

    void first_of_version_2(const Bytes& start, std::uint64_t address) {
        Cursor at(start);
        at.expect("OHDR");
        at.expect(2, 1);
        const std::uint64_t flags = at.number(1);
        if ((flags & 4U) != 0) {
            throw Refusal();  // The order of attributes is kept.
        }
        at.skip((flags & 0x20U) != 0 ? 16 : 0);
        at.skip((flags & 0x10U) != 0 ? 4 : 0);
        const auto size = static_cast<std::size_t>(at.number(std::size_t{1} << (flags & 3U)));
        const std::size_t head = at.at();
        if (size > file_.size()) {
            throw Refusal();
        }
        new_ = true;
        const Bytes bytes =
            head + size + 4 <= start.size()
                ? Bytes(start.begin(), start.begin() + static_cast<std::ptrdiff_t>(head + size + 4))
                : file_.read(address, head + size + 4);
        Cursor sum(bytes, head + size);
        sum.expect(checksum(std::span(bytes).first(head + size)), 4);
        messages(std::span(bytes).subspan(head, size));
    }

    void read_block(std::uint64_t address, std::size_t size) {
        const Bytes bytes = file_.read(address, size);
        if (!new_) {
            messages(bytes);
            return;
        }
        Cursor at(bytes);
        at.expect("OCHK");
        if (size < 8) {
            throw Refusal();
        }
        Cursor sum(bytes, size - 4);
        sum.expect(checksum(std::span(bytes).first(size - 4)), 4);
        messages(std::span(bytes).subspan(4, size - 8));
    }

    void messages(std::span<const std::byte> bytes) {
        Cursor at(bytes);
        const std::size_t head = new_ ? 4 : 8;
        while (at.left() >= head) {
            Message one;
            const std::uint64_t number = at.number(new_ ? 1 : 2);
            const auto size = static_cast<std::size_t>(at.number(2));
            one.flags = static_cast<std::uint8_t>(at.number(1));
            at.skip(new_ ? 0 : 3);
            const auto body = at.take(size);
            if (number > 0xff) {
                throw Refusal();
            }
            one.kind = static_cast<Kind>(number);
            if (one.kind == Kind::continuation) {
                Cursor where(body);
                const std::uint64_t address = where.address();
                blocks_.emplace_back(address, where.number(8));
            } else if (one.kind != Kind::nil && one.kind != Kind::time &&
                       one.kind != Kind::old_time) {
                if ((one.flags & 2U) != 0) {
                    throw Refusal();  // It is shared.
                }
                one.body.assign(body.begin(), body.end());
                header_.messages.push_back(std::move(one));
            }
        }
    }

    const SourceFile& file_;
    bool new_ = false;
    std::deque<std::pair<std::uint64_t, std::uint64_t>> blocks_;
    ObjectHeader header_;
};

Member member_of(std::span<const std::byte> link) {
    Cursor at(link);
    at.expect(1, 1);
    const std::uint64_t flags = at.number(1);
    if ((flags & 8U) != 0) {
        at.expect(0, 1);  // a hard link
    }
    at.skip((flags & 4U) != 0 ? 8 : 0);
    at.skip((flags & 16U) != 0 ? 1 : 0);
    const auto size = static_cast<std::size_t>(at.number(std::size_t{1} << (flags & 3U)));
    Member one;
    one.name = at.text(size);
    one.address = at.address();
    return one;
}

/// Members of a group of the oldest form: a tree of tables, and a heap of names.
class SymbolTables {
public:
    SymbolTables(const SourceFile& file, const Message& message) : file_(file) {
        Cursor at(message.body);
        const std::uint64_t tree = at.address();
        const Bytes heap = file.read(at.address(), 32);
        Cursor head(heap);
        head.expect("HEAP");
        head.expect(0, 1);
        head.skip(3);
        const std::uint64_t size = head.number(8);
        head.skip(8);
        names_ = file.read(head.address(), static_cast<std::size_t>(size));
        read_tree(tree, 0);
    }

    std::vector<Member> result() { return std::move(members_); }

private:
    void read_tree(std::uint64_t address, int depth) {
        const Bytes head = file_.read(address, 24);
        Cursor at(head);
        at.expect("TREE");
        at.expect(0, 1);
        const std::uint64_t level = at.number(1);
        const auto used = static_cast<std::size_t>(at.number(2));
        if (depth > 16) {
            throw Refusal();
        }
        const Bytes body = file_.read(address + 24, used * 16);
        Cursor child(body);
        for (std::size_t i = 0; i < used; ++i) {
            child.skip(8);
            const std::uint64_t below = child.address();
            if (level == 0) {
                read_table(below);
            } else {
                read_tree(below, depth + 1);
            }
        }
    }

    void read_table(std::uint64_t address) {
        const Bytes head = file_.read(address, 8);
        Cursor at(head);
        at.expect("SNOD");
        at.expect(1, 1);
        at.skip(1);
        const auto count = static_cast<std::size_t>(at.number(2));
        const Bytes body = file_.read(address + 8, count * 40);
        Cursor entry(body);
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t name = entry.number(8);
            Member one;
            one.address = entry.address();
            if (entry.number(4) > 1 || name >= names_.size()) {
                throw Refusal();  // a soft link
            }
            entry.skip(20);
            const auto begin = names_.begin() + static_cast<std::ptrdiff_t>(name);
            const auto end = std::find(begin, names_.end(), std::byte{0});
            std::transform(begin, end, std::back_inserter(one.name), [](std::byte c) {
                return static_cast<char>(c);
            });
            members_.push_back(std::move(one));
        }
    }

    const SourceFile& file_;
    Bytes names_;
    std::vector<Member> members_;
};

}  // namespace

const Message* ObjectHeader::find(Kind kind) const {
    const auto at = std::find_if(
        messages.begin(), messages.end(), [&](const Message& one) { return one.kind == kind; });
    return at == messages.end() ? nullptr : &*at;
}

ObjectHeader read_header(const SourceFile& file, std::uint64_t address) {
    return HeaderReader(file, address).result();
}

std::vector<Member> members_of(const SourceFile& file, const ObjectHeader& group) {
    if (const Message* const table = group.find(Kind::symbol_table)) {
        return SymbolTables(file, *table).result();
    }
    std::vector<Member> members;
    for (const Message& one : group.messages) {
        if (one.kind == Kind::link) {
            members.push_back(member_of(one.body));
        }
    }
    const Message* const info = group.find(Kind::link_info);
    if (info == nullptr) {
        throw Refusal();
    }
    Cursor at(info->body);
    at.expect(0, 1);
    const std::uint64_t flags = at.number(1);
    if ((flags & 1U) != 0) {
        throw Refusal();  // The order of the links is kept.
    }
    const std::uint64_t heap = at.address();
    const std::uint64_t tree = at.address();
    if (heap != kNowhere) {
        FractalHeap links(file, heap);
        for (const Bytes& record : records_of(file, tree)) {
            const Bytes link = links.object(std::span(record).subspan(4));
            members.push_back(member_of(link));
        }
    }
    return members;
}

std::vector<Message> attributes_of(const SourceFile& file, const ObjectHeader& object) {
    std::vector<Message> found;
    for (const Message& one : object.messages) {
        if (one.kind == Kind::attribute) {
            found.push_back(one);
        }
    }
    const Message* const info = object.find(Kind::attribute_info);
    if (info == nullptr) {
        return found;
    }
    Cursor at(info->body);
    at.expect(0, 1);
    if (at.number(1) != 0) {
        throw Refusal();  // The order of the attributes is kept.
    }
    const std::uint64_t heap = at.address();
    const std::uint64_t tree = at.address();
    if (heap == kNowhere) {
        return found;
    }
    FractalHeap held(file, heap);
    for (const Bytes& record : records_of(file, tree)) {
        Cursor one(record);
        const auto id = one.take(held.id_size());
        if ((one.number(1) & 3U) != 0) {
            throw Refusal();  // It is shared.
        }
        found.push_back({Kind::attribute, 0, held.object(id)});
    }
    return found;
}

}  // namespace hyperslab::apps::h5boss::raw
