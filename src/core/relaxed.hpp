// A number that threads read and write as they like, each time whole. It orders nothing else.
//
// Unlike std::atomic it is copied with what contains it, which is only done while that is one
// thread's own.
#pragma once

#include <atomic>

namespace hyperslab::core {

template <class T>
class Relaxed {
public:
    constexpr Relaxed(T value) noexcept : value_(value) {}  // stands for the value
    Relaxed(const Relaxed& other) noexcept : value_(other.get()) {}
    Relaxed& operator=(const Relaxed& other) noexcept { return *this = other.get(); }
    Relaxed& operator=(T value) noexcept {
        value_.store(value, std::memory_order_relaxed);
        return *this;
    }
    ~Relaxed() = default;

    T get() const noexcept { return value_.load(std::memory_order_relaxed); }
    operator T() const noexcept { return get(); }

    /// Of several threads that exchange at once, one gets the value that was there.
    T exchange(T value) noexcept { return value_.exchange(value, std::memory_order_relaxed); }

private:
    std::atomic<T> value_;
};

}  // namespace hyperslab::core
