// Transfers of parallel files (driver mpio), which other processes change too.
//
// libhdf5 does them, because MPI-IO decides how the processes share the work. What is collective is
// one call of libhdf5 on each process, whatever a process has to transfer: elements that are
// broadcast are repeated in memory first, and who has nothing transfers nothing. Elements are
// converted here, so that libhdf5 meets its own type only: a conversion of its own would make each
// process write by itself.
#pragma once

#include <cstdint>

#include "engine/facts/collective.hpp"  // IWYU pragma: export
#include "engine/facts/element_sink.hpp"
#include "engine/plan/request.hpp"
#include "hdf5/api/h5d.hpp"

namespace hyperslab::engine {

/// Reads `selection.memory_shape()` elements of a parallel file.
/// \throws ExtentChanged
void read_in_parallel(const Request& request, void* memory);
/// Reads elements that point to others, which libhdf5 converts.
/// \throws ExtentChanged
void read_in_parallel(const Request& request, ElementSink& sink);

/// Writes `selection.memory_shape()` elements of a parallel file.
/// \throws ExtentChanged
void write_in_parallel(const Request& request, const void* memory);

/// Takes part in a collective transfer with no element, so that nobody waits for this process.
void read_nothing(OpenDataset& dataset, hdf5::Id dxpl);
void write_nothing(OpenDataset& dataset, hdf5::Id dxpl);

enum class Direction { read, write };

/// Runs what reads or writes a dataset. Where that is collective and ends with an exception before
/// this process has taken part, the process takes part with no element, so that the others do not
/// wait for it; the exception goes on its way.
template <class Function>
auto taking_part(OpenDataset& dataset, hdf5::Id dxpl, Direction direction, Function&& function) {
    if (!is_collective(dataset, dxpl)) {
        return function();
    }
    const std::uint64_t begun = hdf5::h5d::transfers_begun();
    try {
        return function();
    } catch (...) {
        if (hdf5::h5d::transfers_begun() == begun) {
            direction == Direction::read ? read_nothing(dataset, dxpl)
                                         : write_nothing(dataset, dxpl);
        }
        throw;
    }
}

}  // namespace hyperslab::engine
