#include "parallel/communicator.hpp"

#ifdef HYPERSLAB_WITH_MPI

#define OMPI_SKIP_MPICXX 1
#define MPICH_SKIP_MPICXX 1
#include <mpi.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <thread>

#include "hdf5/drivers/mpi_handle.hpp"

namespace hyperslab::parallel {
namespace {

// Between two looks at whether the others have come.
constexpr std::chrono::microseconds kPause{50};
// MPI promises this many tags at least.
constexpr unsigned kTags = 32767;

using hdf5::check_mpi;

MPI_Comm communicator(std::uintptr_t number) { return hdf5::mpi_handle<MPI_Comm>(number); }

/// What MPI works on until the exchange is complete; left to it when it never is.
struct Exchange {
    std::vector<char> sent;
    std::vector<std::vector<char>> received;
    std::vector<MPI_Request> sends;
    std::vector<MPI_Request> receives;
};

bool are_complete(std::vector<MPI_Request>& requests) {
    int done = 0;
    check_mpi(
        MPI_Testall(static_cast<int>(requests.size()), requests.data(), &done, MPI_STATUSES_IGNORE),
        "MPI_Testall");
    return done != 0;
}

bool has_arrived(MPI_Request& request) {
    int done = 0;
    check_mpi(MPI_Test(&request, &done, MPI_STATUS_IGNORE), "MPI_Test");
    return done != 0;
}

bool completes(Exchange& exchange, std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!are_complete(exchange.receives) || !are_complete(exchange.sends)) {
        if (std::chrono::steady_clock::now() >= end) {
            return false;
        }
        std::this_thread::sleep_for(kPause);
    }
    return true;
}

}  // namespace

int Communicator::rank() const {
    int rank = 0;
    check_mpi(MPI_Comm_rank(communicator(handle_), &rank), "MPI_Comm_rank");
    return rank;
}

int Communicator::size() const {
    int size = 1;
    check_mpi(MPI_Comm_size(communicator(handle_), &size), "MPI_Comm_size");
    return size;
}

std::vector<std::optional<std::string>> Communicator::exchange(
    const std::string& text,
    std::size_t length,
    unsigned round,
    std::chrono::milliseconds patience) const {
    const MPI_Comm comm = communicator(handle_);
    const auto processes = static_cast<std::size_t>(size());
    const int count = static_cast<int>(length);
    const int tag = static_cast<int>(round % kTags);
    auto exchange = std::make_unique<Exchange>();
    exchange->sent.assign(length, '\0');
    std::copy_n(text.begin(), std::min(text.size(), length), exchange->sent.begin());
    exchange->received.assign(processes, std::vector<char>(length));
    exchange->sends.resize(processes);
    exchange->receives.resize(processes);
    for (std::size_t i = 0; i < processes; ++i) {
        const int other = static_cast<int>(i);
        check_mpi(MPI_Irecv(exchange->received[i].data(),
                            count,
                            MPI_CHAR,
                            other,
                            tag,
                            comm,
                            &exchange->receives[i]),
                  "MPI_Irecv");
        check_mpi(
            MPI_Isend(
                exchange->sent.data(), count, MPI_CHAR, other, tag, comm, &exchange->sends[i]),
            "MPI_Isend");
    }
    const bool complete = completes(*exchange, patience);
    std::vector<std::optional<std::string>> texts(processes);
    for (std::size_t i = 0; i < processes; ++i) {
        const std::vector<char>& received = exchange->received[i];
        if (complete || has_arrived(exchange->receives[i])) {
            texts[i].emplace(received.begin(), std::ranges::find(received, '\0'));
        }
    }
    if (!complete) {
        // MPI may still write there.
        exchange.release();  // NOLINT(bugprone-unused-return-value)
    }
    return texts;
}

std::vector<std::vector<std::uint64_t>> Communicator::gather(
    const std::vector<std::uint64_t>& numbers) const {
    const MPI_Comm comm = communicator(handle_);
    const int mine = static_cast<int>(numbers.size());
    std::vector<int> counts(static_cast<std::size_t>(size()));
    check_mpi(MPI_Allgather(&mine, 1, MPI_INT, counts.data(), 1, MPI_INT, comm), "MPI_Allgather");
    std::vector<int> places(counts.size());
    std::exclusive_scan(counts.begin(), counts.end(), places.begin(), 0);
    std::vector<std::uint64_t> all(static_cast<std::size_t>(places.back() + counts.back()));
    check_mpi(MPI_Allgatherv(numbers.data(),
                             mine,
                             MPI_UINT64_T,
                             all.data(),
                             counts.data(),
                             places.data(),
                             MPI_UINT64_T,
                             comm),
              "MPI_Allgatherv");
    std::vector<std::vector<std::uint64_t>> by_rank;
    by_rank.reserve(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        by_rank.emplace_back(all.begin() + places[i], all.begin() + places[i] + counts[i]);
    }
    return by_rank;
}

namespace {

// MPI counts in int; a larger parcel is sent in slices, which arrive in their order.
constexpr std::size_t kSliceBytes = 1U << 30;
constexpr int kParcelTag = 32767;  // exchanges have others

// Calls action(place, bytes) for each slice of a parcel.
template <class Action>
void for_each_slice(std::size_t bytes, Action&& action) {
    for (std::size_t place = 0; place < bytes; place += kSliceBytes) {
        action(place, static_cast<int>(std::min(kSliceBytes, bytes - place)));
    }
}

}  // namespace

std::vector<std::vector<std::byte>> Communicator::deliver(
    const std::vector<std::vector<std::byte>>& parcels) const {
    const MPI_Comm comm = communicator(handle_);
    std::vector<std::uint64_t> sizes;
    sizes.reserve(parcels.size());
    for (const auto& parcel : parcels) {
        sizes.push_back(parcel.size());
    }
    std::vector<std::uint64_t> coming(sizes.size());
    check_mpi(MPI_Alltoall(sizes.data(), 1, MPI_UINT64_T, coming.data(), 1, MPI_UINT64_T, comm),
              "MPI_Alltoall");
    std::vector<std::vector<std::byte>> received(coming.size());
    std::vector<MPI_Request> requests;
    for (std::size_t i = 0; i < coming.size(); ++i) {
        const int other = static_cast<int>(i);
        received[i].resize(coming[i]);
        for_each_slice(coming[i], [&](std::size_t place, int count) {
            std::byte* const to = received[i].data() + place;
            check_mpi(
                MPI_Irecv(to, count, MPI_BYTE, other, kParcelTag, comm, &requests.emplace_back()),
                "MPI_Irecv");
        });
        for_each_slice(sizes[i], [&](std::size_t place, int count) {
            const std::byte* const from = parcels[i].data() + place;
            check_mpi(
                MPI_Isend(from, count, MPI_BYTE, other, kParcelTag, comm, &requests.emplace_back()),
                "MPI_Isend");
        });
    }
    check_mpi(MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE),
              "MPI_Waitall");
    return received;
}

}  // namespace hyperslab::parallel

#else

namespace hyperslab::parallel {

int Communicator::rank() const { return 0; }
int Communicator::size() const { return 1; }

std::vector<std::optional<std::string>> Communicator::exchange(
    const std::string& text,
    std::size_t length,
    unsigned /*round*/,
    std::chrono::milliseconds /*patience*/) const {
    return {text.substr(0, length)};
}

std::vector<std::vector<std::uint64_t>> Communicator::gather(
    const std::vector<std::uint64_t>& numbers) const {
    return {numbers};
}

std::vector<std::vector<std::byte>> Communicator::deliver(
    const std::vector<std::vector<std::byte>>& parcels) const {
    return parcels;
}

}  // namespace hyperslab::parallel

#endif
