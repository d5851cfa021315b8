#include "engine/heap/heap_reader.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "engine/facts/io_stats.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

// The maximum number of bytes between two collections that are read together with them.
constexpr std::uint64_t kGapBytes = 16U << 10;
// The number of bytes that one call fetches, about.
constexpr std::uint64_t kRangeBytes = 256U << 10;
// The size in bytes up to which libhdf5 lets a collection grow, unless one object needs more.
constexpr std::uint64_t kLargestUsual = 64U << 10;
// The maximum number of bytes that are held of collections that are larger than expected.
constexpr std::uint64_t kMaxLargeBytes = 256U << 20;
// The minimum number of bytes that are shared out among threads.
constexpr std::size_t kSharedBytes = 512U << 10;
constexpr std::uint64_t kAlignment = 8;

[[noreturn]] void throw_unreadable(std::uint64_t address, const std::string& why) {
    throw Error(ErrorCode::io, "global heap at address " + std::to_string(address) + ": " + why);
}

template <class Turn>
void for_each(std::size_t count, std::size_t bytes, const Turn& turn) {
    if (bytes < kSharedBytes) {
        core::serial_for(count, turn);
    } else {
        core::parallel_for(count, turn);
    }
}

}  // namespace

bool HeapReader::hold(std::span<const std::uint64_t> addresses, bool however_large) {
    addresses_.assign(addresses.begin(), addresses.end());
    sizes_.assign(addresses.size(), 0);
    collections_.clear();
    collections_.resize(addresses.size());
    large_.clear();
    const std::vector<Range> ranges = plan();
    const std::size_t bytes = ranges.empty() ? 0 : ranges.back().place + ranges.back().bytes + 1;
    if (bytes > window_bytes_) {
        window_ = std::make_unique_for_overwrite<std::byte[]>(bytes);
        window_bytes_ = bytes;
    }
    for_each(ranges.size(), bytes, [&](std::size_t i) { fetch(ranges[i]); });
    learn();
    return fetch_large(however_large);
}

const HeapCollection& HeapReader::collection(std::uint64_t address) const {
    const auto found = std::ranges::lower_bound(addresses_, address);
    const auto i = static_cast<std::size_t>(found - addresses_.begin());
    if (found == addresses_.end() || *found != address || !collections_[i]) {
        throw_unreadable(address, "it is not held");
    }
    return *collections_[i];
}

// The size of a collection stands in its header, so the usual size is fetched of the last
// collection of a range.
std::vector<HeapReader::Range> HeapReader::plan() const {
    std::vector<Range> ranges;
    std::size_t place = 0;
    for (std::size_t i = 0; i < addresses_.size(); ++i) {
        const std::uint64_t address = addresses_[i];
        if (address > place_.end || place_.end - address < HeapCollection::kSmallest) {
            throw_unreadable(address, "it lies behind the end of the file");
        }
        const std::uint64_t end =
            address + std::min<std::uint64_t>(usual_size_, place_.end - address);
        Range* const open = ranges.empty() ? nullptr : &ranges.back();
        if (open != nullptr && address <= open->begin + open->bytes + kGapBytes &&
            end - open->begin <= kRangeBytes) {
            place += end - open->begin - open->bytes;
            open->bytes = end - open->begin;
            open->last = i;
            continue;
        }
        // Every collection is followed by a byte that may be written to.
        place = (place + 1 + 2 * kAlignment - 1) / kAlignment * kAlignment;
        ranges.push_back({i, i, address, end - address, place});
        place += ranges.back().bytes;
    }
    return ranges;
}

void HeapReader::read(std::uint64_t address, std::span<std::byte> bytes) const {
    file_.read(core::checked_add(place_.base, address), bytes);
    io_stats().fetched_bytes.fetch_add(bytes.size(), std::memory_order_relaxed);
}

std::uint64_t HeapReader::size_of(std::size_t i, std::span<const std::byte> begin) const {
    const std::uint64_t size = HeapCollection::size_of(begin, place_.length_size);
    const std::uint64_t next = i + 1 < addresses_.size() ? addresses_[i + 1] : place_.end;
    if (size > next - addresses_[i]) {
        throw_unreadable(addresses_[i], "it claims what belongs to another, or to none");
    }
    return size;
}

// They are parsed from the last to the first, because parsing one writes a byte behind it.
void HeapReader::fetch(const Range& range) {
    const std::span<std::byte> bytes(window_.get() + range.place, range.bytes);
    read(range.begin, bytes);
    for (std::size_t i = range.last + 1; i-- > range.first;) {
        const std::uint64_t before = addresses_[i] - range.begin;
        const std::span<std::byte> from = bytes.subspan(before);
        sizes_[i] = size_of(i, from);
        if (sizes_[i] <= from.size() && before % kAlignment == 0) {
            collections_[i].emplace(std::span(from.data(), sizes_[i] + 1), place_.length_size);
        }
    }
}

bool HeapReader::fetch_large(bool however_large) {
    std::vector<std::size_t> missing;
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < collections_.size(); ++i) {
        if (!collections_[i]) {
            missing.push_back(i);
            bytes += sizes_[i];
        }
    }
    if (bytes > kMaxLargeBytes && !however_large) {
        collections_.clear();
        addresses_.clear();
        return false;
    }
    large_.resize(missing.size());
    for_each(missing.size(), bytes, [&](std::size_t k) {
        const std::size_t i = missing[k];
        const std::size_t size = core::checked_size(sizes_[i]);
        large_[k] = std::make_unique_for_overwrite<std::byte[]>(size + 1);
        read(addresses_[i], {large_[k].get(), size});
        collections_[i].emplace(std::span(large_[k].get(), size + 1), place_.length_size);
    });
    return true;
}

void HeapReader::learn() {
    if (!sizes_.empty()) {
        const std::uint64_t sum = std::accumulate(sizes_.begin(), sizes_.end(), std::uint64_t{0});
        usual_size_ = std::clamp<std::uint64_t>(
            sum / sizes_.size(), HeapCollection::kSmallest, kLargestUsual);
    }
}

}  // namespace hyperslab::engine
