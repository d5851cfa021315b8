#include "hyperslab/chunk_range.hpp"

#include <algorithm>

#include "hyperslab/error.hpp"

namespace hyperslab {

ChunkRange::ChunkRange(const Selection& box, Shape chunk)
    : extent_(box.extent().begin(), box.extent().end()), shape_(std::move(chunk)) {
    const bool regular = box.kind() == SelectionKind::all || box.kind() == SelectionKind::hyperslab;
    if (!regular || box.rank() != shape_.size()) {
        throw Error(ErrorCode::invalid_argument,
                    "Chunks are walked through for positions and slices, not for lists or masks");
    }
    for (std::size_t d = 0; d < box.rank(); ++d) {
        const bool dense = box.count()[d] <= 1 || box.stride()[d] == box.block()[d];
        if (!dense || shape_[d] == 0) {
            throw Error(ErrorCode::invalid_argument,
                        "Chunks are walked through for slices without a step");
        }
        start_.push_back(box.start()[d]);
        stop_.push_back(box.start()[d] + box.count()[d] * box.block()[d]);
    }
}

ChunkRange::Iterator ChunkRange::begin() const {
    Iterator begin;
    begin.range_ = this;
    begin.at_end_ = false;
    for (std::size_t d = 0; d < shape_.size(); ++d) {
        begin.chunk_.push_back(start_[d] / shape_[d]);
        begin.at_end_ = begin.at_end_ || start_[d] == stop_[d];
    }
    return begin;
}

Selection ChunkRange::Iterator::operator*() const {
    const ChunkRange& range = *range_;
    Shape start(chunk_.size());
    Shape count(chunk_.size());
    for (std::size_t d = 0; d < chunk_.size(); ++d) {
        start[d] = std::max(range.start_[d], chunk_[d] * range.shape_[d]);
        // It is not (chunk + 1) * shape, which may not fit 64 bits.
        count[d] = std::min(range.stop_[d] - start[d],
                            range.shape_[d] - (start[d] - chunk_[d] * range.shape_[d]));
    }
    const Shape ones(chunk_.size(), 1);
    return Selection::hyperslab(range.extent_, start, ones, count, ones);
}

ChunkRange::Iterator& ChunkRange::Iterator::operator++() {
    const ChunkRange& range = *range_;
    for (std::size_t d = chunk_.size(); d-- > 0;) {
        if (chunk_[d] < (range.stop_[d] - 1) / range.shape_[d]) {
            ++chunk_[d];
            return *this;
        }
        chunk_[d] = range.start_[d] / range.shape_[d];
    }
    at_end_ = true;
    return *this;
}

}  // namespace hyperslab
