#include "h5boss/raw/plate_headers.hpp"

#include "h5boss/fits/card.hpp"

namespace hyperslab::apps::h5boss::raw {
namespace {

constexpr std::size_t kPlace = 48;
constexpr std::size_t kNumber = 4;
constexpr std::size_t kRow = 2 * kNumber + kPlace + 16;
constexpr const char* kNames[] = {"cards", "order", "index"};
constexpr std::size_t kSizes[] = {kCardSize, kNumber, kRow};

}  // namespace

void PlateHeaders::add(const std::shared_ptr<const SourceFile>& file,
                       std::uint64_t address,
                       const std::set<int>& fibers) {
    const ObjectHeader group = read_header(*file, address);
    if (!group.is_group() || !attributes_of(*file, group).empty()) {
        throw Refusal();
    }
    std::map<std::string, TableFile> held;
    for (const Member& member : members_of(*file, group)) {
        held.emplace(member.name, table_of(file, read_header(*file, member.address)));
    }
    std::vector<Bytes> values;
    std::vector<TableFile> tables;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto at = held.find(kNames[i]);
        if (held.size() != 3 || at == held.end() ||
            at->second.bytes != at->second.length * kSizes[i]) {
            throw Refusal();
        }
        values.push_back(file->read(at->second.offset, static_cast<std::size_t>(at->second.bytes)));
        tables.push_back(std::move(at->second));
    }
    if (tables_.empty()) {
        tables_ = std::move(tables);
    }
    std::map<std::uint64_t, std::uint64_t> lists;  // the beginning of each list, there and here
    Cursor row(values[2]);
    while (row.left() > 0) {
        const std::size_t begin = row.at();
        const auto fiber = static_cast<int>(row.number(kNumber));
        row.skip(kNumber);
        const std::string place = row.text(kPlace);
        const std::uint64_t first = row.number(8);
        const std::uint64_t count = row.number(8);
        const bool wanted = fiber == 0 ? places_.insert(place).second : fibers.contains(fiber);
        if (!wanted) {
            continue;
        }
        const auto [list, fresh] = lists.emplace(first, order_.size() / kNumber);
        if (fresh) {
            if (first > values[1].size() || count > values[1].size()) {
                throw Refusal();
            }
            Cursor at(values[1], static_cast<std::size_t>(first) * kNumber);
            for (std::uint64_t i = 0; i < count; ++i) {
                Cursor card(values[0], static_cast<std::size_t>(at.number(kNumber)) * kCardSize);
                const std::string text = card.text(kCardSize);
                const auto [number, unknown] =
                    numbers_.emplace(text, static_cast<std::uint32_t>(numbers_.size()));
                if (unknown) {
                    put(cards_, text);
                }
                put(order_, number->second, kNumber);
            }
        }
        const std::span<const std::byte> bytes(values[2]);
        index_.insert(index_.end(),
                      bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                      bytes.begin() + static_cast<std::ptrdiff_t>(begin + kRow));
        put_at(index_, index_.size() - 16, list->second, 8);
    }
}

std::unique_ptr<Node> PlateHeaders::result() {
    if (index_.empty()) {
        return nullptr;
    }
    auto group = std::make_unique<Node>();
    Bytes* const values[] = {&cards_, &order_, &index_};
    for (std::size_t i = 0; i < 3; ++i) {
        Node& node = group->group(kNames[i]);
        describe(tables_[i], node);
        node.memory = std::move(*values[i]);
        node.length = node.memory.size() / kSizes[i];
    }
    return group;
}

}  // namespace hyperslab::apps::h5boss::raw
