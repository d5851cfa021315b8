// A number that several threads may read and write at any time. A reader sees a whole value, but
// nothing about the order of other reads and writes.
//
// Unlike std::atomic it can be copied, which is only done while one thread alone has what contains
// it.
#pragma once

#include <atomic>

namespace hyperslab::core {

template <class T>
class Relaxed {
public:
    constexpr Relaxed(T value) noexcept : value_(value) {}  // implicit: it stands for the value
    Relaxed(const Relaxed& other) noexcept : value_(other.get()) {}
    Relaxed& operator=(const Relaxed& other) noexcept { return *this = other.get(); }
    Relaxed& operator=(T value) noexcept {
        value_.store(value, std::memory_order_relaxed);
        return *this;
    }
    ~Relaxed() = default;

    T get() const noexcept { return value_.load(std::memory_order_relaxed); }
    operator T() const noexcept { return get(); }

    /// Exchanges the value. Of several threads that do so at once, one gets the value that was
    /// there.
    T exchange(T value) noexcept { return value_.exchange(value, std::memory_order_relaxed); }

private:
    std::atomic<T> value_;
};

}  // namespace hyperslab::core
