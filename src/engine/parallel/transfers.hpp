// Transfers of parallel files (driver mpio), which other processes change too.
//
// Where the file system allows it, each process writes its own elements, without filters, past
// MPI-IO, and encodes and writes the filtered chunks that it has whole. All else is libhdf5's and
// MPI-IO's, which decides how the processes share the work. What is collective is one call on each
// process, whatever it has to transfer: the processes agree on the way, elements that are broadcast
// are repeated in memory first, and who has nothing transfers nothing. Elements are converted here,
// so that libhdf5 meets its own type only: a conversion of its own would make each process write by
// itself.
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

/// Is called before a collective H5Dwrite of one dataset that is not write_in_parallel(), so that
/// processes that call that one go the same way.
void write_by_library_together(hdf5::Id dataset, hdf5::Id dxpl);

/// Counts a collective transfer that libhdf5 has done, and says on stderr (HYPERSLAB_VERBOSE) why
/// it was independent after all, where it was.
void count_transfer(hdf5::Id dataset, hdf5::Id dxpl);

/// Takes part in a collective write with no element, so that nobody waits for this process.
void write_nothing(OpenDataset& dataset, hdf5::Id dxpl);

enum class Direction { read, write };

/// Takes part in a collective transfer with no element after this process has failed. What fails
/// here is not told: the first failure is.
void take_part_with_nothing(OpenDataset& dataset, hdf5::Id dxpl, Direction direction) noexcept;

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
            take_part_with_nothing(dataset, dxpl, direction);
        }
        throw;
    }
}

}  // namespace hyperslab::engine
