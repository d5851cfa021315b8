#include "h5boss/raw/checksum.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace hyperslab::apps::h5boss::raw {
namespace {

constexpr std::size_t kBlock = 12;

/// The three words of the hash.
struct Words {
    std::array<std::uint32_t, 3> w;

    void add(const std::byte* bytes) {
        for (std::size_t i = 0; i < kBlock; ++i) {
            w[i / 4] += static_cast<std::uint32_t>(bytes[i]) << (8 * (i % 4));
        }
    }
    void mix() {
        constexpr std::array<int, 6> kTurns{4, 6, 8, 16, 19, 4};
        for (std::size_t i = 0; i < kTurns.size(); ++i) {
            std::uint32_t& x = w[i % 3];
            std::uint32_t& y = w[(i + 1) % 3];
            std::uint32_t& z = w[(i + 2) % 3];
            x = (x - z) ^ std::rotl(z, kTurns[i]);
            z += y;
        }
    }
    void finish() {
        constexpr std::array<int, 7> kTurns{14, 11, 25, 16, 4, 14, 24};
        for (std::size_t i = 0; i < kTurns.size(); ++i) {
            std::uint32_t& x = w[(i + 2) % 3];
            const std::uint32_t y = w[(i + 1) % 3];
            x = (x ^ y) - std::rotl(y, kTurns[i]);
        }
    }
};

}  // namespace

std::uint32_t checksum(std::span<const std::byte> bytes) {
    const std::uint32_t start = 0xdeadbeef + static_cast<std::uint32_t>(bytes.size());
    Words words{{start, start, start}};
    for (; bytes.size() > kBlock; bytes = bytes.subspan(kBlock)) {
        words.add(bytes.data());
        words.mix();
    }
    std::array<std::byte, kBlock> last{};
    std::copy(bytes.begin(), bytes.end(), last.begin());
    words.add(last.data());
    words.finish();
    return words.w[2];
}

}  // namespace hyperslab::apps::h5boss::raw
