// H5D: transfers of several datasets in one call.

#include "hdf5/api/h5d.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/current_transfer.hpp"
#include "hdf5/changes/data_changes.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hdf5/drivers/mpi_meetings.hpp"
#include "hdf5/property_lists/h5p_transfer.hpp"

namespace hyperslab::hdf5::h5d {

namespace {

void meet_for(const MultiTransfer& t, Task task) {
    if (h5p::is_collective(t.dxpl)) {
        meet(t.datasets.front(), task);
    }
}

// Calls `transfer` with the number of its first dataset and how many it gets: all at once, but for
// the subfiling driver, with which libhdf5 does not transfer datasets together of which only some
// have filters.
template <class Function>
void transfer_in_turns(const MultiTransfer& t, Function&& transfer) {
    const bool one_by_one = h5p::is_collective(t.dxpl) && is_subfiled_file(t.datasets.front());
    const std::size_t step = one_by_one ? 1 : t.datasets.size();
    for (std::size_t i = 0; i < t.datasets.size(); i += step) {
        check({t.datasets[i]}, [&] { return transfer(i, step); });
    }
}

}  // namespace

void MultiTransfer::add(Id dataset, const Transfer& transfer) {
    datasets.push_back(dataset);
    memory_types.push_back(transfer.memory_type);
    memory_spaces.push_back(transfer.memory_space);
    file_spaces.push_back(transfer.file_space);
}

void read_multi(MultiTransfer t, std::vector<void*> buffers) {
    if (t.datasets.empty()) {
        return;
    }
    meet_for(t, Task::reading_several);
    transfer_in_turns(t, [&](std::size_t first, std::size_t count) {
        const CurrentTransfer current(t.dxpl);
        return H5Dread_multi(count,
                             &t.datasets[first],
                             &t.memory_types[first],
                             &t.memory_spaces[first],
                             &t.file_spaces[first],
                             t.dxpl,
                             &buffers[first]);
    });
}

void write_multi(MultiTransfer t, std::vector<const void*> buffers) {
    if (t.datasets.empty()) {
        return;
    }
    meet_for(t, Task::writing_several);
    transfer_in_turns(t, [&](std::size_t first, std::size_t count) {
        count_data_change();
        const TransferScope transfer;
        return H5Dwrite_multi(count,
                              &t.datasets[first],
                              &t.memory_types[first],
                              &t.memory_spaces[first],
                              &t.file_spaces[first],
                              t.dxpl,
                              &buffers[first]);
    });
}

}  // namespace hyperslab::hdf5::h5d
