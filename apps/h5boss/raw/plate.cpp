#include "h5boss/raw/plate.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "h5boss/raw/plate_headers.hpp"
#include "h5boss/raw/table_file.hpp"
#include "h5boss/raw/type_facts.hpp"

namespace hyperslab::apps::h5boss::raw {
namespace {

/// Rows of catalogues that are in memory at a time, in bytes; further ones are copied later.
constexpr std::uint64_t kMostInMemory = 32 << 20;
/// Objects whose descriptions are in memory; a file with more of them is left to HDF5, which writes
/// it plate by plate.
constexpr std::uint64_t kMostObjects = 150'000;
std::atomic<std::uint64_t>& objects() {
    static std::atomic<std::uint64_t> count{0};
    return count;
}

std::atomic<std::uint64_t>& in_memory() {
    static std::atomic<std::uint64_t> bytes{0};
    return bytes;
}

std::vector<Attribute> group_attributes(const SourceFile& file, const ObjectHeader& header) {
    for (const Message& one : header.messages) {
        switch (one.kind) {
            case Kind::link_info:
            case Kind::group_info:
            case Kind::link:
            case Kind::symbol_table:
            case Kind::attribute:
            case Kind::attribute_info:
                break;
            default:
                throw Refusal();
        }
    }
    return load_attributes(file, header);
}

/// An object with all that is below it, as it is.
std::unique_ptr<Node> copy_object(const std::shared_ptr<const SourceFile>& file,
                                  std::uint64_t address,
                                  int depth = 0) {
    if (++objects() > kMostObjects) {
        throw Refusal();
    }
    const ObjectHeader header = read_header(*file, address);
    auto node = std::make_unique<Node>();
    if (!header.is_group()) {
        const TableFile table = table_of(file, header);
        describe(table, *node);
        node->length = table.length;
        if (table.bytes > 0) {
            node->pieces.push_back({file, table.offset, table.bytes});
        }
        return node;
    }
    if (depth > 8) {
        throw Refusal();  // Groups that hold each other have no end.
    }
    node->attributes = group_attributes(*file, header);
    for (const Member& member : members_of(*file, header)) {
        node->members[member.name] = copy_object(file, member.address, depth + 1);
    }
    return node;
}

/// A catalogue of the new plate: rows out of one table or several.
class Rows {
public:
    void add(const TableFile& table, const std::set<int>& wanted) {
        if (!type_) {
            type_ = &facts_of(table.type);
            describe(table, *node_);
        } else if (node_->type != table.type && facts_of(table.type).type != type_->type) {
            throw Refusal();
        }
        if (!type_->fiber) {
            throw Refusal();
        }
        const std::unordered_set<int> fibers(wanted.begin(), wanted.end());
        const std::size_t size = type_->type.size();
        const std::size_t step = std::max<std::size_t>(1, (256 << 10) / size);
        Bytes block;
        for (std::uint64_t first = 0; first < table.length; first += step) {
            const auto count =
                static_cast<std::size_t>(std::min<std::uint64_t>(step, table.length - first));
            block.resize(count * size);
            table.file->read_into(table.offset + first * size, block);
            for (std::size_t i = 0; i < count; ++i) {
                const std::byte* const row = block.data() + i * size;
                const int fiber = fiber_at(*type_, row);
                if (fibers.contains(fiber)) {
                    take(table, fiber, table.offset + (first + i) * size, row);
                }
            }
        }
    }

    std::unique_ptr<Node> result() {
        const bool sorted =
            std::is_sorted(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
                return a.fiber < b.fiber;
            });
        const std::size_t size = type_->type.size();
        if (!sorted) {
            std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
                return a.fiber < b.fiber;
            });
        }
        node_->length = rows_.size();
        if (held_) {
            if (sorted) {
                node_->memory = std::move(memory_);
            } else {
                for (const Row& row : rows_) {
                    const auto begin =
                        memory_.begin() + static_cast<std::ptrdiff_t>(row.number * size);
                    node_->memory.insert(
                        node_->memory.end(), begin, begin + static_cast<std::ptrdiff_t>(size));
                }
            }
            return std::move(node_);
        }
        for (const Row& row : rows_) {
            std::vector<Piece>& pieces = node_->pieces;
            if (!pieces.empty() && pieces.back().file == row.file &&
                pieces.back().offset + pieces.back().bytes == row.offset) {
                pieces.back().bytes += size;
            } else {
                pieces.push_back({row.file, row.offset, size});
            }
        }
        return std::move(node_);
    }

private:
    struct Row {
        int fiber;
        std::size_t number;
        std::shared_ptr<const SourceFile> file;
        std::uint64_t offset;
    };

    void take(const TableFile& table, int fiber, std::uint64_t offset, const std::byte* row) {
        const std::size_t size = type_->type.size();
        rows_.push_back({fiber, rows_.size(), table.file, offset});
        if (!held_) {
            return;
        }
        memory_.insert(memory_.end(), row, row + size);
        const std::uint64_t all = in_memory() += size;
        if (all > kMostInMemory) {
            in_memory() -= memory_.size();
            memory_ = {};
            held_ = false;
        }
    }

    const TypeFacts* type_ = nullptr;
    std::unique_ptr<Node> node_ = std::make_unique<Node>();
    std::vector<Row> rows_;
    Bytes memory_;
    bool held_ = true;
};

/// Adds what a part has of a catalogue, or of the group of catalogues `photo`.
void add_catalogue(std::map<std::string, Rows>& catalogues,
                   const Part& part,
                   const Member& member,
                   const std::string& prefix) {
    const std::shared_ptr<const SourceFile>& file = part.plate->file;
    const ObjectHeader header = read_header(*file, member.address);
    if (!header.is_group()) {
        catalogues[prefix + member.name].add(table_of(file, header), part.fibers);
    } else if (prefix.empty() && member.name == "photo" &&
               group_attributes(*file, header).empty()) {
        for (const Member& below : members_of(*file, header)) {
            add_catalogue(catalogues, part, below, "photo/");
        }
    } else {
        throw Refusal();
    }
}

}  // namespace

OpenedFile open_file(const std::string& path) {
    const auto file = std::make_shared<const SourceFile>(path);
    const ObjectHeader root = read_header(*file, file->root());
    OpenedFile opened;
    opened.has_more = !attributes_of(*file, root).empty();
    for (const Member& plate : members_of(*file, root)) {
        const auto number = number_of(plate.name);
        const ObjectHeader group = read_header(*file, plate.address);
        if (!number || !group.is_group()) {
            opened.has_more = true;
            continue;
        }
        for (const Member& night : members_of(*file, group)) {
            const auto mjd = number_of(night.name);
            ObjectHeader header = read_header(*file, night.address);
            if (!mjd || !header.is_group()) {
                throw Refusal();
            }
            SourcePlate one{{*number, *mjd}, file, std::move(header)};
            for (const Member& member : members_of(*file, one.header)) {
                if (member.name == "coadds" || member.name == "exposures") {
                    throw Refusal();  // v2
                }
                if (const auto fiber = number_of(member.name)) {
                    one.fibers.emplace_back(*fiber, member.address);
                } else {
                    one.others.push_back(member);
                }
            }
            std::sort(one.fibers.begin(), one.fibers.end());
            opened.plates.push_back(std::move(one));
        }
    }
    std::sort(opened.plates.begin(), opened.plates.end(), [](const auto& a, const auto& b) {
        return a.id < b.id;
    });
    return opened;
}

std::unique_ptr<Node> join_parts(const std::vector<Part>& parts) {
    auto node = std::make_unique<Node>();
    std::map<std::string, Rows> catalogues;
    PlateHeaders headers;
    for (const Part& part : parts) {
        const SourcePlate& plate = *part.plate;
        std::vector<Attribute> attributes = group_attributes(*plate.file, plate.header);
        if (&part == &parts.front()) {
            node->attributes = std::move(attributes);
        }
        for (const auto& [fiber, address] : plate.fibers) {
            if (part.fibers.contains(fiber)) {
                node->members[std::to_string(fiber)] = copy_object(plate.file, address);
            }
        }
        for (const Member& member : plate.others) {
            if (member.name == "headers") {
                headers.add(plate.file, member.address, part.fibers);
            } else {
                add_catalogue(catalogues, part, member, "");
            }
        }
    }
    for (auto& [name, rows] : catalogues) {
        const std::size_t slash = name.find('/');
        Node& group = slash == std::string::npos ? *node : node->group(name.substr(0, slash));
        group.members[slash == std::string::npos ? name : name.substr(slash + 1)] = rows.result();
    }
    if (auto group = headers.result()) {
        node->members["headers"] = std::move(group);
    }
    return node;
}

}  // namespace hyperslab::apps::h5boss::raw
