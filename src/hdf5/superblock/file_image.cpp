#include "hdf5/superblock/file_image.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "core/little_endian.hpp"

namespace hyperslab::hdf5 {
namespace {

constexpr std::size_t kVersionAt = 8;     // after the signature
constexpr std::size_t kOffsetSizeAt = 9;  // from version 2 on, like the places below
constexpr std::size_t kAddressesAt = 12;  // base, extension, end of file, root group
constexpr std::size_t kAddresses = 4;

/// The three words of Bob Jenkins' hash "lookup3", by which HDF5 sums up its metadata.
struct Words {
    std::uint32_t a;
    std::uint32_t b;
    std::uint32_t c;

    void add(std::span<const std::byte> twelve) {
        a += core::load_little_endian<std::uint32_t>(twelve.data());
        b += core::load_little_endian<std::uint32_t>(twelve.data() + 4);
        c += core::load_little_endian<std::uint32_t>(twelve.data() + 8);
    }

    void mix() {
        const auto step = [](std::uint32_t& x, std::uint32_t& y, std::uint32_t& z, int by) {
            x = (x - z) ^ std::rotl(z, by);
            z += y;
        };
        step(a, b, c, 4);
        step(b, c, a, 6);
        step(c, a, b, 8);
        step(a, b, c, 16);
        step(b, c, a, 19);
        step(c, a, b, 4);
    }

    void finish() {
        const auto step = [](std::uint32_t& x, std::uint32_t y, int by) {
            x = (x ^ y) - std::rotl(y, by);
        };
        step(c, b, 14);
        step(a, c, 11);
        step(b, a, 25);
        step(c, b, 16);
        step(a, c, 4);
        step(b, a, 14);
        step(c, b, 24);
    }
};

std::uint32_t checksum(std::span<const std::byte> bytes) {
    constexpr std::size_t kBlock = 12;
    const std::uint32_t start = 0xdeadbeef + static_cast<std::uint32_t>(bytes.size());
    Words words{start, start, start};
    for (; bytes.size() > kBlock; bytes = bytes.subspan(kBlock)) {
        words.add(bytes.first(kBlock));
        words.mix();
    }
    std::array<std::byte, kBlock> last{};
    std::ranges::copy(bytes, last.begin());
    words.add(last);
    words.finish();
    return words.c;
}

}  // namespace

void renew_superblock_checksum(std::span<std::byte> image) {
    if (image.size() <= kAddressesAt || image[kVersionAt] < std::byte{2}) {
        return;  // versions 0 and 1 have no checksum
    }
    const std::size_t size =
        kAddressesAt + kAddresses * std::to_integer<std::size_t>(image[kOffsetSizeAt]);
    if (image.size() < size + sizeof(std::uint32_t)) {
        return;
    }
    const std::uint32_t sum = checksum(image.first(size));
    for (std::size_t i = 0; i < sizeof sum; ++i) {
        image[size + i] = static_cast<std::byte>(sum >> (8 * i));
    }
}

}  // namespace hyperslab::hdf5
