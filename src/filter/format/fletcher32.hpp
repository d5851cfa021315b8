// Fletcher's checksum over big-endian 16-bit words, as HDF5 appends it to a chunk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hyperslab::filter {

/// The checksum: the second sum in the upper half, the first sum in the lower. Each is 0 only for
/// zeros.
std::uint32_t fletcher32(std::span<const std::byte> bytes);

}  // namespace hyperslab::filter
