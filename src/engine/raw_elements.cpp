#include "engine/raw_elements.hpp"

#include <array>
#include <utility>

#include "engine/engine.hpp"
#include "engine/io_stats.hpp"
#include "engine/read_plan.hpp"
#include "hyperslab/error.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {
namespace {

// What is read before it is converted; larger elements are read in another way.
constexpr std::size_t kMaxStoredSize = 64;

}  // namespace

std::optional<RawElements> RawElements::of(const Request& request,
                                           const std::shared_ptr<StoredDataset>& stored) {
    const StorageFacts& facts = stored->facts();
    if (facts.refusal != Refusal::none || facts.pipeline || facts.heap ||
        !stored->is_at_rest(Planning::to_read)) {
        return std::nullopt;
    }
    RawElements found;
    found.form_ = stored->memory_form(request.dataset, request.memory_type, Planning::to_read);
    if (found.form_ == nullptr ||
        (!found.form_->conversion.is_copy() && facts.element_size > kMaxStoredSize)) {
        return std::nullopt;
    }
    Refusal refusal = Refusal::none;
    const Selection& selection = request.selection;
    const selection::ChunkedSelection parts(selection, facts.chunk);
    found.elements_ =
        stored->locate(request.dataset, selection, parts, {false, Planning::to_read}, refusal);
    if (refusal != Refusal::none) {
        return std::nullopt;
    }
    found.extent_ = Shape(selection.extent().begin(), selection.extent().end());
    found.chunk_ = facts.chunked ? facts.chunk : found.extent_;
    found.chunk_bytes_ = facts.chunk_bytes;
    found.memory_type_ = request.memory_type;
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
    const hdf5::h5d::StoredChunk* const stored =
        elements_.index.chunks == nullptr ? nullptr : elements_.index.find(chunk);
    if (stored == nullptr || stored->size != chunk_bytes_) {
        return std::nullopt;
    }
    return stored->address + offset;
}

bool RawElements::read(std::span<const std::uint64_t> position, std::byte* element) const {
    const std::optional<std::uint64_t> address = address_of(position);
    if (!address) {
        return false;
    }
    const datatype::Conversion& conversion = form_->conversion;
    std::array<std::byte, kMaxStoredSize> stored;
    std::byte* const to = conversion.is_copy() ? element : stored.data();
    try {
        elements_.file->read(*address, {to, conversion.from_size()});
    } catch (const Error&) {
        return false;
    }
    io_stats().fetched_bytes.fetch_add(conversion.from_size(), std::memory_order_relaxed);
    if (!conversion.is_copy()) {
        conversion(stored.data(), element, 1);
    }
    return true;
}

}  // namespace hyperslab::engine
