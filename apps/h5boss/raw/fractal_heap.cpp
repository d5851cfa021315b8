#include "h5boss/raw/fractal_heap.hpp"

#include <algorithm>
#include <bit>

#include "h5boss/raw/checksum.hpp"

namespace hyperslab::apps::h5boss::raw {
namespace {

/// Bytes that end in their checksum.
Bytes read_checked(const SourceFile& file, std::uint64_t address, std::size_t count) {
    Bytes bytes = file.read(address, count);
    if (count < 4) {
        throw Refusal();
    }
    Cursor sum(bytes, count - 4);
    sum.expect(checksum(std::span(bytes).first(count - 4)), 4);
    return bytes;
}

std::size_t bytes_for(std::uint64_t limit) {
    return static_cast<std::size_t>((std::bit_width(limit) - 1) / 8 + 1);
}

struct Tree {
    const SourceFile& file;
    std::size_t node_size = 0;
    std::size_t record_size = 0;
    std::vector<std::uint64_t> most{};        // records in a node of that depth
    std::vector<std::uint64_t> most_below{};  // and in all of its branch
    std::vector<Bytes> records{};

    std::size_t pointer_size(std::size_t depth) const {
        return 8 + bytes_for(most[depth - 1]) + (depth > 1 ? bytes_for(most_below[depth - 1]) : 0);
    }

    void measure(std::size_t depth) {
        constexpr std::size_t kOverhead = 10;  // signature, version, type, checksum
        if (record_size == 0 || node_size <= kOverhead + record_size) {
            throw Refusal();
        }
        most.push_back((node_size - kOverhead) / record_size);
        most_below.push_back(most[0]);
        for (std::size_t d = 1; d <= depth; ++d) {
            const std::size_t pointer = pointer_size(d);
            most.push_back((node_size - kOverhead - pointer) / (record_size + pointer));
            most_below.push_back((most[d] + 1) * most_below[d - 1] + most[d]);
        }
    }

    void read(std::uint64_t address, std::uint64_t count, std::size_t depth) {
        if (count > most[depth]) {
            throw Refusal();
        }
        std::size_t size = 6 + static_cast<std::size_t>(count) * record_size + 4;
        if (depth > 0) {
            size += static_cast<std::size_t>(count + 1) * pointer_size(depth);
        }
        const Bytes bytes = read_checked(file, address, size);
        Cursor at(bytes);
        at.expect(depth == 0 ? "BTLF" : "BTIN");
        at.expect(0, 1);
        at.skip(1);
        std::vector<Bytes> own;
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto record = at.take(record_size);
            own.emplace_back(record.begin(), record.end());
        }
        for (std::uint64_t i = 0; i <= count; ++i) {
            if (depth > 0) {
                const std::uint64_t child = at.address();
                const std::uint64_t held = at.number(bytes_for(most[depth - 1]));
                at.skip(depth > 1 ? bytes_for(most_below[depth - 1]) : 0);
                read(child, held, depth - 1);
            }
            if (i < count) {
                records.push_back(std::move(own[static_cast<std::size_t>(i)]));
            }
        }
    }
};

}  // namespace

std::vector<Bytes> records_of(const SourceFile& file, std::uint64_t tree) {
    const Bytes head = read_checked(file, tree, 38);
    Cursor at(head);
    at.expect("BTHD");
    at.expect(0, 1);
    at.skip(1);
    Tree found{file};
    found.node_size = static_cast<std::size_t>(at.number(4));
    found.record_size = static_cast<std::size_t>(at.number(2));
    const auto depth = static_cast<std::size_t>(at.number(2));
    at.skip(2);
    const std::uint64_t root = at.address();
    const std::uint64_t count = at.number(2);
    if (depth > 8) {
        throw Refusal();
    }
    found.measure(depth);
    if (root != kNowhere && count > 0) {
        found.read(root, count, depth);
    }
    return std::move(found.records);
}

FractalHeap::FractalHeap(const SourceFile& file, std::uint64_t address) : file_(file) {
    const Bytes head = file.read(address, 146);
    Cursor at(head);
    at.expect("FRHP");
    at.expect(0, 1);
    id_size_ = static_cast<std::size_t>(at.number(2));
    at.expect(0, 2);  // no filters
    at.skip(1 + 4 + 12 * 8);
    width_ = at.number(2);
    first_ = at.number(8);
    largest_ = at.number(8);
    const std::uint64_t bits = at.number(2);
    at.skip(2);
    const std::uint64_t root = at.address();
    const std::uint64_t rows = at.number(2);
    at.expect(checksum(std::span(head).first(at.at())), 4);
    offset_size_ = static_cast<std::size_t>((bits + 7) / 8);
    const bool sane = width_ > 0 && std::has_single_bit(first_) && std::has_single_bit(largest_) &&
                      first_ <= largest_ && bits <= 64 && offset_size_ + 1 < id_size_ && rows < 64;
    if (!sane) {
        throw Refusal();
    }
    if (root == kNowhere) {
        return;
    }
    if (rows == 0) {
        blocks_.push_back({0, first_, root});
    } else {
        add_blocks(root, 0, static_cast<std::size_t>(rows), 0);
    }
}

std::uint64_t FractalHeap::row_size(std::size_t row) const {
    return row == 0 ? first_ : first_ << (row - 1);
}

/// The direct blocks below an indirect one.
void FractalHeap::add_blocks(std::uint64_t address,
                             std::uint64_t offset,
                             std::size_t rows,
                             int depth) {
    if (depth > 8 || rows > 64) {
        throw Refusal();
    }
    const std::size_t head = 4 + 1 + 8 + offset_size_;
    const Bytes bytes =
        read_checked(file_, address, head + rows * static_cast<std::size_t>(width_) * 8 + 4);
    Cursor at(bytes);
    at.expect("FHIB");
    at.skip(head - 4);
    for (std::size_t row = 0; row < rows; ++row) {
        const std::uint64_t size = row_size(row);
        for (std::uint64_t i = 0; i < width_; ++i) {
            const std::uint64_t child = at.address();
            if (child != kNowhere && size <= largest_) {
                blocks_.push_back({offset, size, child});
            } else if (child != kNowhere) {
                const auto below = std::bit_width(size / (first_ * width_));
                add_blocks(child, offset, static_cast<std::size_t>(below), depth + 1);
            }
            offset += size;
        }
    }
}

Bytes FractalHeap::object(std::span<const std::byte> id) {
    Cursor at(id);
    at.expect(0, 1);  // an object in a block, neither huge nor tiny
    const std::uint64_t offset = at.number(offset_size_);
    const auto size = static_cast<std::size_t>(at.number(std::min<std::size_t>(at.left(), 8)));
    auto block = std::upper_bound(
        blocks_.begin(), blocks_.end(), offset, [](std::uint64_t value, const Block& one) {
            return value < one.offset;
        });
    if (block == blocks_.begin()) {
        throw Refusal();
    }
    --block;
    const std::uint64_t inside = offset - block->offset;
    if (inside >= block->size || size > block->size - inside) {
        throw Refusal();
    }
    if (block->bytes.empty()) {
        block->bytes = file_.read(block->address, static_cast<std::size_t>(block->size));
    }
    const auto begin = block->bytes.begin() + static_cast<std::ptrdiff_t>(inside);
    return {begin, begin + static_cast<std::ptrdiff_t>(size)};
}

}  // namespace hyperslab::apps::h5boss::raw
