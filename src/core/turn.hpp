// One turn of a loop that several threads share, as thread_pool.hpp and helper_pool.hpp know it.
#pragma once

#include <cstddef>
#include <functional>

namespace hyperslab::core {

/// What a loop does for one number.
using Turn = std::function<void(std::size_t)>;

}  // namespace hyperslab::core
