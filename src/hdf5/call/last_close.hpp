// Who is asked before the last reference to an identifier is given up.
//
// Closing a parallel file is something that all of its processes do together, and the close that
// ends it may be that of a file or of the last object in it. The room "drivers" knows about that
// and is asked here; nobody is as long as there is no parallel file.
#pragma once

#include <atomic>

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

/// Is called with an identifier of one reference, under the library lock and while no call of
/// libhdf5 is active.
/// \returns false when the identifier has to stay: it is closed as the program ends
using LastCloseHook = bool (*)(Id id) noexcept;

namespace detail {
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
inline constinit std::atomic<LastCloseHook> last_close_hook{nullptr};
}  // namespace detail

inline void set_last_close_hook(LastCloseHook hook) {
    detail::last_close_hook.store(hook, std::memory_order_release);
}

/// Whether a reference may be given up now. The caller holds the library lock.
bool may_give_up(Id id) noexcept;

}  // namespace hyperslab::hdf5
