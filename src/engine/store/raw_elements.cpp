#include "engine/store/raw_elements.hpp"

#include <array>
#include <utility>

#include "engine/facts/io_stats.hpp"
#include "selection/chunks.hpp"
#include "selection/runs.hpp"

namespace hyperslab::engine {
namespace {

// The maximum number of bytes that are read at once, with a conversion and without.
constexpr std::size_t kMaxConverted = 4096;
constexpr std::uint64_t kMaxBytes = 64U << 10;
// The maximum number of runs, each of which is one read of the file. A plan finds runs that lie
// close together.
constexpr std::uint64_t kMaxRuns = 16;

}  // namespace

std::optional<RawElements> RawElements::of(DatasetStorage& dataset,
                                           const Selection& selection,
                                           hdf5::Id memory_type) {
    const std::shared_ptr<StoredDataset> stored = dataset.stored(Planning::to_read);
    const StorageFacts& facts = stored->facts();
    if (facts.refusal != Refusal::none || facts.pipeline || facts.heap ||
        !stored->is_at_rest(Planning::to_read)) {
        return std::nullopt;
    }
    RawElements found;
    found.form_ = stored->memory_form(dataset, memory_type, Planning::to_read);
    if (found.form_ == nullptr ||
        (!found.form_->conversion.is_copy() && facts.element_size > kMaxConverted)) {
        return std::nullopt;
    }
    const selection::ChunkedSelection parts(selection, facts.chunk);
    auto elements = stored->locate(dataset, selection, parts, {false, Planning::to_read});
    if (!elements) {
        return std::nullopt;
    }
    found.elements_ = std::move(*elements);
    found.extent_ = Shape(selection.extent().begin(), selection.extent().end());
    found.chunk_ = facts.chunked ? facts.chunk : found.extent_;
    found.chunk_bytes_ = facts.chunk_bytes;
    found.memory_type_ = memory_type;
    return found;
}

std::optional<std::uint64_t> RawElements::address_of(
    std::span<const std::uint64_t> position) const {
    std::uint64_t chunk = 0;
    std::uint64_t within = 0;
    for (std::size_t d = 0; d < chunk_.size(); ++d) {
        const std::uint64_t grid = (extent_[d] + chunk_[d] - 1) / chunk_[d];
        chunk = chunk * grid + position[d] / chunk_[d];
        within = within * chunk_[d] + position[d] % chunk_[d];
    }
    const std::uint64_t offset = within * form_->conversion.from_size();
    if (elements_.address) {
        return *elements_.address + offset;
    }
    const hdf5::h5d::IndexedChunk* const stored =
        elements_.index.chunks == nullptr ? nullptr : elements_.index.find(chunk);
    if (stored == nullptr || stored->size != chunk_bytes_) {
        return std::nullopt;
    }
    return stored->address + offset;
}

void RawElements::fetch(std::uint64_t address, std::uint64_t count, std::byte* memory) const {
    const datatype::Conversion& conversion = form_->conversion;
    const std::size_t bytes = count * conversion.from_size();
    if (conversion.is_copy()) {
        elements_.file->read(address, {memory, bytes});
    } else {
        std::array<std::byte, kMaxConverted> stored;
        elements_.file->read(address, std::span(stored).first(bytes));
        conversion(stored.data(), memory, count);
    }
    io_stats().fetched_bytes.fetch_add(bytes, std::memory_order_relaxed);
}

bool RawElements::read(std::span<const std::uint64_t> position, std::byte* element) const {
    const std::optional<std::uint64_t> address = address_of(position);
    if (!address) {
        return false;
    }
    fetch(*address, 1, element);
    return true;
}

bool RawElements::read(const Selection& selection, std::byte* memory) const {
    const datatype::Conversion& conversion = form_->conversion;
    const std::uint64_t most =
        (conversion.is_copy() ? kMaxBytes : kMaxConverted) / conversion.from_size();
    if (!elements_.address || selection.element_count() > most) {
        return false;
    }
    const selection::RunWalk walk(selection);
    if (walk.count() > kMaxRuns) {
        return false;
    }
    const auto take = [&](std::uint64_t first, std::uint64_t count) {
        fetch(*elements_.address + first * conversion.from_size(), count, memory);
        memory += count * conversion.to_size();
    };
    walk(take);
    return true;
}

}  // namespace hyperslab::engine
