#include "engine/library/library_call.hpp"

#include <algorithm>

#include "engine/facts/collective.hpp"
#include "engine/library/select.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/call/lock.hpp"

namespace hyperslab::engine {
namespace {

namespace h5d = hdf5::h5d;
using hdf5::Id;

// "All" means the extent of this moment, which a resize may have changed since the selection was
// resolved and its memory allocated. So it is used only where the extent cannot change.
Id file_space_for(const Request& request) {
    if (request.dataset.has_fixed_extent() && request.selection.is_whole()) {
        return hdf5::kAll;
    }
    const Id space = request.dataset.scratch_file_space();
    apply_selection(request.selection, space);
    return space;
}

h5d::Transfer transfer_for(const Request& request) {
    h5d::Transfer transfer{.memory_type = request.memory_type,
                           .dxpl = transfer_list_of(request.dataset, request.dxpl)};
    transfer.file_space = file_space_for(request);
    if (transfer.file_space != hdf5::kAll) {
        transfer.memory_space =
            request.dataset.scratch_memory_space(request.selection.memory_shape());
    }
    return transfer;
}

}  // namespace

// libhdf5 reports an error for a selection that lies outside, but accepts one in another extent.
// The lock is held.
void require_extent(const Request& request) {
    OpenDataset& dataset = request.dataset;
    if (!dataset.has_fixed_extent() &&
        !std::ranges::equal(dataset.extent()->dims, request.selection.extent())) {
        throw ExtentChanged();
    }
}

void call_read(const Request& request, void* memory) {
    const hdf5::LockGuard guard;
    require_extent(request);
    h5d::read(request.dataset.id(), transfer_for(request), memory);
}

void call_write(const Request& request, const void* memory) {
    const hdf5::LockGuard guard;
    require_extent(request);
    h5d::write(request.dataset.id(), transfer_for(request), memory);
}

}  // namespace hyperslab::engine
