// Sizes in words.
#pragma once

#include <cstdint>
#include <string>

namespace hyperslab::engine {

/// A number of bytes in words, as "1.5 MiB".
std::string size_text(std::uint64_t bytes);

}  // namespace hyperslab::engine
