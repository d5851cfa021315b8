#include "engine/write/plan_write.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "hdf5/api/h5d.hpp"
#include "hdf5/types/h5t.hpp"

namespace hyperslab::engine {
namespace {

namespace h5d = hdf5::h5d;
using selection::ChunkedSelection;

// Asking how a dataset is stored takes longer than libhdf5 takes to write fewer bytes.
constexpr std::uint64_t kSmallBytes = 4U << 10;

struct Words {
    std::string_view name;
    std::string_view sentence;
};

constexpr std::array<Words, static_cast<std::size_t>(WriteRefusal::count_)> kWords{{
    {"none", ""},
    {"forced", "the library engine was asked for"},
    {"scattered", "the elements are selected one by one"},
    {"transfer_properties", "the write has a transfer property list of its own"},
    {"contiguous", "the dataset has no chunks, so one call of libhdf5 stores all of it"},
    {"no_filters", "the chunks have no filters, so there is nothing to encode"},
    {"small", "the write is so small that libhdf5 is as quick"},
    {"resized", "the dataset has been resized since the selection was made"},
    {"variable_length", "strings and sequences lie in the file's heap, which libhdf5 writes"},
    {"filter", "a filter is only in libhdf5 or a plug-in"},
    {"conversion", "the elements need a conversion that only libhdf5 has"},
    {"cached",
     "libhdf5's chunk cache has room for these chunks, which are written in part or again; they "
     "are encoded when they are complete, or when the cache needs the room"},
    {"in_part", "parts of chunks without filters are written"},
    {"stored", ""},
}};

const Words& words_of(WriteRefusal why) { return kWords[static_cast<std::size_t>(why)]; }

bool is_small(const Request& request) {
    const std::uint64_t elements = request.selection.element_count();
    return elements < kSmallBytes && elements * hdf5::h5t::size(request.memory_type) < kSmallBytes;
}

bool is_regular_or_list(const Selection& selection) {
    return selection.kind() == SelectionKind::all || selection.kind() == SelectionKind::hyperslab ||
           selection.kind() == SelectionKind::list;
}

// What libhdf5 holds of a chunk without filters may have no place in the file yet, which nothing
// but reading it tells. So their parts are libhdf5's to write.
bool writes_in_part(const WritePlan& plan) {
    const ChunkWriter writer = plan.writer(nullptr);
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        if (!writer.is_whole(i)) {
            return true;
        }
    }
    return false;
}

RefusedWrite refusal_of(const Request& request, const StorageFacts& facts) {
    if (facts.refusal != Refusal::none) {
        return {WriteRefusal::stored, facts.refusal, facts.detail};
    }
    if (facts.heap) {
        return {WriteRefusal::variable_length};
    }
    if (facts.cut_chunks_are_raw) {
        return {
            WriteRefusal::filter, Refusal::none, "chunks at the edge are stored without filters"};
    }
    const std::shared_ptr<const Extent> extent = request.dataset.extent();
    const bool same = std::ranges::equal(extent->dims, request.selection.extent());
    return {same ? WriteRefusal::none : WriteRefusal::resized};
}

// What can be said before it is known how the dataset is stored.
WriteRefusal obvious_refusal(const Request& request, bool eager) {
    if (request.selection.element_count() == 0 || !is_regular_or_list(request.selection)) {
        return WriteRefusal::scattered;
    }
    if (request.dxpl != hdf5::kDefault) {
        return WriteRefusal::transfer_properties;
    }
    const CreationFacts& creation = request.dataset.creation();
    if (creation.layout != h5d::Layout::chunked) {
        return WriteRefusal::contiguous;
    }
    if (!eager && creation.stages.empty()) {
        return WriteRefusal::no_filters;
    }
    return !eager && is_small(request) ? WriteRefusal::small : WriteRefusal::none;
}

}  // namespace

std::string_view name_of(const RefusedWrite& refused) {
    return refused.why == WriteRefusal::stored ? name_of(refused.stored)
                                               : words_of(refused.why).name;
}

std::string describe(const RefusedWrite& refused) {
    const std::string_view sentence = refused.why == WriteRefusal::stored
                                          ? describe(refused.stored)
                                          : words_of(refused.why).sentence;
    return std::string(sentence) + (refused.detail.empty() ? "" : ": " + refused.detail);
}

ChunkWriter WritePlan::writer(const void* memory) const {
    return {{stored->facts(), encoding.filters(), parts, encoding.fill_value()},
            {*conversion, static_cast<const std::byte*>(memory)}};
}

std::expected<WritePlan, RefusedWrite> plan_chunks(const Request& request,
                                                   bool eager,
                                                   Planning planning) {
    OpenDataset& dataset = request.dataset;
    if (const WriteRefusal why = obvious_refusal(request, eager); why != WriteRefusal::none) {
        return std::unexpected(RefusedWrite{why});
    }
    std::shared_ptr<StoredDataset> stored = dataset.stored(planning);
    if (RefusedWrite refused = refusal_of(request, stored->facts());
        refused.why != WriteRefusal::none) {
        return std::unexpected(std::move(refused));
    }
    ChunkEncoding& encoding = stored->encoding(dataset);
    const filter::EncodePipeline& filters = encoding.filters();
    if (!filters.refusal().empty() || (filters.may_skip() && !h5d::keeps_filter_masks())) {
        return std::unexpected(
            RefusedWrite{WriteRefusal::filter, Refusal::none, filters.refusal()});
    }
    auto conversion = encoding.conversion(dataset, request.memory_type);
    if (conversion == nullptr) {
        return std::unexpected(RefusedWrite{WriteRefusal::conversion});
    }
    WritePlan plan{stored,
                   encoding,
                   std::move(conversion),
                   ChunkedSelection(request.selection, stored->facts().chunk)};
    if (dataset.creation().stages.empty() && writes_in_part(plan)) {
        return std::unexpected(RefusedWrite{WriteRefusal::in_part});
    }
    return plan;
}

// The cache keeps what is written in part,
// or again, and encodes it once, as long as it has room for it. Where half of the chunks' elements
// or more are written, most chunks are encoded twice at most, which several cores do sooner.
bool is_better_cached(const WritePlan& plan, const Selection& selection) {
    const StorageFacts& facts = plan.stored->facts();
    const std::size_t chunks = plan.parts.size();
    if (chunks > facts.cache_bytes / std::max<std::size_t>(facts.chunk_bytes, 1)) {
        return false;
    }
    const ChunkWriter writer = plan.writer(nullptr);
    std::size_t in_part = 0;
    std::size_t again = 0;
    for (std::size_t i = 0; i < chunks; ++i) {
        in_part += writer.is_whole(i) ? 0 : 1;
        again += plan.encoding.written().contains(plan.parts.number(i)) ? 1 : 0;
    }
    const std::uint64_t held = chunks * facts.chunk_bytes / facts.element_size;
    const bool little = in_part == chunks || selection.element_count() * 2 < held;
    return (2 * in_part > chunks && little) || 2 * again > chunks;
}

std::expected<WritePlan, RefusedWrite> plan_write(const Request& request,
                                                  bool eager,
                                                  Planning planning) {
    auto plan = plan_chunks(request, eager, planning);
    if (plan && !eager && is_better_cached(*plan, request.selection)) {
        return std::unexpected(RefusedWrite{WriteRefusal::cached});
    }
    return plan;
}

}  // namespace hyperslab::engine
