#include "core/dialect.hpp"

#include <atomic>

namespace hyperslab::core {
namespace {

std::atomic<Dialect> current{Dialect::cpp};

}  // namespace

Dialect dialect() { return current.load(std::memory_order_relaxed); }
void set_dialect(Dialect dialect) { current.store(dialect, std::memory_order_relaxed); }

}  // namespace hyperslab::core
