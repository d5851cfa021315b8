#include "engine/plan/plan_read.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/thread_pool.hpp"

namespace hyperslab::engine {
namespace {

using selection::ChunkedSelection;

// Few elements: libhdf5 has read them before a plan is made.
constexpr std::uint64_t kFewElements = 64;
// A read without a filter is left to libhdf5 when it takes at most this many bytes, in at most this
// many places.
constexpr std::uint64_t kSmallBytes = 64U << 10;
constexpr std::uint64_t kSmallPlaces = 16;
// The first reads of a dataset, this many, are left to libhdf5 when they take at most this many
// elements.
constexpr std::uint64_t kSmallFirstElements = 1024;
constexpr unsigned kSmallFirstReads = 2;
// The number of strings up to which a read is small, and is so for the first reads. A string costs
// libhdf5 more than the bytes of its reference do.
constexpr std::uint64_t kSmallHeapElements = 128;
constexpr std::uint64_t kSmallFirstHeapElements = 512;
// Cost of reaching elements that lie apart, expressed as bytes copied.
constexpr std::uint64_t kRunBytes = 2U << 10;
bool is_one_piece(const Selection& selection) {
    return selection.kind() != SelectionKind::points && selection.kind() != SelectionKind::list &&
           std::ranges::all_of(selection.stride(), [](std::uint64_t n) { return n == 1; });
}

// The number of runs of a selection in a contiguous dataset. It is an upper bound where runs of
// neighbouring rows touch.
std::uint64_t count_runs(const Selection& selection) {
    if (selection.kind() == SelectionKind::points) {
        return selection.element_count();
    }
    std::uint64_t runs = 1;
    bool whole = true;  // whether all axes behind this one are taken whole
    for (std::size_t d = selection.rank(); d-- > 0;) {
        const std::uint64_t count = selection.count()[d];
        const std::uint64_t block = selection.block()[d];
        const bool listed = selection.kind() == SelectionKind::list && d == selection.list_axis();
        const bool gapless = !listed && (count <= 1 || selection.stride()[d] == block);
        runs *= !whole ? count * block : gapless ? 1 : count;
        whole = whole && gapless && count * block == selection.extent()[d];
    }
    return runs;
}

// The number of chunks that a selection in one piece touches.
std::uint64_t count_chunks(const Selection& piece, const Shape& chunk) {
    std::uint64_t chunks = 1;
    for (std::size_t d = 0; d < chunk.size(); ++d) {
        const std::uint64_t first = piece.start()[d];
        const std::uint64_t last = first + piece.count()[d] * piece.block()[d] - 1;
        chunks *= last / chunk[d] - first / chunk[d] + 1;
    }
    return chunks;
}

bool has_few_places(const Selection& piece, const CreationFacts& creation) {
    const bool chunked = creation.layout == hdf5::h5d::Layout::chunked;
    return (chunked ? count_chunks(piece, creation.chunk) : count_runs(piece)) <= kSmallPlaces;
}

// Whether reading needs nothing of libhdf5. One pread of the wanted bytes takes less time than
// libhdf5, which copies a sieve buffer or looks a chunk up.
bool is_at_hand(const Request& request, Planning planning) {
    OpenDataset& dataset = request.dataset;
    const CreationFacts* const creation = dataset.creation_if_known();
    if (request.dxpl != hdf5::kDefault || dataset.type().has_variable_length() ||
        creation == nullptr || !creation->stages.empty()) {
        return false;
    }
    const std::shared_ptr<StoredDataset> stored = dataset.stored(planning);
    return stored->facts().refusal == Refusal::none && stored->is_at_rest(planning);
}

// Whether libhdf5 is as fast, or has finished before it is known how the dataset lies. Many pieces,
// or many places, take libhdf5 longer.
bool is_small(const Request& request, Planning planning) {
    OpenDataset& dataset = request.dataset;
    const std::uint64_t count = request.selection.element_count();
    const bool first = dataset.is_new_to_direct_reads(kSmallFirstReads, planning);
    const bool few = count <= kFewElements && !dataset.is_known_to_have_huge_chunks();
    if (few && first) {
        return true;
    }
    if (!is_one_piece(request.selection)) {
        return few && !is_at_hand(request, planning);
    }
    const Datatype& type = dataset.type();
    const bool heap = type.has_variable_length();
    if (first && count <= (heap ? kSmallFirstHeapElements : kSmallFirstElements)) {
        return true;
    }
    const std::uint64_t most =
        heap ? kSmallHeapElements : kSmallBytes / std::max<std::size_t>(type.size(), 1);
    const CreationFacts* const creation = dataset.creation_if_known();
    const bool little = few || (count <= most && creation != nullptr && creation->stages.empty() &&
                                has_few_places(request.selection, *creation));
    return little && !is_at_hand(request, planning);
}

// The number of chunks that have to be decoded.
std::uint64_t count_to_decode(const ReadPlan& plan) {
    const std::size_t parts = plan.parts.size();
    if (!plan.stored->cache().has_room_for(parts)) {
        return parts;
    }
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < parts; ++i) {
        count += is_cached(plan, plan.parts.number(i)) ? 0 : 1;
    }
    return count;
}

}  // namespace

std::expected<ReadPlan, Refusal> plan_read(const Request& request, bool eager, Planning planning) {
    const Selection& selection = request.selection;
    if (selection.element_count() == 0 || (!eager && is_small(request, planning))) {
        return std::unexpected(Refusal::small);
    }
    if (request.dxpl != hdf5::kDefault) {
        const Datatype& type = request.dataset.type();  // its heaps are read with its type
        return std::unexpected(type.has_variable_length() ? Refusal::variable_length
                                                          : Refusal::transfer_properties);
    }
    std::shared_ptr<StoredDataset> stored = request.dataset.stored(planning);
    const StorageFacts& facts = stored->facts();
    if (facts.refusal != Refusal::none) {
        return std::unexpected(facts.refusal);
    }
    std::shared_ptr<const MemoryForm> form =
        stored->memory_form(request.dataset, request.memory_type, planning);
    if (form == nullptr) {
        return std::unexpected(Refusal::conversion);
    }
    ChunkedSelection parts(selection, facts.chunk);
    auto elements = stored->locate(request.dataset, selection, parts, {eager, planning});
    if (!elements) {
        return std::unexpected(elements.error());
    }
    return ReadPlan{std::move(stored), std::move(form), std::move(parts), std::move(*elements)};
}

bool is_cached(const ReadPlan& plan, std::uint64_t number) {
    return plan.stored->cache().contains(number, plan.elements.generation);
}

std::uint64_t bytes_through(const ReadPlan& plan, const Selection& selection) {
    const StorageFacts& facts = plan.stored->facts();
    const std::uint64_t most = plan.parts.size() * facts.chunk_bytes;
    const std::uint64_t apart =
        selection.element_count() * facts.element_size + count_runs(selection) * kRunBytes;
    const std::uint64_t decoded = facts.pipeline ? count_to_decode(plan) * facts.chunk_bytes : 0;
    return std::min(most, apart) + decoded;
}

std::size_t threads_for(const ReadPlan& plan, const Selection& selection) {
    return bytes_through(plan, selection) < kSharedBytes
               ? 1
               : std::min(core::thread_count(), plan.parts.size());
}

}  // namespace hyperslab::engine
