// The purpose for which a plan is made.
#pragma once

namespace hyperslab::engine {

/// Planning to read remembers how often a dataset was read, and how much was asked of a chunk
/// index. Planning to know leaves all of that as it is.
enum class Planning { to_read, to_know };

}  // namespace hyperslab::engine
