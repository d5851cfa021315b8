#include "engine/direct_engine.hpp"

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "engine/chunk_reader.hpp"
#include "engine/heap_reader.hpp"
#include "engine/heap_windows.hpp"
#include "engine/io_stats.hpp"
#include "engine/library_engine.hpp"
#include "engine/memory_form.hpp"
#include "engine/progress.hpp"
#include "engine/stored_dataset.hpp"
#include "hdf5/api/h5i.hpp"
#include "hyperslab/error.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {
namespace {

using selection::ChunkedSelection;

// A read of so few elements is done before we have found out how to do it.
constexpr std::uint64_t kFewElements = 64;
// Elements that lie side by side, without a filter, are libhdf5's when they are no more, and in no
// more places.
constexpr std::uint64_t kSmallBytes = 64U << 10;
constexpr std::uint64_t kSmallPlaces = 16;
// And of a dataset's first reads any that take no more of them.
constexpr std::uint64_t kSmallFirstElements = 1024;
constexpr unsigned kSmallFirstReads = 2;
// A string costs libhdf5 more than the bytes of its reference do: so few are small.
constexpr std::uint64_t kSmallHeapElements = 128;
constexpr std::uint64_t kSmallFirstHeapElements = 512;
// Less is not shared out: waking a thread costs as much.
constexpr std::uint64_t kSharedBytes = 512U << 10;
// Reaching elements that lie apart takes as long as copying so much.
constexpr std::uint64_t kRunBytes = 2U << 10;
// A thread that reads or decodes more in one turn does not hear Ctrl-C in time: the slowest codecs
// make a hundred megabytes a second.
constexpr std::uint64_t kLongRead = 16U << 20;
constexpr std::uint64_t kLongDecode = 4U << 20;

using Plan = ReadPlan;

bool is_one_piece(const Selection& selection) {
    return selection.kind() != SelectionKind::points && selection.kind() != SelectionKind::list &&
           std::ranges::all_of(selection.stride(), [](std::uint64_t n) { return n == 1; });
}

// Elements side by side in a contiguous dataset; at most so many.
std::uint64_t count_runs(const Selection& selection) {
    if (selection.kind() == SelectionKind::points) {
        return selection.element_count();
    }
    std::uint64_t runs = 1;
    bool whole = true;  // all axes behind this one are
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

// Of a selection in one piece.
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

// Whether reading needs nothing of libhdf5: one pread of the bytes that are wanted takes less than
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

// Whether libhdf5 is as fast, or done before we have found out how the dataset lies. Many pieces
// take it longer than either, and so do many places.
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

std::optional<Plan> make_plan(const Request& request,
                              bool eager,
                              Planning planning,
                              Refusal& refusal) {
    const auto refuse = [&](Refusal why) {
        refusal = why;
        return std::nullopt;
    };
    const Selection& selection = request.selection;
    const std::uint64_t count = selection.element_count();
    if (count == 0 || (!eager && is_small(request, planning))) {
        return refuse(Refusal::small);
    }
    if (request.dxpl != hdf5::kDefault) {
        const Datatype& type = request.dataset.type();  // its heaps are read with such a list
        return refuse(type.has_variable_length() ? Refusal::variable_length
                                                 : Refusal::transfer_properties);
    }
    std::shared_ptr<StoredDataset> stored = request.dataset.stored(planning);
    const StorageFacts& facts = stored->facts();
    if (facts.refusal != Refusal::none) {
        return refuse(facts.refusal);
    }
    std::shared_ptr<const MemoryForm> form =
        stored->memory_form(request.dataset, request.memory_type, planning);
    if (form == nullptr) {
        return refuse(Refusal::conversion);
    }
    ChunkedSelection parts(selection, facts.chunk);
    StoredElements elements =
        stored->locate(request.dataset, selection, parts, {eager, planning}, refusal);
    if (refusal != Refusal::none) {
        return std::nullopt;
    }
    return Plan{std::move(stored), std::move(form), std::move(parts), std::move(elements)};
}

bool is_cached(const Plan& plan, std::uint64_t number) {
    return plan.stored->cache().contains(number, plan.elements.generation);
}

// Chunks that have to be decoded.
std::uint64_t count_to_decode(const Plan& plan) {
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

// What passes the processors: chunks whole when they are decoded, and what lies between runs.
std::uint64_t bytes_through(const Plan& plan, const Selection& selection) {
    const StorageFacts& facts = plan.stored->facts();
    const std::uint64_t most = plan.parts.size() * facts.chunk_bytes;
    const std::uint64_t apart =
        selection.element_count() * facts.element_size + count_runs(selection) * kRunBytes;
    const std::uint64_t decoded = facts.pipeline ? count_to_decode(plan) * facts.chunk_bytes : 0;
    return std::min(most, apart) + decoded;
}

ChunkReader reader_of(const Plan& plan, const Request& request, void* memory) {
    return {{plan.stored->facts(), plan.elements, plan.parts, plan.stored->cache()},
            {plan.form->conversion,
             plan.form->fill_value,
             static_cast<std::byte*>(memory),
             request.memory_is_zeroed}};
}

// Whether Ctrl-C would come too late when the caller took turns.
bool has_long_turns(const Plan& plan, std::uint64_t bytes) {
    const StorageFacts& facts = plan.stored->facts();
    if (!facts.chunked || facts.chunk_bytes < kLongDecode) {
        return false;
    }
    if (!facts.pipeline) {
        return facts.chunk_bytes >= kLongRead && bytes >= kLongRead;
    }
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        const std::uint64_t number = plan.parts.number(i);
        if (plan.elements.index.find(number) != nullptr && !is_cached(plan, number)) {
            return true;
        }
    }
    return false;
}

// What the threads use is theirs too: the caller may be gone before they are done.
void read_watched(const Plan& plan, const Request& request, void* memory) {
    const auto kept = std::make_shared<const Plan>(plan);
    std::shared_ptr<void> owner;
    if (request.keep_memory != nullptr) {
        owner = request.keep_memory(request.memory_owner);
    }
    const bool abandon = owner != nullptr;
    core::watched_for(
        plan.parts.size(),
        [kept, owner = std::move(owner), reader = reader_of(*kept, request, memory)](
            std::size_t i) { reader.read(i); },
        abandon);
}

void carry_out(const Plan& plan, const Request& request, void* memory) {
    const std::uint64_t bytes = bytes_through(plan, request.selection);
    ToldRead told(request.selection.element_count() * plan.form->conversion.to_size());
    const ChunkReader reader = reader_of(plan, request, memory);
    const auto read_one = [&](std::size_t i) { reader.read(i); };
    if (bytes < kSharedBytes) {
        core::serial_for(plan.parts.size(), read_one);
    } else if (has_long_turns(plan, bytes)) {
        read_watched(plan, request, memory);
    } else {
        core::parallel_for(plan.parts.size(), read_one);
    }
    io_stats().chunks.fetch_add(plan.parts.size(), std::memory_order_relaxed);
    told.finish();
}

/// What went wrong in a sink is not ours to mend.
struct SinkFailure : std::exception {
    explicit SinkFailure(std::exception_ptr why) : reason(std::move(why)) {}

    std::exception_ptr reason;
};

class GuardedSink final : public ElementSink {
public:
    explicit GuardedSink(ElementSink& sink) : sink_(sink) {}

    void take(std::uint64_t first, const std::byte* elements, std::uint64_t count) override {
        try {
            sink_.take(first, elements, count);
        } catch (...) {
            throw SinkFailure(std::current_exception());
        }
    }

private:
    ElementSink& sink_;
};

void carry_out(const Plan& plan, const Request& request, ElementSink& sink) {
    const std::uint64_t count = request.selection.element_count();
    const HeapForm& form = *plan.form->heap;
    auto stored = std::make_shared_for_overwrite<std::byte[]>(
        core::checked_size(core::checked_multiply(count, form.stored_size())));
    Request to_stored = request;
    to_stored.keep_memory = [](void* owner) -> std::shared_ptr<void> {
        return *static_cast<std::shared_ptr<std::byte[]>*>(owner);
    };
    to_stored.memory_owner = &stored;
    to_stored.memory_is_zeroed = false;
    carry_out(plan, to_stored, static_cast<void*>(stored.get()));
    HeapPlace place = *plan.stored->facts().heap;
    place.end = plan.elements.heap_end;
    HeapReader heap(*plan.elements.file, place);
    GuardedSink guarded(sink);
    HeapWindows(stored.get(), count, form, heap).give_to(guarded);
}

// libhdf5 decides whether something is wrong; we can say better what.
template <class Target>
void read_after_failure(const Request& request, Target&& target, const Error& failure) {
    io_stats().failed_reads.fetch_add(1);
    try {
        LibraryEngine().read(request, target);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::io && failure.code() == ErrorCode::io) {
            throw Error(ErrorCode::io,
                        std::string(error.what()) + "; " + failure.what(),
                        error.system_errno());
        }
        throw;
    }
}

template <class Target>
Refusal attempt(const Request& request, Target&& target, bool eager) {
    constexpr bool kToSink = !std::is_same_v<std::remove_cvref_t<Target>, void*>;
    Refusal refusal = Refusal::none;
    std::optional<Plan> plan;
    std::exception_ptr failure_of_sink;
    try {
        plan = make_plan(request, eager, Planning::to_read, refusal);
        if (plan && plan->form->heap.has_value() != kToSink) {
            return kToSink ? Refusal::conversion : Refusal::variable_length;
        }
        if (!plan) {
            return refusal;
        }
        carry_out(*plan, request, target);
    } catch (const EndlessHeap& failure) {
        throw Error(ErrorCode::io,
                    std::string(failure.what()) + "; asked for '" +
                        hdf5::h5i::name(request.dataset.id()) + "' in file '" +
                        plan->elements.file->name() + "'");
    } catch (const Error& failure) {
        read_after_failure(request, target, failure);
        return Refusal::none;
    } catch (const SinkFailure& failure) {
        failure_of_sink = failure.reason;
    }
    if (plan->stored->still_true(plan->elements)) {
        if (failure_of_sink != nullptr) {
            std::rethrow_exception(failure_of_sink);
        }
        io_stats().direct_reads.fetch_add(1, std::memory_order_relaxed);
        return Refusal::none;
    }
    io_stats().overtaken_reads.fetch_add(1);
    LibraryEngine().read(request, target);
    return Refusal::none;
}

}  // namespace

Refusal DirectEngine::try_read(const Request& request, void* memory, bool eager) const {
    return attempt(request, memory, eager);
}

Refusal DirectEngine::try_read(const Request& request, ElementSink& sink, bool eager) const {
    return attempt(request, sink, eager);
}

std::optional<ReadPlan> DirectEngine::plan(const Request& request,
                                           bool eager,
                                           Refusal& refusal) const {
    return make_plan(request, eager, Planning::to_know, refusal);
}

std::size_t DirectEngine::threads_for(const ReadPlan& plan, const Selection& selection) const {
    return bytes_through(plan, selection) < kSharedBytes
               ? 1
               : std::min(core::thread_count(), plan.parts.size());
}

Refusal DirectEngine::refusal_of(const Request& request, bool eager) const {
    Refusal refusal = Refusal::none;
    plan(request, eager, refusal);
    return refusal;
}

std::string DirectEngine::refusal(const Request& request) const {
    return std::string(describe(refusal_of(request, false)));
}

namespace {

void require_none(Refusal refusal) {
    if (refusal != Refusal::none) {
        throw Error(ErrorCode::unsupported, std::string(describe(refusal)));
    }
}

}  // namespace

void DirectEngine::read(const Request& request, void* memory) const {
    require_none(try_read(request, memory, true));
}

void DirectEngine::read(const Request& request, ElementSink& sink) const {
    require_none(try_read(request, sink, true));
}

void DirectEngine::write(const Request& /*request*/, const void* /*memory*/) const {
    throw Error(ErrorCode::unsupported, "the direct engine does not write");
}

}  // namespace hyperslab::engine
