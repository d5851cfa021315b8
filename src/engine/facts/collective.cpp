#include "engine/facts/collective.hpp"

#include "engine/facts/engine_choice.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hdf5/property_lists/h5p_transfer.hpp"

namespace hyperslab::engine {

namespace h5p = hdf5::h5p;

bool is_read_by_each(DatasetFacts& dataset) {
    return dataset.is_parallel() && !dataset.is_changed_in_parallel() &&
           engine_choice() != EngineChoice::library;
}

bool is_collective(DatasetFacts& dataset, hdf5::Id dxpl) {
    const hdf5::Id list = dxpl == hdf5::kDefault ? dataset.transfer_list() : dxpl;
    return list != hdf5::kDefault && dataset.is_parallel() && !is_read_by_each(dataset) &&
           h5p::is_collective(list);
}

bool is_collective(hdf5::Id dataset, hdf5::Id dxpl) {
    return dxpl != hdf5::kDefault && hdf5::communicator_of(dataset) != 0 &&
           h5p::is_collective(dxpl);
}

hdf5::Id transfer_list_of(DatasetFacts& dataset, hdf5::Id dxpl) {
    return dxpl != hdf5::kDefault || is_read_by_each(dataset) ? dxpl : dataset.transfer_list();
}

}  // namespace hyperslab::engine
