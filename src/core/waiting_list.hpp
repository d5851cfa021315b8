// A list that any thread adds to at any time, and that is taken as a whole.
//
// It has no lock. Whoever adds to it may be in a destructor, or in a thread that a child of fork()
// does not have, and nobody must wait for such a thread.
#pragma once

#include <algorithm>
#include <atomic>
#include <utility>
#include <vector>

namespace hyperslab::core {

template <class T>
class WaitingList {
public:
    constexpr WaitingList() = default;
    WaitingList(const WaitingList&) = delete;
    WaitingList& operator=(const WaitingList&) = delete;
    ~WaitingList() { take(); }

    bool empty() const noexcept { return last_.load(std::memory_order_relaxed) == nullptr; }

    void add(T value) {
        auto* const added = new Item{std::move(value), last_.load(std::memory_order_relaxed)};
        while (!last_.compare_exchange_weak(
            added->before, added, std::memory_order_release, std::memory_order_relaxed)) {
        }
    }

    /// Takes all items, in the order in which they were added.
    std::vector<T> take() {
        std::vector<T> taken;
        Item* item = last_.exchange(nullptr, std::memory_order_acquire);
        while (item != nullptr) {
            taken.push_back(std::move(item->value));
            delete std::exchange(item, item->before);
        }
        std::ranges::reverse(taken);
        return taken;
    }

private:
    struct Item {
        T value;
        Item* before;
    };

    std::atomic<Item*> last_{nullptr};
};

}  // namespace hyperslab::core
