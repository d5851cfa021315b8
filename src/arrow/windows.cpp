#include "arrow/windows.hpp"

#include <algorithm>

#include "core/checked.hpp"

namespace hyperslab::arrow {
namespace {

// Small enough to stay in a core's cache while columns are made, large enough to keep threads busy.
constexpr std::uint64_t kWindow = 4U << 20;  // bytes

std::uint64_t chunk_rows(engine::OpenDataset& dataset) {
    const engine::CreationFacts* const facts = dataset.creation_if_known();
    return facts == nullptr || facts->chunk.empty() ? 1 : facts->chunk.front();
}

bool is_contiguous_rows(const Selection& selection) {
    const bool regular =
        selection.kind() == SelectionKind::all || selection.kind() == SelectionKind::hyperslab;
    return regular && selection.rank() > 0 &&
           (selection.count()[0] <= 1 || selection.stride()[0] == selection.block()[0]);
}

}  // namespace

std::uint64_t rows_of_size(engine::OpenDataset& dataset,
                           std::uint64_t bytes_of_row,
                           std::uint64_t bytes) {
    const std::uint64_t chunk = chunk_rows(dataset);
    const std::uint64_t rows =
        std::max<std::uint64_t>(1, bytes / std::max<std::uint64_t>(1, bytes_of_row));
    return rows <= chunk ? chunk : rows / chunk * chunk;
}

Windows::Windows(engine::OpenDataset& dataset, const Selection& selection, std::size_t element_size)
    : selection_(selection), divisible_(is_contiguous_rows(selection)) {
    if (!divisible_) {
        return;
    }
    const Shape shape = selection.memory_shape();
    if (core::checked_product(shape) == 0) {
        divisible_ = false;
        return;
    }
    first_ = selection.start()[0];
    end_ = first_ + shape[0];
    chunk_rows_ = chunk_rows(dataset);
    rows_ = rows_of_size(dataset, core::checked_product(shape) / shape[0] * element_size, kWindow);
}

Selection Windows::part(std::uint64_t first, std::uint64_t rows) const {
    Shape start(selection_.start().begin(), selection_.start().end());
    Shape stride(selection_.stride().begin(), selection_.stride().end());
    Shape count(selection_.count().begin(), selection_.count().end());
    Shape block(selection_.block().begin(), selection_.block().end());
    start[0] = first;
    stride[0] = block[0] = rows;
    count[0] = 1;
    return Selection::hyperslab(selection_.extent(), start, stride, count, block);
}

std::optional<Selection> Windows::next() {
    if (done_) {
        return std::nullopt;
    }
    if (!divisible_) {
        done_ = true;
        return selection_;
    }
    // The first part ends where a chunk does, and so do all others.
    const std::uint64_t border = (first_ / chunk_rows_) * chunk_rows_ + rows_;
    const std::uint64_t stop = std::min(end_, border);
    Selection next = part(first_, stop - first_);
    first_ = stop;
    done_ = first_ == end_;
    return next;
}

}  // namespace hyperslab::arrow
