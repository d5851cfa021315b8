// Processes that mpirun or srun has started together, as their environment says.
//
// The programs need no MPI for it: what a process does follows from its number, and what several
// must not do at once the first one does alone.
#pragma once

namespace hyperslab::apps {

struct Ranks {
    int rank = 0;
    int size = 1;

    bool alone() const { return size == 1; }
    bool first() const { return rank == 0; }
};

/// Of Open MPI, MPICH and its relatives, or Slurm; one rank when none of them started the process.
Ranks ranks();

}  // namespace hyperslab::apps
