#include "engine/write/direct_write.hpp"

#include <memory>
#include <utility>

#include "engine/facts/io_stats.hpp"
#include "engine/write/store_chunks.hpp"
#include "hdf5/call/lock.hpp"

namespace hyperslab::engine {

DirectWrite write_directly(const Request& request, const void* memory, bool eager) {
    const hdf5::LockGuard guard;
    auto plan = plan_chunks(request, eager, Planning::to_read);
    if (!plan) {
        return {};
    }
    if (!eager && is_better_cached(*plan, request.selection)) {
        return {.cached = *std::move(plan)};
    }
    try {
        store_chunks(
            std::make_shared<const WritePlan>(*std::move(plan)), request, memory, Before::in_file);
    } catch (const NotMade&) {
        io_stats().failed_writes.fetch_add(1, std::memory_order_relaxed);
        return {};
    }
    return {DirectWrite::End::done};
}

}  // namespace hyperslab::engine
