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
    check({t.datasets.front()}, [&] {
        const CurrentTransfer current(t.dxpl);
        return H5Dread_multi(t.datasets.size(),
                             t.datasets.data(),
                             t.memory_types.data(),
                             t.memory_spaces.data(),
                             t.file_spaces.data(),
                             t.dxpl,
                             buffers.data());
    });
}

void write_multi(MultiTransfer t, std::vector<const void*> buffers) {
    if (t.datasets.empty()) {
        return;
    }
    meet_for(t, Task::writing_several);
    check({t.datasets.front()}, [&] {
        count_data_change();
        const TransferScope transfer;
        return H5Dwrite_multi(t.datasets.size(),
                              t.datasets.data(),
                              t.memory_types.data(),
                              t.memory_spaces.data(),
                              t.file_spaces.data(),
                              t.dxpl,
                              buffers.data());
    });
}

}  // namespace hyperslab::hdf5::h5d
