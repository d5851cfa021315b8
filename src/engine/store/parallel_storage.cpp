#include "engine/store/parallel_storage.hpp"

#include "core/checked.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/changes/extent_changes.hpp"
#include "selection/grid.hpp"

namespace hyperslab::engine {

namespace h5d = hdf5::h5d;

ParallelStorage::ParallelStorage(DatasetFacts& dataset) : stored_(dataset, FactsFor::parallel) {}

const hdf5::ParallelAccess& ParallelStorage::access(DatasetFacts& dataset) {
    access_ = hdf5::parallel_access(dataset.id()).value_or(hdf5::ParallelAccess{});
    return access_;
}

bool ParallelStorage::locate(DatasetFacts& dataset) {
    const std::uint64_t now = hdf5::extent_changes();
    if (located_at_ != now) {
        has_places_ = find_out(dataset);
        located_at_ = now;
    }
    return has_places_;
}

bool ParallelStorage::find_out(DatasetFacts& dataset) {
    if (!facts().chunked) {
        const bool stored = h5d::storage_size(dataset.id()) != 0;
        const auto found = stored ? h5d::offset(dataset.id()) : std::nullopt;
        address_ = found.value_or(0);
        return found.has_value();
    }
    const std::shared_ptr<const Extent> extent = dataset.extent();
    addresses_.clear();
    for (const auto& chunk : h5d::stored_chunks(dataset.id(), extent->dims, facts().chunk)) {
        if (chunk.number != addresses_.size()) {
            return false;
        }
        addresses_.push_back(chunk.address);
    }
    return addresses_.size() == selection::Grid(extent->dims, facts().chunk).size();
}

std::uint64_t ParallelStorage::address(const selection::ChunkedSelection& parts,
                                       std::size_t i) const {
    return facts().chunked ? addresses_[parts.number(i)]
                           : address_ + parts.first_element(i) * facts().element_size;
}

}  // namespace hyperslab::engine
