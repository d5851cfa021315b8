#include "hdf5/changes/announce.hpp"

#include <cstdio>
#include <functional>

namespace hyperslab::hdf5 {

std::string fingerprint(const void* bytes, std::size_t size) {
    const std::string_view text(static_cast<const char*>(bytes), size);
    char digits[2 * sizeof(std::size_t) + 1];
    std::snprintf(digits, sizeof digits, "%016zx", std::hash<std::string_view>()(text));
    return digits;
}

}  // namespace hyperslab::hdf5
