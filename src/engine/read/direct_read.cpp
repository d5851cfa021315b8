#include "engine/read/direct_read.hpp"

#include <exception>
#include <expected>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "engine/facts/io_stats.hpp"
#include "engine/facts/progress.hpp"
#include "engine/heap/heap_reader.hpp"
#include "engine/heap/heap_windows.hpp"
#include "engine/plan/plan_read.hpp"
#include "engine/read/chunk_reader.hpp"
#include "hdf5/api/h5i.hpp"

namespace hyperslab::engine {
namespace {

// The maximum number of bytes that a caller reads or decodes in one turn. With more it would not
// notice Ctrl-C in time: the slowest codecs decode a hundred megabytes a second.
constexpr std::uint64_t kLongRead = 16U << 20;
constexpr std::uint64_t kLongDecode = 4U << 20;

ChunkReader reader_of(const ReadPlan& plan, const Request& request, void* memory) {
    return {{plan.stored->facts(), plan.elements, plan.parts, plan.stored->cache()},
            {plan.form->conversion,
             plan.form->fill_value,
             static_cast<std::byte*>(memory),
             request.memory_is_zeroed}};
}

// Whether Ctrl-C would come too late when the caller took turns.
bool has_long_turns(const ReadPlan& plan, std::uint64_t bytes) {
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

// The threads share ownership of what they use, because the caller may be gone before they are
// done.
void read_watched(const ReadPlan& plan, const Request& request, void* memory) {
    const auto kept = std::make_shared<const ReadPlan>(plan);
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

void carry_out(const ReadPlan& plan, const Request& request, void* memory) {
    const std::uint64_t bytes = bytes_through(plan, request.selection);
    ProgressReport report(ProgressKind::reading,
                          request.selection.element_count() * plan.form->conversion.to_size());
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
    report.finish();
}

/// An exception of a sink, which libhdf5 cannot mend by reading again.
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

void carry_out(const ReadPlan& plan, const Request& request, ElementSink& sink) {
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

template <class Target>
DirectRead attempt(const Request& request, Target&& target, bool eager) {
    constexpr bool kToSink = !std::is_same_v<std::remove_cvref_t<Target>, void*>;
    const auto refused = [](Refusal why) {
        return DirectRead{.end = DirectRead::End::refused, .refusal = why};
    };
    std::optional<ReadPlan> plan;
    std::exception_ptr failure_of_sink;
    try {
        auto made = plan_read(request, eager, Planning::to_read);
        if (!made) {
            return refused(made.error());
        }
        plan = std::move(*made);
        if (plan->form->heap.has_value() != kToSink) {
            return refused(kToSink ? Refusal::conversion : Refusal::variable_length);
        }
        carry_out(*plan, request, target);
    } catch (const EndlessHeap& failure) {
        throw Error(ErrorCode::io,
                    std::string(failure.what()) + "; asked for '" +
                        hdf5::h5i::name(request.dataset.id()) + "' in file '" +
                        plan->elements.file->name() + "'");
    } catch (const Error& failure) {
        io_stats().failed_reads.fetch_add(1);
        return {.end = DirectRead::End::failed, .failure = failure};
    } catch (const SinkFailure& failure) {
        failure_of_sink = failure.reason;
    }
    if (!plan->stored->still_true(plan->elements)) {
        io_stats().overtaken_reads.fetch_add(1);
        return {.end = DirectRead::End::overtaken};
    }
    if (failure_of_sink != nullptr) {
        std::rethrow_exception(failure_of_sink);
    }
    io_stats().direct_reads.fetch_add(1, std::memory_order_relaxed);
    return {};
}

}  // namespace

DirectRead read_directly(const Request& request, void* memory, bool eager) {
    return attempt(request, memory, eager);
}

DirectRead read_directly(const Request& request, ElementSink& sink, bool eager) {
    return attempt(request, sink, eager);
}

}  // namespace hyperslab::engine
