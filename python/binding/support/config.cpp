#include "support/config.hpp"

#include <algorithm>
#include <atomic>
#include <list>
#include <utility>

#include "core/thread_safety.hpp"

namespace hyperslab::python {
namespace {

struct Configs {
    core::Mutex mutex;
    std::list<Config> all HYPERSLAB_GUARDED_BY(mutex){Config{}};
    std::atomic<const Config*> now{&all.front()};
};

Configs& configs = *new Configs;

}  // namespace

const Config& config() { return *configs.now.load(std::memory_order_acquire); }

void change_config(const std::function<void(Config&)>& change) {
    const core::MutexLock lock(configs.mutex);
    Config changed = config();
    change(changed);
    auto found = std::ranges::find(configs.all, changed);
    if (found == configs.all.end()) {
        found = configs.all.insert(found, std::move(changed));
    }
    configs.now.store(&*found, std::memory_order_release);
}

}  // namespace hyperslab::python
