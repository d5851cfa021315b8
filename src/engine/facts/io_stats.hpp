// Counters of what the engines have done so far in this process.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "engine/facts/refusal.hpp"

namespace hyperslab::engine {

struct IoStats {
    using Counter = std::atomic<std::uint64_t>;

    Counter direct_reads{0};
    Counter library_reads{0};
    Counter chunks{0};         ///< touched by direct reads
    Counter cached_chunks{0};  ///< of the touched chunks, those found decoded
    Counter fetched_bytes{0};  ///< from the file, by direct reads
    Counter decoded_bytes{0};
    Counter overtaken_reads{0};  ///< read again by libhdf5, as something was written meanwhile
    Counter failed_reads{0};     ///< read again by libhdf5, as the direct read failed
    Counter direct_writes{0};
    Counter library_writes{0};
    Counter encoded_chunks{0};        ///< by direct writes
    Counter rewritten_chunks{0};      ///< of those, read first, as they were written in part
    Counter encoded_bytes{0};         ///< before they were encoded
    Counter stored_bytes{0};          ///< after that
    Counter failed_writes{0};         ///< direct, then anew by libhdf5: something was wrong
    Counter collective_transfers{0};  ///< of parallel files
    Counter independent_instead{0};   ///< of those, by each process for itself after all
    /// Of those, by the bit of the cause that libhdf5 gives (h5p::describe_no_collective_cause).
    std::array<Counter, 9> causes{};
    std::array<Counter, kRefusals> refusals{};
};

IoStats& io_stats();
void reset_io_stats();

}  // namespace hyperslab::engine
