// Each rank writes its rows of one dataset, and reads those of the next rank.
//
//     mpirun -n 4 collective_write              one file
//     mpirun -n 4 collective_write --subfiling  a file whose bytes lie in two subfiles
//
// hyperslab's headers know nothing of mpi.h: a communicator is given as it is.
#include <mpi.h>

#include <cstdint>
#include <hyperslab/hyperslab.hpp>
#include <iostream>
#include <string_view>
#include <vector>

namespace hs = hyperslab;

namespace {

hs::File create_file(bool in_subfiles) {
    const hs::Mpio all(MPI_COMM_WORLD);
    if (in_subfiles) {
        const hs::Subfiling subfiling{.processes = all, .stripe_bytes = 4096, .subfiles = 2};
        return {"collective.h5", hs::Mode::create, subfiling};
    }
    return {"collective.h5", hs::Mode::create, all};
}

void write_and_read(hs::File file, std::uint64_t rank, std::uint64_t size) {
    constexpr std::uint64_t kRows = 100;
    constexpr std::uint64_t kColumns = 10;
    // All ranks create it; what is double in memory becomes float before it is shared.
    auto dataset = file.create_dataset<float>("x", {kRows * size, kColumns});
    const std::vector<double> mine(kRows * kColumns, static_cast<double>(rank));
    {
        const hs::Collective together(dataset);
        dataset.write(mine, {hs::slice(rank * kRows, (rank + 1) * kRows)});
    }
    file.flush();
    const std::uint64_t next = (rank + 1) % size;
    const auto theirs = dataset.read<double>({hs::slice(next * kRows, (next + 1) * kRows)});
    const bool right = theirs(0, 0) == static_cast<double>(next);
    std::cout << "rank " << rank << (right ? " reads what the next one wrote\n" : " is wrong\n");
    file.close();
}

}  // namespace

int main(int argc, char** argv) {
    const bool in_subfiles = argc > 1 && std::string_view(argv[1]) == "--subfiling";
    // The threads that write subfiles call MPI too.
    int threads = MPI_THREAD_SINGLE;
    MPI_Init_thread(&argc, &argv, in_subfiles ? MPI_THREAD_MULTIPLE : MPI_THREAD_SINGLE, &threads);
    int rank = 0;
    int size = 1;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    try {
        write_and_read(create_file(in_subfiles),
                       static_cast<std::uint64_t>(rank),
                       static_cast<std::uint64_t>(size));
    } catch (const hs::Error& error) {
        std::cerr << "rank " << rank << ": " << error.what() << '\n';
        MPI_Abort(MPI_COMM_WORLD, 1);
    }
    MPI_Finalize();
    return 0;
}
