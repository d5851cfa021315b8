#include "engine/explain/explain.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "engine/explain/advice.hpp"
#include "engine/explain/dataset_description.hpp"
#include "engine/facts/collective.hpp"
#include "engine/facts/engine_choice.hpp"
#include "engine/plan/plan_read.hpp"
#include "engine/read/chunk_reader.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/error.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {
namespace {

namespace h5d = hdf5::h5d;
using selection::ChunkedSelection;

void describe_read(const Request& request, ReadExplanation& told) {
    const hdf5::LockGuard guard;
    told.memory_type = to_string(hdf5::describe_type(request.memory_type));
    const bool same = hdf5::h5t::equal(request.dataset.type_id(), request.memory_type);
    told.conversion = same ? "none" : "library";
    told.result_shape = request.selection.result_shape();
    told.elements = request.selection.element_count();
    told.result_bytes = core::checked_multiply(told.elements, hdf5::h5t::size(request.memory_type));
}

double per_byte(std::uint64_t bytes, const ReadExplanation& told, std::size_t element_size) {
    return static_cast<double>(bytes) /
           static_cast<double>(std::max<std::uint64_t>(told.elements * element_size, 1));
}

void count(ReadExplanation& told, const ChunkReader::Cost& cost) {
    ++*(cost.chunk == ChunkReader::Chunk::missing  ? told.missing_chunks
        : cost.chunk == ChunkReader::Chunk::cached ? told.cached_chunks
                                                   : told.stored_chunks);
    *told.fetched_bytes += cost.fetched;
    *told.decoded_bytes += cost.decoded;
}

void begin_counting(const ChunkedSelection& parts, ReadExplanation& told) {
    told.grid_chunks = parts.grid_size();
    told.chunks = parts.size();
    told.stored_chunks = told.missing_chunks = told.cached_chunks = 0;
    told.fetched_bytes = told.decoded_bytes = 0;
}

void count_direct(const ReadPlan& plan, ReadExplanation& told, AdviceFacts& facts) {
    const ChunkReader reader(
        {plan.stored->facts(), plan.elements, plan.parts, plan.stored->cache()},
        {plan.form->conversion, plan.form->fill_value, nullptr});
    begin_counting(plan.parts, told);
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        try {
            count(told, reader.cost(i));
        } catch (const Error&) {  // a damaged chunk, which reading reports
            ++*told.stored_chunks;
        }
        facts.partial_chunks |= !plan.parts.is_covered(i);
    }
    *told.stored_chunks += *told.cached_chunks;
    const bool filtered = plan.stored->facts().pipeline.has_value();
    told.amplification =
        per_byte(filtered ? *told.decoded_bytes : *told.fetched_bytes, told, facts.element_size);
    if (!plan.stored->facts().chunked) {  // blocks are no chunks
        told.grid_chunks = told.chunks = told.stored_chunks = told.missing_chunks =
            told.cached_chunks = std::nullopt;
    }
}

// libhdf5 reads whole chunks, except for large unfiltered ones, of which it reads what it needs.
void count_library_chunks(const Request& request, ReadExplanation& told, AdviceFacts& facts) {
    const ChunkedSelection parts(request.selection, told.chunk_shape);
    begin_counting(parts, told);
    told.cached_chunks = std::nullopt;
    const bool filtered = !told.filters.empty();
    const bool in_pieces = !filtered && facts.chunk_bytes > facts.cache_bytes;
    const LoadedIndex index{std::make_shared<const std::vector<h5d::IndexedChunk>>(
        h5d::stored_chunks(request.dataset.id(), told.shape, told.chunk_shape))};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const h5d::IndexedChunk* const chunk = index.find(parts.number(i));
        if (chunk == nullptr) {
            ++*told.missing_chunks;
            continue;
        }
        ++*told.stored_chunks;
        *told.fetched_bytes += chunk->size;
        *told.decoded_bytes += filtered ? facts.chunk_bytes : 0;
        facts.partial_chunks |= !parts.is_covered(i);
    }
    if (in_pieces && *told.stored_chunks != 0) {
        told.fetched_bytes = std::min(*told.fetched_bytes, told.elements * facts.element_size);
    }
    told.amplification =
        per_byte(filtered ? *told.decoded_bytes : *told.fetched_bytes, told, facts.element_size);
}

void count_library(const Request& request, ReadExplanation& told, AdviceFacts& facts) {
    const CreationFacts* const creation = request.dataset.creation_if_known();
    if (creation == nullptr) {
        return;
    }
    switch (creation->layout) {
        case h5d::Layout::chunked:
            if (facts.refusal != Refusal::chunk_index) {
                count_library_chunks(request, told, facts);
            }
            break;
        case h5d::Layout::contiguous: {
            const hdf5::LockGuard guard;
            const bool written = creation->external || h5d::storage_size(request.dataset.id()) != 0;
            told.fetched_bytes = written ? told.elements * facts.element_size : 0;
            told.decoded_bytes = 0;
            break;
        }
        case h5d::Layout::compact:
            told.fetched_bytes = told.decoded_bytes = 0;
            break;
        case h5d::Layout::virtual_:
            break;
    }
}

std::string reason_for(Refusal refusal, const std::string& detail) {
    return std::string(describe(refusal)) + (detail.empty() ? "" : ": " + detail);
}

std::string detail_of(OpenDataset& dataset, Refusal refusal) {
    return refusal == Refusal::filter ? dataset.stored(Planning::to_know)->facts().detail : "";
}

void tell_direct(const Request& request,
                 const ReadPlan& plan,
                 ReadExplanation& told,
                 AdviceFacts& facts) {
    told.engine = "direct";
    told.reason = "nothing speaks against it";
    told.threads = threads_for(plan, request.selection);
    told.conversion = plan.form->conversion.is_copy() ? "none" : "direct";
    facts.cache_bytes = plan.stored->facts().cache_bytes;
    facts.element_size = plan.stored->facts().element_size;
    count_direct(plan, told, facts);
}

void tell_library(const Request& request, ReadExplanation& told, AdviceFacts& facts) {
    told.engine = "library";
    told.refusal = name_of(facts.refusal);
    told.reason = reason_for(facts.refusal, detail_of(request.dataset, facts.refusal));
    if (can_be_counted(request.selection, told.chunk_shape, told.elements)) {
        try {
            count_library(request, told, facts);
        } catch (const Error&) {  // a chunk index that is damaged, or that only a plug-in knows
            told.stored_chunks = told.missing_chunks = told.fetched_bytes = told.decoded_bytes =
                std::nullopt;
        }
    }
}

}  // namespace

ReadExplanation explain(const Request& asked) {
    Request request = asked;
    if (is_read_by_each(request.dataset)) {
        request.dxpl = hdf5::kDefault;  // as the read itself, which each rank does alone
    }
    ReadExplanation told;
    AdviceFacts facts{.selection = request.selection};
    const DatasetDescription description(request.dataset);
    description.put_into(told);
    facts.element_size = description.element_size;
    facts.chunk_bytes = description.chunk_bytes;
    facts.cache_bytes = description.cache_bytes;
    describe_read(request, told);
    if (told.elements == 0) {
        told.engine = "none";
        told.reason = "nothing is selected";
        return told;
    }
    const EngineChoice chosen = engine_choice();
    std::optional<ReadPlan> plan;
    if (chosen == EngineChoice::library) {
        facts.refusal = Refusal::forced;
    } else if (can_be_counted(request.selection, told.chunk_shape, told.elements)) {
        auto made = plan_read(request, chosen == EngineChoice::direct, Planning::to_know);
        if (made) {
            plan = std::move(*made);
        } else {
            facts.refusal = made.error();
        }
    } else {
        facts.refusal = request.dataset.stored(Planning::to_know)->facts().refusal;
    }
    if (plan) {
        tell_direct(request, *plan, told, facts);
    } else if (facts.refusal == Refusal::none) {
        told.engine = "direct";
        told.reason = "nothing speaks against it; there are too many chunks to count them";
        told.threads = core::thread_count();
    } else {
        tell_library(request, told, facts);
    }
    add_advice(facts, told);
    return told;
}

}  // namespace hyperslab::engine
