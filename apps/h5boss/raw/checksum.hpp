// The checksum of HDF5's metadata: Bob Jenkins' lookup3, "hashlittle", which is in the public
// domain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hyperslab::apps::h5boss::raw {

std::uint32_t checksum(std::span<const std::byte> bytes);

}  // namespace hyperslab::apps::h5boss::raw
