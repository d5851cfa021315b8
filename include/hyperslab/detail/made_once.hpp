// made_once: a value that is made at its first use, for any number of threads and across fork().
//
// Threads wait for the thread that makes a function-local static. In a child of fork() that thread
// may not exist, and they would wait forever. No thread waits here: several may make the value, and
// all of them use the one that was ready first.
#pragma once

#include <atomic>
#include <memory>
#include <type_traits>

namespace hyperslab::detail {

/// The value of make(), made when it is first asked for and never destroyed. Each type `Make` has
/// one value, so it must be a lambda that captures nothing.
template <class Make>
const std::invoke_result_t<Make>& made_once(Make make) {
    using Value = const std::invoke_result_t<Make>;
    static_assert(std::is_empty_v<Make>);
    static constinit std::atomic<Value*> made{nullptr};
    if (Value* const value = made.load(std::memory_order_acquire)) {
        return *value;
    }
    auto fresh = std::make_unique<Value>(make());
    Value* before = nullptr;
    return made.compare_exchange_strong(before, fresh.get()) ? *fresh.release() : *before;
}

}  // namespace hyperslab::detail
