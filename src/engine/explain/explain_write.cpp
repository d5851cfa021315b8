#include "engine/explain/explain_write.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "engine/explain/dataset_description.hpp"
#include "engine/explain/write_advice.hpp"
#include "engine/facts/engine_choice.hpp"
#include "engine/parallel/explain_parallel.hpp"
#include "engine/write/plan_write.hpp"
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

void describe_values(const Request& request, WriteExplanation& told) {
    told.memory_type = to_string(hdf5::describe_type(request.memory_type));
    const bool same = hdf5::h5t::equal(request.dataset.type_id(), request.memory_type);
    told.conversion = same ? "none" : "library";
    told.value_shape = request.selection.result_shape();
    told.elements = request.selection.element_count();
    told.value_bytes = core::checked_multiply(told.elements, hdf5::h5t::size(request.memory_type));
}

// Wrong coordinates of chunks are of no use.
bool has_listable_chunks(OpenDataset& dataset) {
    return h5d::chunk_index(dataset.id()) != h5d::ChunkIndex::extensible_array ||
           dataset.extent()->max_dims.front() == kUnlimited;
}

// Both engines encode whole chunks, and decode those that they have only a part of.
void count_chunks(const Request& request,
                  const DatasetDescription& dataset,
                  WriteExplanation& told) {
    const ChunkedSelection parts(request.selection, dataset.chunk_shape);
    told.grid_chunks = parts.grid_size();
    told.chunks = parts.size();
    told.partial_chunks = 0;
    LoadedIndex index;
    if (has_listable_chunks(request.dataset)) {
        index.chunks = std::make_shared<const std::vector<h5d::IndexedChunk>>(
            h5d::stored_chunks(request.dataset.id(), dataset.shape, dataset.chunk_shape));
        told.stored_chunks = told.rewritten_chunks = told.decoded_bytes = 0;
    }
    const bool filtered = !dataset.filters.empty();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool in_part = !parts.is_covered(i);
        *told.partial_chunks += in_part ? 1 : 0;
        if (told.stored_chunks && index.find(parts.number(i)) != nullptr) {
            ++*told.stored_chunks;
            *told.rewritten_chunks += in_part ? 1 : 0;
        }
    }
    told.encoded_bytes = filtered ? parts.size() * dataset.chunk_bytes : 0;
    if (told.decoded_bytes) {
        told.decoded_bytes = filtered ? *told.rewritten_chunks * dataset.chunk_bytes : 0;
    }
    const std::uint64_t wanted = std::max<std::uint64_t>(told.elements * dataset.element_size, 1);
    if (filtered) {
        told.amplification = static_cast<double>(*told.encoded_bytes) / static_cast<double>(wanted);
    }
}

// What has no place in the file yet gets one when it is first written, and is filled then.
void count_fill(const Request& request, const DatasetDescription& dataset, WriteExplanation& told) {
    const bool fills = request.dataset.creation().writes_fill_value();
    const std::uint64_t all = core::checked_product(dataset.shape);
    const bool is_new = h5d::storage_size(request.dataset.id()) == 0;
    told.filled_bytes =
        fills && is_new && told.elements < all ? all * dataset.element_size : std::uint64_t{0};
}

void count(const Request& request, const DatasetDescription& dataset, WriteExplanation& told) {
    if (!can_be_counted(request.selection, dataset.chunk_shape, told.elements)) {
        return;
    }
    try {
        if (!dataset.chunk_shape.empty()) {
            count_chunks(request, dataset, told);
        } else if (told.layout == "contiguous") {
            count_fill(request, dataset, told);
        }
    } catch (const Error&) {  // a chunk index that is damaged, or that only a plug-in knows
        told.stored_chunks = told.rewritten_chunks = told.decoded_bytes = std::nullopt;
    }
}

void choose_engine(const Request& request, WriteExplanation& told, RefusedWrite& refused) {
    const EngineChoice chosen = engine_choice();
    refused.why = WriteRefusal::forced;
    if (chosen != EngineChoice::library) {
        const auto plan = plan_write(request, chosen == EngineChoice::direct, Planning::to_know);
        if (plan) {
            refused.why = WriteRefusal::none;
            told.engine = "direct";
            told.reason = "nothing speaks against it";
            told.threads = std::min(core::thread_count(), plan->parts.size());
            told.conversion = plan->conversion->is_copy() ? "none" : "direct";
            return;
        }
        refused = plan.error();
    }
    told.engine = "library";
    told.refusal = name_of(refused);
    told.reason = describe(refused);
}

// Of a parallel file.
void choose_way(const Request& request, WriteExplanation& told) {
    const ParallelWrite write = explain_parallel_write(request);
    told.engine = write.refusal.empty() ? "direct" : "library";
    told.refusal = write.refusal;
    told.reason = write.reason;
    told.conversion = write.converts_here && told.conversion != "none" ? "direct" : told.conversion;
}

}  // namespace

WriteExplanation explain_write(const Request& request) {
    const hdf5::LockGuard guard;
    WriteExplanation told;
    const DatasetDescription dataset(request.dataset);
    dataset.put_into(told);
    describe_values(request, told);
    if (told.elements == 0) {
        told.engine = "none";
        told.reason = "nothing is selected";
        return told;
    }
    RefusedWrite refused;
    if (request.dataset.is_changed_in_parallel()) {
        choose_way(request, told);
    } else {
        choose_engine(request, told, refused);
    }
    count(request, dataset, told);
    add_write_advice({dataset, request.selection, refused}, told);
    return told;
}

}  // namespace hyperslab::engine
