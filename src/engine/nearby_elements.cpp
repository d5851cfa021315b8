#include "engine/nearby_elements.hpp"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "core/checked.hpp"
#include "engine/engine.hpp"
#include "engine/io_stats.hpp"
#include "engine/read_plan.hpp"
#include "engine/stored_dataset.hpp"
#include "hdf5/closings.hpp"
#include "hdf5/h5t.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

// As large as libhdf5's sieve buffer.
constexpr std::uint64_t kBlockBytes = 64U << 10;
// A dataset of which less is read is not worth asking about.
constexpr unsigned kFirstReads = 2;
// So many elements found in a block pay for it.
constexpr unsigned kWorthwhile = 16;
constexpr unsigned kMostPatience = 1024;

/// Holds the elements for one thread, or not.
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

/// One axis of a block.
struct Range {
    std::uint64_t start;
    std::uint64_t count;
};

// Parts begin anew in each chunk, and end with it and with the extent.
Range part_around(std::uint64_t position,
                  std::uint64_t chunk,
                  std::uint64_t part,
                  std::uint64_t extent) {
    const std::uint64_t chunk_start = position / chunk * chunk;
    const std::uint64_t start = chunk_start + (position - chunk_start) / part * part;
    return {start, std::min({part, chunk_start + chunk - start, extent - start})};
}

}  // namespace

struct NearbyElements::Block {
    Shape extent;
    Shape start;
    Shape shape;
    hdf5::Id memory_type = hdf5::kInvalidId;
    std::uint64_t generation = 0;
    std::uint64_t closings = 0;
    std::size_t element_size = 0;
    std::vector<std::byte> elements{};

    /// The element of a position from the start of the extent; null when it is not in the block.
    const std::byte* element_at(std::span<const std::int64_t> position) const;
};

const std::byte* NearbyElements::Block::element_at(std::span<const std::int64_t> position) const {
    if (position.size() != shape.size()) {
        return nullptr;
    }
    std::uint64_t number = 0;
    for (std::size_t d = 0; d < shape.size(); ++d) {
        // What lies before the extent or the block wraps around to be far behind it.
        const std::uint64_t from_end = position[d] < 0 ? extent[d] : 0;
        const std::uint64_t within = static_cast<std::uint64_t>(position[d]) + from_end - start[d];
        if (within >= shape[d]) {
            return nullptr;
        }
        number = number * shape[d] + within;
    }
    return elements.data() + number * element_size;
}

NearbyElements::NearbyElements() = default;
NearbyElements::~NearbyElements() = default;

bool NearbyElements::is_current() const {
    return block_ != nullptr && block_->closings == hdf5::closings() &&
           block_->generation == stored_->generation() && engine_choice() != EngineChoice::library;
}

bool NearbyElements::find(std::span<const std::int64_t> position,
                          hdf5::Id memory_type,
                          void* element) {
    const Claim claim(busy_);
    if (!claim || !is_current() || block_->memory_type != memory_type) {
        return false;
    }
    const std::byte* const found = block_->element_at(position);
    if (found == nullptr) {
        return false;
    }
    std::memcpy(element, found, block_->element_size);
    ++found_;
    io_stats().direct_reads.fetch_add(1, std::memory_order_relaxed);
    return true;
}

// Whether a block may be kept of the dataset.
bool NearbyElements::knows(const Request& request) {
    if (engine_choice() == EngineChoice::library || request.dxpl != hdf5::kDefault ||
        request.selection.rank() == 0 || ++reads_ <= kFirstReads) {
        return false;
    }
    if (stored_ == nullptr) {
        stored_ = request.dataset.stored(Planning::to_read);
        if (stored_->facts().refusal == Refusal::none) {
            part_ = block_shape(stored_->facts().chunk, stored_->facts().element_size, kBlockBytes);
        }
    }
    const StorageFacts& facts = stored_->facts();
    return facts.refusal == Refusal::none && !facts.heap &&
           (!facts.chunked || facts.cache_bytes != 0);
}

NearbyElements::Block NearbyElements::block_around(const Request& request) const {
    const Selection& selection = request.selection;
    const Shape& chunk = stored_->facts().chunk;
    Block block{.extent = Shape(selection.extent().begin(), selection.extent().end()),
                .start = Shape(chunk.size()),
                .shape = Shape(chunk.size()),
                .memory_type = request.memory_type,
                .generation = stored_->generation(),
                .closings = hdf5::closings()};
    for (std::size_t d = 0; d < chunk.size(); ++d) {
        const Range range =
            part_around(selection.start()[d], chunk[d], part_[d], selection.extent()[d]);
        block.start[d] = range.start;
        block.shape[d] = range.count;
    }
    return block;
}

// A block that did not pay makes the next one wait longer.
bool NearbyElements::is_met_often(const Shape& start) {
    if (start != last_start_) {
        last_start_ = start;
        met_ = 0;
    }
    if (++met_ < patience_) {
        return false;
    }
    patience_ = found_ >= kWorthwhile ? kPatience : std::min(2 * patience_, kMostPatience);
    found_ = 0;
    met_ = 0;
    return true;
}

// Fails when the dataset has got another extent meanwhile.
bool NearbyElements::read(OpenDataset& dataset, Block& block) {
    const Shape ones(block.shape.size(), 1);
    const Selection all = Selection::hyperslab(block.extent, block.start, ones, block.shape, ones);
    block.element_size = hdf5::h5t::size(block.memory_type);
    block.elements.resize(
        core::checked_size(core::checked_multiply(all.element_count(), block.element_size)));
    engine::read({dataset, all, block.memory_type}, block.elements.data());
    return dataset.extent()->dims == block.extent;
}

bool NearbyElements::fetch(const Request& request, void* element) {
    const Claim claim(busy_);
    try {
        return claim && fetch_block(request, element);
    } catch (const Error&) {
        return false;  // reading the one element tells what is wrong, if anything is with that
    }
}

bool NearbyElements::fetch_block(const Request& request, void* element) {
    if (!knows(request)) {
        return false;
    }
    auto block = std::make_unique<Block>(block_around(request));
    if (!is_met_often(block->start)) {
        return false;
    }
    block_.reset();
    if (!read(request.dataset, *block)) {
        return false;
    }
    block_ = std::move(block);
    if (!is_current()) {  // something changed meanwhile
        return false;
    }
    const auto start = request.selection.start();
    const std::vector<std::int64_t> position(start.begin(), start.end());
    std::memcpy(element, block_->element_at(position), block_->element_size);
    return true;
}

}  // namespace hyperslab::engine
