// A value that is made when it is first asked for, on whichever thread comes first.
//
// Making it may run Python code, which may give up the interpreter's lock or come back here, and a
// free-threaded Python has no such lock. So nothing is locked meanwhile: two threads may both make
// a value, and all threads use the one that was ready first.
#pragma once

#include <atomic>
#include <memory>

namespace hyperslab::python {

template <class T>
class MadeOnce {
public:
    MadeOnce() = default;
    MadeOnce(MadeOnce&& other) noexcept : made_(other.made_.exchange(nullptr)) {}
    MadeOnce& operator=(MadeOnce&& other) noexcept {
        delete made_.exchange(other.made_.exchange(nullptr));
        return *this;
    }
    MadeOnce(const MadeOnce&) = delete;
    MadeOnce& operator=(const MadeOnce&) = delete;
    ~MadeOnce() { delete made_.load(std::memory_order_relaxed); }

    /// The value, or null when it has not been made.
    T* get_if() const { return made_.load(std::memory_order_acquire); }

    /// \param make  returns a std::unique_ptr<T>
    template <class Make>
    T& get(Make&& make) {
        T* const made = get_if();
        return made != nullptr ? *made : make_now(make);
    }

private:
    // It is a function of its own, so that asking for a value that exists costs next to nothing.
    template <class Make>
    [[gnu::noinline]] T& make_now(Make& make) {
        std::unique_ptr<T> fresh = make();
        T* before = nullptr;
        if (made_.compare_exchange_strong(before, fresh.get(), std::memory_order_acq_rel)) {
            return *fresh.release();
        }
        return *before;
    }

    std::atomic<T*> made_{nullptr};
};

}  // namespace hyperslab::python
