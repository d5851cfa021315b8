#include "engine/store/nearby_elements.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "core/checked.hpp"
#include "engine/facts/engine_choice.hpp"
#include "engine/facts/io_stats.hpp"
#include "engine/store/raw_elements.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/changes/closings.hpp"
#include "hdf5/types/h5t.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

// The number of bytes of a block: the size of libhdf5's sieve buffer.
constexpr std::uint64_t kBlockBytes = 64U << 10;
// The number of reads before the dataset is asked how it lies.
constexpr unsigned kFirstReads = 2;
// The number of elements found in a block that pay for reading it.
constexpr unsigned kWorthwhile = 16;
constexpr unsigned kMaxPatience = 1024;
// The maximum number of elements that are few.
constexpr std::uint64_t kMaxFew = 64U << 10;

/// Claims the elements for one thread, unless another has claimed them.
class Claim {
public:
    explicit Claim(std::atomic<bool>& busy)
        : busy_(busy), mine_(!busy.exchange(true, std::memory_order_acquire)) {}
    ~Claim() {
        if (mine_) {
            busy_.store(false, std::memory_order_release);
        }
    }
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;

    explicit operator bool() const { return mine_; }

private:
    std::atomic<bool>& busy_;
    bool mine_;
};

}  // namespace

/// A part of a dataset that may become a block. Regions begin anew in each chunk, and end with it
/// and with the extent.
struct NearbyElements::Region {
    Shape start;
    Shape shape;

    bool contains(std::span<const std::uint64_t> position) const {
        for (std::size_t d = 0; d < start.size(); ++d) {
            if (position[d] - start[d] >= shape[d]) {  // a place before the start wraps around
                return false;
            }
        }
        return !start.empty();
    }

    void move_to(std::span<const std::uint64_t> position,
                 const Shape& chunk,
                 const Shape& part,
                 std::span<const std::uint64_t> extent) {
        start.resize(position.size());
        shape.resize(position.size());
        for (std::size_t d = 0; d < position.size(); ++d) {
            const std::uint64_t chunk_start = position[d] / chunk[d] * chunk[d];
            start[d] = chunk_start + (position[d] - chunk_start) / part[d] * part[d];
            shape[d] = std::min({part[d], chunk_start + chunk[d] - start[d], extent[d] - start[d]});
        }
    }
};

struct NearbyElements::Block {
    Shape extent;
    Region region;
    Moment moment;
    hdf5::Id memory_type = hdf5::kInvalidId;
    std::size_t element_size = 0;
    std::vector<std::byte> elements{};

    /// The element at a position from the start of the extent; null when it is not in the block.
    const std::byte* element_at(std::span<const std::int64_t> position) const;
};

const std::byte* NearbyElements::Block::element_at(std::span<const std::int64_t> position) const {
    if (position.size() != extent.size()) {
        return nullptr;
    }
    std::uint64_t number = 0;
    for (std::size_t d = 0; d < extent.size(); ++d) {
        // A position before the extent or the block wraps around and is far behind it.
        const std::uint64_t from_end = position[d] < 0 ? extent[d] : 0;
        const std::uint64_t within =
            static_cast<std::uint64_t>(position[d]) + from_end - region.start[d];
        if (within >= region.shape[d]) {
            return nullptr;
        }
        number = number * region.shape[d] + within;
    }
    return elements.data() + number * element_size;
}

/// Where elements lie, and at which moment they lay there.
struct NearbyElements::Place {
    RawElements elements;
    Moment moment;
};

NearbyElements::NearbyElements() = default;
NearbyElements::~NearbyElements() = default;

NearbyElements::Moment NearbyElements::now() const {
    return {stored_->generation(), hdf5::closings()};
}

bool NearbyElements::find(std::span<const std::int64_t> position,
                          hdf5::Id memory_type,
                          void* element) {
    const Claim claim(busy_);
    if (!claim || (!block_ && !place_) || engine_choice() == EngineChoice::library) {
        return false;
    }
    if (!find_in_block(position, memory_type, element) &&
        !find_in_file(position, memory_type, element)) {
        return false;
    }
    io_stats().direct_reads.fetch_add(1, std::memory_order_relaxed);
    return true;
}

bool NearbyElements::find_in_block(std::span<const std::int64_t> position,
                                   hdf5::Id memory_type,
                                   void* element) {
    if (!block_ || block_->memory_type != memory_type || block_->moment != now()) {
        return false;
    }
    const std::byte* const found = block_->element_at(position);
    if (found == nullptr) {
        return false;
    }
    std::memcpy(element, found, block_->element_size);
    ++found_;
    return true;
}

bool NearbyElements::find_in_file(std::span<const std::int64_t> position,
                                  hdf5::Id memory_type,
                                  void* element) {
    if (!place_ || place_->elements.memory_type() != memory_type || place_->moment != now()) {
        return false;
    }
    const Shape& extent = place_->elements.extent();
    if (position.size() != extent.size()) {
        return false;
    }
    std::array<std::uint64_t, kMaxRank> from_start;
    for (std::size_t d = 0; d < extent.size(); ++d) {
        const std::uint64_t from_end = position[d] < 0 ? extent[d] : 0;
        from_start[d] = static_cast<std::uint64_t>(position[d]) + from_end;
        if (from_start[d] >= extent[d]) {
            return false;
        }
    }
    const auto wanted = std::span(from_start).first(extent.size());
    meet(wanted, extent);
    try {
        return !block_is_due() && read_from_file(wanted, element);
    } catch (const Error&) {  // reading it in the usual way reports what is wrong
        return false;
    }
}

bool NearbyElements::read_from_file(std::span<const std::uint64_t> position, void* element) const {
    return place_->elements.read(position, static_cast<std::byte*>(element)) &&
           place_->moment == now();
}

// Whether elements may be found here.
bool NearbyElements::knows(const Wanted& wanted) {
    if (engine_choice() == EngineChoice::library || wanted.dxpl != hdf5::kDefault ||
        wanted.selection.rank() == 0 || ++reads_ <= kFirstReads) {
        return false;
    }
    if (stored_ == nullptr) {
        stored_ = wanted.dataset.stored(Planning::to_read);
        if (stored_->facts().refusal == Refusal::none) {
            part_ = block_shape(stored_->facts().chunk, stored_->facts().element_size, kBlockBytes);
        }
        region_ = std::make_unique<Region>();
    }
    return stored_->facts().refusal == Refusal::none && !stored_->facts().heap;
}

// Whether a block may be kept, and is wanted.
bool NearbyElements::block_is_due() const {
    const StorageFacts& facts = stored_->facts();
    return met_ >= patience_ && (!facts.chunked || facts.cache_bytes != 0);
}

void NearbyElements::meet(std::span<const std::uint64_t> position,
                          std::span<const std::uint64_t> extent) {
    if (!region_->contains(position)) {
        region_->move_to(position, stored_->facts().chunk, part_, extent);
        met_ = 0;
    }
    ++met_;
}

// It fails when the extent of the dataset has changed meanwhile.
bool NearbyElements::read(DatasetFacts& dataset, const ReadBlock& read_block, Block& block) {
    const Region& region = block.region;
    const Shape ones(region.shape.size(), 1);
    const Selection all =
        Selection::hyperslab(block.extent, region.start, ones, region.shape, ones);
    block.element_size = hdf5::h5t::size(block.memory_type);
    block.elements.resize(
        core::checked_size(core::checked_multiply(all.element_count(), block.element_size)));
    read_block(all, block.elements.data());
    return dataset.extent()->dims == block.extent;
}

bool NearbyElements::fetch(const Wanted& wanted, const ReadBlock& read_block, void* element) {
    const Claim claim(busy_);
    try {
        if (!claim || !knows(wanted)) {
            return false;
        }
        meet(wanted.selection.start(), wanted.selection.extent());
        return block_is_due() ? fetch_block(wanted, read_block, element)
                              : fetch_from_file(wanted, element);
    } catch (const Error&) {
        return false;  // reading the one element reports what is wrong with it
    }
}

// The lock is held, so nothing is closed between asking where the elements lie and taking the
// counts.
bool NearbyElements::find_place(const Wanted& wanted) {
    const hdf5::LockGuard guard;
    place_.reset();
    std::optional<RawElements> elements =
        RawElements::of(wanted.dataset, wanted.selection, wanted.memory_type);
    if (!elements) {
        return false;
    }
    const Moment moment{elements->generation(), hdf5::closings()};
    place_ = std::make_unique<Place>(Place{std::move(*elements), moment});
    return true;
}

bool NearbyElements::fetch_from_file(const Wanted& wanted, void* element) {
    if (!find_place(wanted) || !read_from_file(wanted.selection.start(), element)) {
        return false;
    }
    io_stats().direct_reads.fetch_add(1, std::memory_order_relaxed);
    return true;
}

bool NearbyElements::fetch_few(const Wanted& wanted, void* memory) {
    const Selection& selection = wanted.selection;
    const bool regular =
        selection.kind() == SelectionKind::all || selection.kind() == SelectionKind::hyperslab;
    if (!regular || selection.element_count() - 1 >= kMaxFew) {
        return false;
    }
    const Claim claim(busy_);
    try {
        if (!claim || !knows(wanted) || stored_->facts().pipeline || stored_->facts().chunked ||
            (!place_is_of(wanted) && !find_place(wanted)) ||
            !place_->elements.read(selection, static_cast<std::byte*>(memory)) ||
            place_->moment != now()) {
            return false;
        }
    } catch (const Error&) {
        return false;
    }
    io_stats().direct_reads.fetch_add(1, std::memory_order_relaxed);
    return true;
}

bool NearbyElements::place_is_of(const Wanted& wanted) const {
    return place_ && place_->elements.memory_type() == wanted.memory_type &&
           place_->moment == now() &&
           std::ranges::equal(place_->elements.extent(), wanted.selection.extent());
}

bool NearbyElements::fetch_block(const Wanted& wanted, const ReadBlock& read_block, void* element) {
    // A block that did not pay makes the next one wait longer.
    patience_ = found_ >= kWorthwhile ? kPatience : std::min(2 * patience_, kMaxPatience);
    found_ = 0;
    met_ = 0;
    block_.reset();
    const auto extent = wanted.selection.extent();
    auto block = std::make_unique<Block>(Block{.extent = Shape(extent.begin(), extent.end()),
                                               .region = *region_,
                                               .moment = now(),
                                               .memory_type = wanted.memory_type});
    if (!read(wanted.dataset, read_block, *block) ||
        block->moment != now()) {  // something has changed meanwhile
        return false;
    }
    block_ = std::move(block);
    const auto start = wanted.selection.start();
    const std::vector<std::int64_t> position(start.begin(), start.end());
    std::memcpy(element, block_->element_at(position), block_->element_size);
    return true;
}

}  // namespace hyperslab::engine
