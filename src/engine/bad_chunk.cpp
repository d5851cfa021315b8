#include "engine/bad_chunk.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "core/checked.hpp"
#include "engine/library/library_engine.hpp"
#include "engine/plan/plan_read.hpp"
#include "engine/read/chunk_reader.hpp"
#include "hdf5/types/h5t.hpp"
#include "hyperslab/error.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {
namespace {

using selection::ChunkedSelection;
using selection::ChunkRun;

// The maximum number of bytes and of chunks that are read to find out which chunk failed.
constexpr std::uint64_t kMaxBytes = 256U << 20;
constexpr std::uint64_t kMaxChunks = 10'000;

// A selection of one of the wanted elements of a chunk, for which libhdf5 decodes the whole chunk.
Selection one_element(const Request& request, const ChunkedSelection& parts, std::size_t i) {
    const Shape chunk = request.dataset.creation().chunk;
    std::optional<std::uint64_t> first;
    parts.for_each_run(i, [&](const ChunkRun& run) { first = first.value_or(run.from); });
    Shape place = parts.chunk_offset(i);
    for (std::size_t d = chunk.size(); d-- > 0;) {
        place[d] += *first % chunk[d];
        *first /= chunk[d];
    }
    return Selection::points(request.selection.extent(), place);
}

bool can_be_read(const Request& request, const Selection& element) {
    std::vector<std::byte> memory(hdf5::h5t::size(request.memory_type));
    try {
        read_by_library({request.dataset, element, request.memory_type, request.dxpl},
                        memory.data());
        return true;
    } catch (const Error&) {
        return false;
    }
}

// What is wrong with a chunk, as far as the direct engine finds out.
std::string cause(const Request& request, const Selection& element, const Shape& offset) {
    const std::string name = "chunk at " + to_string(offset) + ": ";
    const Request one{request.dataset, element, request.memory_type, request.dxpl};
    const auto plan = plan_read(one, true, Planning::to_know);
    if (!plan) {
        const bool filter = plan.error() == Refusal::filter;
        return name + (filter ? request.dataset.stored(Planning::to_know)->facts().detail
                              : "it cannot be read");
    }
    std::vector<std::byte> memory(plan->form->conversion.to_size());
    const ChunkReader reader(
        {plan->stored->facts(), plan->elements, plan->parts, plan->stored->cache()},
        {plan->form->conversion, plan->form->fill_value, memory.data()});
    try {
        reader.read(0);
    } catch (const Error& error) {
        return error.what();
    }
    return name + "libhdf5 cannot read it";
}

}  // namespace

std::string find_bad_chunk(const Request& request) {
    const Shape chunk = request.dataset.creation().chunk;
    if (chunk.empty()) {
        return {};
    }
    const ChunkedSelection parts(request.selection, chunk);
    const std::uint64_t bytes =
        core::checked_multiply(core::checked_product(chunk), request.dataset.type().size());
    const std::uint64_t most = std::min(kMaxChunks, kMaxBytes / std::max<std::uint64_t>(bytes, 1));
    for (std::size_t i = 0; i < parts.size() && i <= most; ++i) {
        const Selection element = one_element(request, parts, i);
        if (!can_be_read(request, element)) {
            return cause(request, element, parts.chunk_offset(i));
        }
    }
    return {};
}

}  // namespace hyperslab::engine
