#include "engine/parallel/together.hpp"

#include "hdf5/drivers/mpi_meetings.hpp"

namespace hyperslab::engine {

Agreed agree(hdf5::Id dataset, const Agreed& mine) {
    // One reduction: a way is open to all when it is closed to none.
    const auto closed = hdf5::meet(dataset,
                                   hdf5::Task::writing,
                                   {mine.way != Way::elements ? 1U : 0U,
                                    mine.way != Way::chunks ? 1U : 0U,
                                    mine.rounds,
                                    mine.in_part ? 1U : 0U});
    if (closed[0] == 0) {
        return {.way = Way::elements};
    }
    return closed[1] == 0
               ? Agreed{.way = Way::chunks, .rounds = closed[2], .in_part = closed[3] != 0}
               : Agreed{};
}

}  // namespace hyperslab::engine
