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
                                 std::uint64_t count) {
    std::vector<RowPart> parts;
    for (std::uint64_t i = 0; i < count; ++i) {  // they differ by one row at most
        const std::uint64_t rows =
            (stop - start) / (count - i) + ((stop - start) % (count - i) != 0);
        parts.push_back({start, start + rows, rows * row_bytes});
        start += rows;
    }
    return parts;
}

/// Calls `visit(rows of a step, weight of the step)` for the steps that have some of the rows.
template <class Visit>
void visit_steps(const Steps& steps, std::uint64_t start, std::uint64_t stop, Visit&& visit) {
    for (std::uint64_t row = start; row < stop;) {
        const std::uint64_t step = row / steps.rows;
        const std::uint64_t end = std::min(stop, (step + 1) * steps.rows);
        const std::uint64_t stored = steps.stored.at(step);
        visit(RowPart{row, end, stored},
              std::max<std::uint64_t>({1, stored, steps.memory_bytes / kMaximumRatio}));
        row = end;
    }
}

void add_step(std::vector<RowPart>& parts, const RowPart& step, bool in_new_part) {
    if (in_new_part) {
        parts.push_back(step);
    } else {
        parts.back().stop = step.stop;
        parts.back().stored_bytes += step.stored_bytes;
    }
}

/// \returns the dataset's extent
Shape require_rows(engine::OpenDataset& dataset) {
    const std::shared_ptr<const engine::Extent> extent = dataset.extent();
    if (extent->dims.empty()) {
        throw Error(ErrorCode::type_mismatch, "a dataset without an axis has no rows");
    }
    return extent->dims;
}

}  // namespace

std::vector<RowPart> partition_rows(engine::OpenDataset& dataset,
                                    std::uint64_t start,
                                    std::uint64_t stop,
                                    std::uint64_t bytes) {
    const Shape dims = require_rows(dataset);
    if (bytes == 0) {
        throw Error(ErrorCode::invalid_argument, "a partition has at least one byte");
    }
    stop = std::min(stop, dims.front());
    if (start >= stop) {
        return {};
    }
    const Steps steps = steps_of(dataset, dims);
    if (steps.stored.empty()) {
        const std::uint64_t most =
            std::max<std::uint64_t>(1, bytes / std::max<std::uint64_t>(1, steps.memory_bytes));
        return equal_parts(start, stop, steps.memory_bytes, chunks_in(stop - start, most));
    }
    std::vector<RowPart> parts;
    std::uint64_t in_part = 0;
    visit_steps(steps, start, stop, [&](const RowPart& step, std::uint64_t weight) {
        const bool is_full = parts.empty() || weight > bytes - std::min(bytes, in_part);
        add_step(parts, step, is_full);
        in_part = is_full ? weight : in_part + weight;
    });
    return parts;
}

std::vector<RowPart> parts_of_rows(engine::OpenDataset& dataset,
                                   std::uint64_t start,
                                   std::uint64_t stop,
                                   std::uint64_t count) {
    const Shape dims = require_rows(dataset);
    if (count == 0) {
        throw Error(ErrorCode::invalid_argument, "rows are in at least one part");
    }
    stop = std::min(stop, dims.front());
    if (start >= stop) {
        return {};
    }
    const Steps steps = steps_of(dataset, dims);
    if (steps.stored.empty()) {
        return equal_parts(start, stop, steps.memory_bytes, std::min(count, stop - start));
    }
    std::uint64_t total = 0;
    visit_steps(steps, start, stop, [&](const RowPart&, std::uint64_t weight) { total += weight; });
    // A part begins where its share of the whole does.
    std::vector<RowPart> parts;
    std::uint64_t before = 0;
    visit_steps(steps, start, stop, [&](const RowPart& step, std::uint64_t weight) {
        const double share = static_cast<double>(before) / static_cast<double>(total);
        const bool is_due = share * static_cast<double>(count) >= static_cast<double>(parts.size());
        add_step(parts, step, parts.size() < count && is_due);
        before += weight;
    });
    return parts;
}

}  // namespace hyperslab::arrow
