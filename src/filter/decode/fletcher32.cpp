#include "filter/format/fletcher32.hpp"

#include <bit>
#include <cstring>

#include "filter/decode/decoder.hpp"

namespace hyperslab::filter {
namespace {

// The sums are taken modulo 65535, where swapping the bytes of a word is multiplying it by 256:
// words are summed as this machine reads them, and the result is swapped if it must be. So the
// inner loop is additions only.

constexpr std::uint64_t kModulus = 65535;
constexpr std::size_t kLanes = 16;
// The maximum number of steps for which a lane's second sum fits: 361 * 362 / 2 * 65535 > 2^32.
constexpr std::size_t kSteps = 360;

using Words = std::uint16_t __attribute__((vector_size(16)));
using Sums = std::uint32_t __attribute__((vector_size(16)));
constexpr std::size_t kPerSum = 4;  // the number of lanes

Words load(const std::byte* from) {
    Words words;
    std::memcpy(&words, from, sizeof(words));
    return words;
}

// Four of the words, widened by interleaving them with zeros.
Sums lower(Words words) {
    constexpr bool kLittle = std::endian::native == std::endian::little;
    const Words zeros{};
    return reinterpret_cast<Sums>(
        kLittle ? __builtin_shufflevector(words, zeros, 0, 8, 1, 9, 2, 10, 3, 11)
                : __builtin_shufflevector(zeros, words, 0, 8, 1, 9, 2, 10, 3, 11));
}
Sums upper(Words words) {
    constexpr bool kLittle = std::endian::native == std::endian::little;
    const Words zeros{};
    return reinterpret_cast<Sums>(
        kLittle ? __builtin_shufflevector(words, zeros, 4, 12, 5, 13, 6, 14, 7, 15)
                : __builtin_shufflevector(zeros, words, 4, 12, 5, 13, 6, 14, 7, 15));
}

struct TwoSums {
    std::uint64_t first = 0;
    std::uint64_t second = 0;  // the sum of `first` after each word
};

// Word i of n counts n - i times in the second sum. Lane l of step s of S has i = 16 s + l, and the
// lanes' own second sums count it S - s times; so n - i = 16 (S - s) - l.
void add_steps(TwoSums& sums, const std::byte* data, std::size_t steps) {
    Sums first[4]{};
    Sums second[4]{};
    for (std::size_t s = 0; s < steps; ++s) {
        const Words early = load(data + s * 2 * sizeof(Words));
        const Words late = load(data + (s * 2 + 1) * sizeof(Words));
        first[0] += lower(early);
        first[1] += upper(early);
        first[2] += lower(late);
        first[3] += upper(late);
        second[0] += first[0];
        second[1] += first[1];
        second[2] += first[2];
        second[3] += first[3];
    }
    sums.second += sums.first * (steps * kLanes);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const std::uint64_t in_lane = first[lane / kPerSum][lane % kPerSum];
        sums.first += in_lane;
        sums.second += kLanes * std::uint64_t{second[lane / kPerSum][lane % kPerSum]};
        sums.second += (kModulus - lane) * in_lane;  // - lane * in_lane
    }
    sums.first %= kModulus;
    sums.second %= kModulus;
}

void add_word(TwoSums& sums, std::uint16_t word) {
    sums.first = (sums.first + word) % kModulus;
    sums.second = (sums.second + sums.first) % kModulus;
}

bool all_zero(std::span<const std::byte> bytes) {
    return bytes.empty() || (bytes[0] == std::byte{0} &&
                             std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

std::uint32_t swapped_bytes(std::uint32_t half) { return (half >> 8 | half << 8) & 0xffff; }

// HDF5's sums are folded, not divided: 65535 stands where the remainder is 0.
std::uint32_t folded(std::uint64_t remainder) {
    return remainder == 0 ? static_cast<std::uint32_t>(kModulus)
                          : static_cast<std::uint32_t>(remainder);
}

}  // namespace

std::uint32_t fletcher32(std::span<const std::byte> bytes) {
    TwoSums sums;
    const std::byte* at = bytes.data();
    std::size_t words = bytes.size() / 2;
    while (words >= kLanes) {
        const std::size_t steps = words / kLanes < kSteps ? words / kLanes : kSteps;
        add_steps(sums, at, steps);
        at += steps * kLanes * 2;
        words -= steps * kLanes;
    }
    for (; words > 0; --words, at += 2) {
        std::uint16_t word = 0;
        std::memcpy(&word, at, 2);
        add_word(sums, word);
    }
    if (bytes.size() % 2 != 0) {
        std::uint16_t word = 0;
        std::memcpy(&word, at, 1);  // its first byte in memory, whatever the byte order
        add_word(sums, word);
    }
    if (sums.first == 0 && sums.second == 0 && all_zero(bytes)) {
        return 0;
    }
    std::uint32_t first = folded(sums.first);
    std::uint32_t second = folded(sums.second);
    if constexpr (std::endian::native == std::endian::little) {
        first = swapped_bytes(first);
        second = swapped_bytes(second);
    }
    return second << 16 | first;
}

namespace {

constexpr std::size_t kChecksumBytes = 4;
constexpr auto kName = "fletcher32";

class Fletcher32 : public Decoder {
public:
    Bytes decode(Bytes input, Room, Scratch::State&) const override {
        if (input.size() < kChecksumBytes) {
            throw_damaged(kName, "the chunk is shorter than its checksum");
        }
        const Bytes data = input.first(input.size() - kChecksumBytes);
        std::uint32_t stored = 0;
        for (std::size_t i = 0; i < kChecksumBytes; ++i) {
            stored |= std::to_integer<std::uint32_t>(input[data.size() + i]) << (8 * i);
        }
        const std::uint32_t computed = fletcher32(data);
        // HDF5 up to 1.6.2 stored the halves with their bytes swapped; it still reads those.
        const std::uint32_t as_before =
            swapped_bytes(computed >> 16) << 16 | swapped_bytes(computed & 0xffff);
        if (stored != computed && stored != as_before) {
            throw_damaged(kName, "the checksum does not fit the data");
        }
        return data;
    }

    std::size_t most_encoded(std::size_t size) const override { return size + kChecksumBytes; }
};

}  // namespace

DecoderPointer make_fletcher32() { return std::make_unique<Fletcher32>(); }

}  // namespace hyperslab::filter
