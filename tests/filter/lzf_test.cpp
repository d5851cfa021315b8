#include "filter/format/lzf.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "filter/lzf_stream.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::filter {
namespace {

using Bytes = std::vector<std::byte>;

Bytes bytes_of(const std::string& text) {
    Bytes bytes(text.size());
    std::memcpy(bytes.data(), text.data(), text.size());
    return bytes;
}

std::optional<Bytes> compressed(const Bytes& input, std::size_t room) {
    Bytes output(room);
    const auto size = lzf_compress(input, output);
    if (!size) {
        return std::nullopt;
    }
    output.resize(*size);
    return output;
}

// Room for the worst case: a control byte for every 32 literals.
Bytes compressed(const Bytes& input) {
    return compressed(input, input.size() + input.size() / 32 + 1).value();
}

std::optional<Bytes> decompressed(const Bytes& stream, std::size_t room) {
    Bytes output(room);
    const auto size = lzf_decompress(stream, output);
    if (!size) {
        return std::nullopt;
    }
    output.resize(*size);
    return output;
}

Bytes random_bytes(std::mt19937& random, std::size_t size, int alphabet) {
    std::uniform_int_distribution<int> letter(0, alphabet - 1);
    Bytes bytes(size);
    std::ranges::generate(bytes, [&] { return static_cast<std::byte>(letter(random)); });
    return bytes;
}

TEST(Lzf, RoundTripsWhateverTheBytesAre) {
    std::mt19937 random(20261123);
    for (const int alphabet : {1, 2, 10, 256}) {
        for (const std::size_t size :
             {0, 1, 2, 3, 4, 31, 32, 33, 263, 264, 265, 8192, 8193, 100000}) {
            const Bytes input = random_bytes(random, size, alphabet);
            EXPECT_EQ(decompressed(compressed(input), size), input)
                << size << " bytes of " << alphabet << " values";
        }
    }
}

TEST(Lzf, RoundTripsRepetitionsAtEveryDistance) {
    std::mt19937 random(1);
    for (const std::size_t distance : {1, 2, 3, 7, 255, 4096, 8191, 8192, 8193, 10000}) {
        const Bytes piece = random_bytes(random, distance, 256);
        Bytes input;
        while (input.size() < 3 * distance + 1000) {
            input.insert(input.end(), piece.begin(), piece.end());
        }
        EXPECT_EQ(decompressed(compressed(input), input.size()), input) << distance;
    }
}

TEST(Lzf, CopiesOfEveryDistanceAndLengthAreRight) {
    std::mt19937 random(4);
    for (std::size_t distance = 1; distance <= 40; ++distance) {
        for (std::size_t length = 3; length <= 264; ++length) {
            Bytes input = random_bytes(random, distance, 256);
            for (std::size_t i = 0; i < length; ++i) {
                input.push_back(input[i]);
            }
            const Bytes after = random_bytes(random, 600, 256);  // far from the end
            input.insert(input.end(), after.begin(), after.end());
            ASSERT_EQ(decompressed(compressed(input), input.size()), input)
                << distance << " " << length;
        }
    }
}

TEST(Lzf, CompressesWhatRepeats) {
    EXPECT_LT(compressed(Bytes(100000)).size(), 1200u);
    EXPECT_LT(compressed(bytes_of(std::string(50, 'x') + "hello hello hello hello")).size(), 30u);
}

TEST(Lzf, SaysWhenTheOutputIsTooSmall) {
    std::mt19937 random(2);
    const Bytes input = random_bytes(random, 1000, 4);
    const Bytes stream = compressed(input);
    for (std::size_t room = 0; room < stream.size(); ++room) {
        EXPECT_FALSE(compressed(input, room)) << room;
    }
    EXPECT_EQ(compressed(input, stream.size()), stream);
    for (std::size_t room = 0; room < input.size(); ++room) {
        EXPECT_FALSE(decompressed(stream, room)) << room;
    }
}

TEST(Lzf, DamagedStreamsAreErrorsOrOtherBytesButNothingWorse) {
    EXPECT_THROW(decompressed({std::byte{5}, std::byte{0}}, 100), Error) << "literals missing";
    EXPECT_THROW(decompressed({std::byte{0x20}}, 100), Error) << "distance missing";
    EXPECT_THROW(decompressed({std::byte{0xe0}, std::byte{1}}, 100), Error) << "length missing";
    EXPECT_THROW(decompressed({std::byte{0x20}, std::byte{0}}, 100), Error)
        << "nothing to copy from";
    std::mt19937 random(3);
    const Bytes input = random_bytes(random, 2000, 3);
    const Bytes stream = compressed(input);
    for (int round = 0; round < 3000; ++round) {
        Bytes damaged = stream;
        for (int i = 0; i < 3; ++i) {
            damaged[random() % damaged.size()] = static_cast<std::byte>(random());
        }
        damaged.resize(random() % (damaged.size() + 1));
        try {
            decompressed(damaged, input.size());
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::io);
        }
    }
}

TEST(Lzf, ReadsWhatStockH5pyWrote) {
    const std::vector<std::int32_t> values = lzf_stream_values();
    const auto stream = std::as_bytes(std::span(kLzfStream));
    Bytes output(values.size() * sizeof(values[0]));
    EXPECT_EQ(lzf_decompress(stream, output), output.size());
    EXPECT_EQ(std::memcmp(output.data(), values.data(), output.size()), 0);
}

}  // namespace
}  // namespace hyperslab::filter
