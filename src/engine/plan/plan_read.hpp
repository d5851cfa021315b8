// Makes the plan of a read past libhdf5, or says why there is none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>

#include "engine/facts/planning.hpp"
#include "engine/facts/refusal.hpp"
#include "engine/plan/read_plan.hpp"
#include "engine/plan/request.hpp"

namespace hyperslab::engine {

/// \param eager  plans also what is not worth while
std::expected<ReadPlan, Refusal> plan_read(const Request& request, bool eager, Planning planning);

/// Whether a chunk is there decoded.
bool is_cached(const ReadPlan& plan, std::uint64_t number);

/// Less passes the processors in a read that is not shared out: waking a thread costs as much.
inline constexpr std::uint64_t kSharedBytes = 512U << 10;

/// What passes the processors, in bytes: chunks whole when they are decoded, and what lies between
/// runs.
std::uint64_t bytes_through(const ReadPlan& plan, const Selection& selection);

/// Threads that read, the caller among them.
std::size_t threads_for(const ReadPlan& plan, const Selection& selection);

}  // namespace hyperslab::engine
