// Makes the plan of a read past libhdf5, or gives the reason why there is none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>

#include "engine/facts/planning.hpp"
#include "engine/facts/refusal.hpp"
#include "engine/plan/read_plan.hpp"
#include "engine/plan/request.hpp"

namespace hyperslab::engine {

/// \param eager  whether to plan also what would not be quicker than libhdf5
std::expected<ReadPlan, Refusal> plan_read(const Request& request, bool eager, Planning planning);

/// Whether a chunk is held decoded.
bool is_cached(const ReadPlan& plan, std::uint64_t number);

/// The minimum number of bytes of a read that is shared out among threads. Waking a thread costs as
/// much as processing that many bytes.
inline constexpr std::uint64_t kSharedBytes = 512U << 10;

/// The number of bytes that processors handle in a read: whole chunks when they are decoded, and
/// what lies between runs.
std::uint64_t bytes_through(const ReadPlan& plan, const Selection& selection);

/// The number of threads that read, with the caller.
std::size_t threads_for(const ReadPlan& plan, const Selection& selection);

}  // namespace hyperslab::engine
