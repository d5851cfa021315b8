#include "engine/direct_engine.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/thread_pool.hpp"
#include "engine/chunk_reader.hpp"
#include "engine/io_stats.hpp"
#include "engine/library_engine.hpp"
#include "engine/memory_form.hpp"
#include "engine/stored_dataset.hpp"
#include "hyperslab/error.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {
namespace {

using selection::ChunkedSelection;

// A read of so few elements is done before we have found out how to do it.
constexpr std::uint64_t kFewElements = 64;
// The first reads of a dataset go to libhdf5 when they are no larger, and one of elements that lie
// side by side always.
constexpr std::uint64_t kSmallBytes = 64U << 10;
constexpr unsigned kSmallFirstReads = 2;
// Less is not shared out: waking a thread costs as much.
constexpr std::uint64_t kSharedBytes = 512U << 10;

/// All that a read needs.
struct Plan {
    std::shared_ptr<StoredDataset> stored;
    std::shared_ptr<const MemoryForm> form;
    ChunkedSelection parts;
    StoredElements elements;
};

bool is_one_piece(const Selection& selection) {
    return selection.kind() != SelectionKind::points && selection.kind() != SelectionKind::list &&
           std::ranges::all_of(selection.stride(), [](std::uint64_t n) { return n == 1; });
}

// Whether libhdf5 is as fast.
bool is_small(const Selection& selection, const StorageFacts& facts) {
    const std::uint64_t bytes = selection.element_count() * facts.element_size;
    return bytes <= kSmallBytes && !facts.pipeline && is_one_piece(selection);
}

std::optional<Plan> make_plan(const Request& request, bool eager, Refusal& refusal) {
    const auto refuse = [&](Refusal why) {
        refusal = why;
        return std::nullopt;
    };
    const Selection& selection = request.selection;
    const std::uint64_t count = selection.element_count();
    if (count == 0 || (!eager && count <= kFewElements)) {
        return refuse(Refusal::small);
    }
    if (request.dxpl != hdf5::kDefault) {
        const Datatype& type = request.dataset.type();  // its heaps are read with such a list
        return refuse(type.has_variable_length() ? Refusal::variable_length
                                                 : Refusal::transfer_properties);
    }
    if (!eager && request.dataset.is_new_to_direct_reads(kSmallFirstReads) &&
        count <= kSmallBytes / 8) {
        return refuse(Refusal::small);
    }
    std::shared_ptr<StoredDataset> stored = request.dataset.stored();
    const StorageFacts& facts = stored->facts();
    if (facts.refusal != Refusal::none) {
        return refuse(facts.refusal);
    }
    if (!eager && is_small(selection, facts)) {
        return refuse(Refusal::small);
    }
    std::shared_ptr<const MemoryForm> form =
        stored->memory_form(request.dataset, request.memory_type);
    if (form == nullptr) {
        return refuse(Refusal::conversion);
    }
    ChunkedSelection parts(selection, facts.chunk);
    StoredElements elements = stored->locate(request.dataset, selection, parts, eager, refusal);
    if (refusal != Refusal::none) {
        return std::nullopt;
    }
    return Plan{std::move(stored), std::move(form), std::move(parts), std::move(elements)};
}

void carry_out(const Plan& plan, const Selection& selection, void* memory) {
    const StorageFacts& facts = plan.stored->facts();
    const ChunkReader reader(
        {facts, plan.elements, plan.parts, plan.stored->cache()},
        {plan.form->conversion, plan.form->fill_value, static_cast<std::byte*>(memory)});
    const std::uint64_t bytes = facts.pipeline ? plan.parts.size() * facts.chunk_bytes
                                               : selection.element_count() * facts.element_size;
    const auto read_one = [&](std::size_t i) { reader.read(i); };
    if (bytes < kSharedBytes) {
        core::serial_for(plan.parts.size(), read_one);
    } else {
        core::parallel_for(plan.parts.size(), read_one);
    }
    io_stats().chunks.fetch_add(plan.parts.size(), std::memory_order_relaxed);
}

// libhdf5 decides whether something is wrong; we can say better what.
void read_after_failure(const Request& request, void* memory, const Error& failure) {
    io_stats().failed_reads.fetch_add(1);
    try {
        LibraryEngine().read(request, memory);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::io && failure.code() == ErrorCode::io) {
            throw Error(ErrorCode::io,
                        std::string(error.what()) + "; " + failure.what(),
                        error.system_errno());
        }
        throw;
    }
}

}  // namespace

Refusal DirectEngine::try_read(const Request& request, void* memory, bool eager) const {
    Refusal refusal = Refusal::none;
    try {
        const std::optional<Plan> plan = make_plan(request, eager, refusal);
        if (!plan) {
            return refusal;
        }
        carry_out(*plan, request.selection, memory);
        if (plan->stored->still_true(plan->elements)) {
            io_stats().direct_reads.fetch_add(1, std::memory_order_relaxed);
            return Refusal::none;
        }
    } catch (const Error& failure) {
        read_after_failure(request, memory, failure);
        return Refusal::none;
    }
    io_stats().overtaken_reads.fetch_add(1);
    LibraryEngine().read(request, memory);
    return Refusal::none;
}

Refusal DirectEngine::refusal_of(const Request& request, bool eager) const {
    Refusal refusal = Refusal::none;
    make_plan(request, eager, refusal);
    return refusal;
}

std::string DirectEngine::refusal(const Request& request) const {
    return std::string(describe(refusal_of(request, false)));
}

void DirectEngine::read(const Request& request, void* memory) const {
    const Refusal refusal = try_read(request, memory, true);
    if (refusal != Refusal::none) {
        throw Error(ErrorCode::unsupported, std::string(describe(refusal)));
    }
}

void DirectEngine::write(const Request& /*request*/, const void* /*memory*/) const {
    throw Error(ErrorCode::unsupported, "the direct engine does not write");
}

}  // namespace hyperslab::engine
