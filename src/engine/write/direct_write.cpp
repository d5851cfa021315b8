#include "engine/write/direct_write.hpp"

#include "engine/facts/io_stats.hpp"
#include "engine/write/plan_write.hpp"
#include "engine/write/store_chunks.hpp"
#include "hdf5/call/lock.hpp"

namespace hyperslab::engine {

DirectWrite try_direct_write(const Request& request, const void* memory, bool eager) {
    const hdf5::LockGuard guard;
    const auto plan = plan_write(request, eager, Planning::to_read);
    if (!plan) {
        return plan.error().why == WriteRefusal::cached ? DirectWrite::cached
                                                        : DirectWrite::refused;
    }
    try {
        store_chunks(*plan, memory, request.dataset, Before::in_file);
    } catch (const NotMade&) {
        io_stats().failed_writes.fetch_add(1, std::memory_order_relaxed);
        return DirectWrite::refused;
    }
    return DirectWrite::done;
}

}  // namespace hyperslab::engine
