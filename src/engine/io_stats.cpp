#include "engine/io_stats.hpp"

namespace hyperslab::engine {

IoStats& io_stats() {
    static IoStats stats;
    return stats;
}

void reset_io_stats() {
    IoStats& stats = io_stats();
    for (IoStats::Counter* counter : {&stats.direct_reads,
                                      &stats.library_reads,
                                      &stats.chunks,
                                      &stats.cached_chunks,
                                      &stats.fetched_bytes,
                                      &stats.decoded_bytes,
                                      &stats.overtaken_reads,
                                      &stats.failed_reads}) {
        *counter = 0;
    }
    for (IoStats::Counter& counter : stats.refusals) {
        counter = 0;
    }
}

}  // namespace hyperslab::engine
