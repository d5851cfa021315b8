#include "arrow/partitions.hpp"

#include <algorithm>

#include "core/checked.hpp"
#include "hdf5/api/h5d.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::arrow {
namespace {

// Data that compress well, or were never written, are many elements of few bytes. A byte of the
// file counts as at most this number of bytes of memory.
constexpr std::uint64_t kMaximumRatio = 64;

/// Equal steps of rows, with the stored bytes of each.
struct Steps {
    std::uint64_t rows = 1;          ///< of a step
    std::uint64_t memory_bytes = 0;  ///< of a step
    std::vector<std::uint64_t>
        stored{};  ///< bytes; empty when all steps have their bytes of memory
};

std::uint64_t row_bytes(engine::OpenDataset& dataset, const Shape& dims) {
    const Shape inner(dims.begin() + 1, dims.end());
    return core::checked_multiply(core::checked_product(inner),
                                  std::max<std::uint64_t>(1, dataset.type().size()));
}

std::uint64_t chunks_in(std::uint64_t length, std::uint64_t chunk) {
    return length / chunk + (length % chunk != 0 ? 1 : 0);
}

Steps steps_of(engine::OpenDataset& dataset, const Shape& dims) {
    const std::uint64_t bytes = row_bytes(dataset, dims);
    const engine::CreationFacts* const facts = dataset.creation_if_known();
    if (facts == nullptr || facts->layout != hdf5::h5d::Layout::chunked) {
        return {.memory_bytes = bytes};
    }
    const Shape& chunk = facts->chunk;
    Steps steps{.rows = chunk.front(),
                .memory_bytes = core::checked_multiply(bytes, chunk.front())};
    std::uint64_t across = 1;
    for (std::size_t d = 1; d < dims.size(); ++d) {
        across = core::checked_multiply(across, chunks_in(dims[d], chunk[d]));
    }
    steps.stored.resize(core::checked_size(chunks_in(dims.front(), chunk.front())));
    if (across != 0) {
        for (const hdf5::h5d::IndexedChunk& one :
             hdf5::h5d::stored_chunks(dataset.id(), dims, chunk)) {
            steps.stored.at(one.number / across) += one.size;
        }
    }
    return steps;
}

// Without chunks any row may be the last of a part.
std::vector<RowPart> equal_parts(std::uint64_t start,
                                 std::uint64_t stop,
                                 std::uint64_t row_bytes,
                                 std::uint64_t bytes) {
    std::vector<RowPart> parts;
    const std::uint64_t most =
        std::max<std::uint64_t>(1, bytes / std::max<std::uint64_t>(1, row_bytes));
    const std::uint64_t count = chunks_in(stop - start, most);
    for (std::uint64_t i = 0; i < count; ++i) {  // they differ by one row at most
        const std::uint64_t rows =
            (stop - start) / (count - i) + ((stop - start) % (count - i) != 0);
        parts.push_back({start, start + rows, rows * row_bytes});
        start += rows;
    }
    return parts;
}

}  // namespace

std::vector<RowPart> partition_rows(engine::OpenDataset& dataset,
                                    std::uint64_t start,
                                    std::uint64_t stop,
                                    std::uint64_t bytes) {
    const std::shared_ptr<const engine::Extent> extent = dataset.extent();
    if (extent->dims.empty()) {
        throw Error(ErrorCode::type_mismatch, "a dataset without an axis has no rows");
    }
    if (bytes == 0) {
        throw Error(ErrorCode::invalid_argument, "a partition has at least one byte");
    }
    stop = std::min(stop, extent->dims.front());
    if (start >= stop) {
        return {};
    }
    const Steps steps = steps_of(dataset, extent->dims);
    if (steps.stored.empty()) {
        return equal_parts(start, stop, steps.memory_bytes, bytes);
    }
    std::vector<RowPart> parts;
    std::uint64_t weight = 0;
    for (std::uint64_t row = start; row < stop;) {
        const std::uint64_t step = row / steps.rows;
        const std::uint64_t end = std::min(stop, (step + 1) * steps.rows);
        const std::uint64_t stored = steps.stored.at(step);
        const std::uint64_t added = std::max(stored, steps.memory_bytes / kMaximumRatio);
        if (parts.empty() || added > bytes - std::min(bytes, weight)) {
            parts.push_back({row, row, 0});
            weight = 0;
        }
        parts.back().stop = end;
        parts.back().stored_bytes += stored;
        weight += added;
        row = end;
    }
    return parts;
}

}  // namespace hyperslab::arrow
