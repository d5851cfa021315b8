// What the tests of the decoders share: bytes to encode and a pipeline's decoding as one call.
#pragma once

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "filter/decode/decode.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::filter::test {

using ByteVector = std::vector<std::byte>;

inline ByteVector random_bytes(std::mt19937& random, std::size_t size, int alphabet = 256) {
    std::uniform_int_distribution<int> letter(0, alphabet - 1);
    ByteVector bytes(size);
    std::ranges::generate(bytes, [&] { return static_cast<std::byte>(letter(random)); });
    return bytes;
}

inline ByteVector decoded(const Pipeline& pipeline,
                          const ByteVector& stored,
                          std::size_t chunk_bytes,
                          unsigned skipped = 0) {
    static thread_local Scratch scratch;  // so that every test also tests using it again
    ByteVector output(chunk_bytes);
    pipeline.decode(stored, skipped, output, scratch, output.size());
    return output;
}

/// The message of the Error (io) that decoding ends with; empty when it does not fail.
inline std::string failure(const Pipeline& pipeline,
                           const ByteVector& stored,
                           std::size_t chunk_bytes) {
    try {
        decoded(pipeline, stored, chunk_bytes);
    } catch (const Error& error) {
        return error.code() == ErrorCode::io ? error.what()
                                             : std::string("not io: ") + error.what();
    }
    return {};
}

/// Decodes many damaged copies of a good stream: each is decoded to something or is an Error.
/// \returns how many were errors
inline int count_failures_when_damaged(const Pipeline& pipeline,
                                       const ByteVector& stream,
                                       std::size_t chunk_bytes,
                                       int rounds = 500) {
    std::mt19937 random(7);
    int failures = 0;
    for (int round = 0; round < rounds; ++round) {
        ByteVector damaged = stream;
        for (int i = 0; i < 3 && !damaged.empty(); ++i) {
            // Mostly where the lengths are: in front.
            const std::size_t within =
                round % 2 == 0 ? damaged.size() : std::min<std::size_t>(damaged.size(), 40);
            damaged[random() % within] = static_cast<std::byte>(random());
        }
        if (round % 3 == 0) {
            damaged.resize(random() % (damaged.size() + 1));
        }
        damaged.shrink_to_fit();  // so that a sanitizer sees the end
        failures += failure(pipeline, damaged, chunk_bytes).empty() ? 0 : 1;
    }
    return failures;
}

}  // namespace hyperslab::filter::test
