#include "engine/facts/io_stats.hpp"

namespace hyperslab::engine {

namespace {

constinit IoStats stats;

}  // namespace

IoStats& io_stats() { return stats; }

void reset_io_stats() {
    for (IoStats::Counter* counter : {&stats.direct_reads,
                                      &stats.library_reads,
                                      &stats.chunks,
                                      &stats.cached_chunks,
                                      &stats.fetched_bytes,
                                      &stats.decoded_bytes,
                                      &stats.overtaken_reads,
                                      &stats.failed_reads,
                                      &stats.direct_writes,
                                      &stats.library_writes,
                                      &stats.encoded_chunks,
                                      &stats.rewritten_chunks,
                                      &stats.encoded_bytes,
                                      &stats.stored_bytes,
                                      &stats.failed_writes,
                                      &stats.collective_transfers,
                                      &stats.independent_instead}) {
        *counter = 0;
    }
    for (IoStats::Counter& counter : stats.causes) {
        counter = 0;
    }
    for (IoStats::Counter& counter : stats.refusals) {
        counter = 0;
    }
}

}  // namespace hyperslab::engine
