// The processes of an MPI communicator, as a value.
//
// The communicator itself is another's (hdf5/drivers/mpi_files.hpp); it has to live as long as this
// is used.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hyperslab::parallel {

class Communicator {
public:
    /// \param handle  the MPI handle as a number
    explicit Communicator(std::uintptr_t handle) : handle_(handle) {}

    int rank() const;
    int size() const;

    /// Sends a text to all processes, and waits for theirs. A text is cut after `length` bytes.
    /// \param round  the number of the exchange, the same on all processes
    /// \returns the texts by rank; nothing for a process that has not come within `patience`. What
    /// is
    ///     still under way then stays so, and no other exchange may follow
    /// \throws Error (io) when MPI fails
    std::vector<std::optional<std::string>> exchange(const std::string& text,
                                                     std::size_t length,
                                                     unsigned round,
                                                     std::chrono::milliseconds patience) const;

    /// The numbers of all processes, by rank; each may give another count of them. Every process
    /// has to come.
    /// \throws Error (io) when MPI fails
    std::vector<std::vector<std::uint64_t>> gather(const std::vector<std::uint64_t>& numbers) const;

    /// Gives each process its parcel, and returns the parcels for this one, by the rank of who sent
    /// them. Every process has to come.
    /// \param parcels  by rank
    /// \throws Error (io) when MPI fails
    std::vector<std::vector<std::byte>> deliver(
        const std::vector<std::vector<std::byte>>& parcels) const;

private:
    [[maybe_unused]] std::uintptr_t handle_;  // a build without MPI only keeps it
};

}  // namespace hyperslab::parallel
