#include "engine/heap/heap_windows.hpp"

#include <algorithm>

#include "core/thread_pool.hpp"

namespace hyperslab::engine {
namespace {

// The number of bytes that stay in the cores' caches until they have been used.
constexpr std::uint64_t kWindowBytes = 2U << 20;
constexpr std::uint64_t kWindowElements = 64U << 10;
// The first window is small, because the size of collections is known once some have been fetched.
constexpr std::uint64_t kFirstWindowBytes = 64U << 10;
// When fewer elements than this have their values in one collection, the values are scattered.
constexpr std::uint64_t kScattered = 8;
constexpr std::uint64_t kScatteredBytes = 64U << 20;
constexpr std::uint64_t kScatteredElements = 1U << 20;
// The number of elements that a thread converts at a time.
constexpr std::uint64_t kBlockElements = 4096;

}  // namespace

void HeapWindows::give_to(ElementSink& sink) {
    std::uint64_t first = 0;
    core::serial_while([&] {
        const std::uint64_t count = hold(first);
        std::vector<core::Arena> arenas;  // memory of converted sequences
        convert(first, count, arenas);
        sink.take(first, elements_.data(), count);
        first += count;
        return first < count_;
    });
}

// Neighbours mostly have their values in the same collection.
void HeapWindows::add(std::uint64_t element) {
    form_.for_each_object(
        stored_ + element * form_.stored_size(), [&](std::uint64_t address, std::uint64_t bytes) {
            if (wanted_.empty() || wanted_.back().address != address) {
                wanted_.push_back({address, std::max<std::uint64_t>(bytes, heap_.usual_size())});
                wanted_bytes_ += wanted_.back().bytes;
            }
        });
}

void HeapWindows::merge() {
    std::ranges::sort(wanted_, {}, &Wanted::address);
    const auto rest = std::ranges::unique(wanted_, {}, &Wanted::address);
    wanted_.erase(rest.begin(), rest.end());
    wanted_bytes_ = 0;
    for (const Wanted& wanted : wanted_) {
        wanted_bytes_ += wanted.bytes;
    }
}

/// The number of elements from `first` on that make a window.
std::uint64_t HeapWindows::choose(std::uint64_t first) {
    wanted_.clear();
    wanted_bytes_ = 0;
    std::uint64_t most_bytes = first == 0 ? kFirstWindowBytes : kWindowBytes;
    std::uint64_t end = first;
    std::uint64_t last = first + std::min(count_ - first, kWindowElements);
    while (end < last) {
        add(end++);
        if (wanted_bytes_ < most_bytes) {
            continue;
        }
        merge();
        if (wanted_bytes_ < most_bytes / 2) {
            continue;
        }
        if (most_bytes == kScatteredBytes || end - first >= kScattered * wanted_.size()) {
            break;
        }
        most_bytes = kScatteredBytes;
        last = first + std::min(count_ - first, kScatteredElements);
    }
    merge();
    return end - first;
}

/// Chooses a window and fetches the collections that it needs.
std::uint64_t HeapWindows::hold(std::uint64_t first) {
    std::uint64_t count = choose(first);
    std::vector<std::uint64_t> addresses;
    for (;;) {
        addresses.clear();
        for (const Wanted& wanted : wanted_) {
            addresses.push_back(wanted.address);
        }
        if (heap_.hold(addresses, count == 1)) {
            return count;
        }
        count /= 2;
        wanted_.clear();
        for (std::uint64_t i = 0; i < count; ++i) {
            add(first + i);
        }
        merge();
    }
}

void HeapWindows::convert(std::uint64_t first,
                          std::uint64_t count,
                          std::vector<core::Arena>& arenas) {
    elements_.resize(std::max(elements_.size(), count * form_.memory_size()));
    const std::uint64_t blocks = (count + kBlockElements - 1) / kBlockElements;
    arenas.resize(blocks);
    const auto convert_block = [&](std::size_t i) {
        const std::uint64_t begin = i * kBlockElements;
        form_.convert(stored_ + (first + begin) * form_.stored_size(),
                      elements_.data() + begin * form_.memory_size(),
                      std::min(count - begin, kBlockElements),
                      heap_,
                      arenas[i]);
    };
    core::parallel_for(blocks, convert_block);
}

}  // namespace hyperslab::engine
