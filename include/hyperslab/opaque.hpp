// Opaque: N bytes that HDF5 stores and never interprets.
#pragma once

#include <array>
#include <cstddef>

namespace hyperslab {

/// An element of an opaque type. Its tag is the dataset's; to create one with a tag use
/// Datatype::opaque(N, tag).
template <std::size_t N>
struct Opaque {
    std::array<std::byte, N> bytes{};

    friend bool operator==(const Opaque&, const Opaque&) = default;
};

}  // namespace hyperslab
