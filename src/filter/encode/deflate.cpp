// Deflate as HDF5 stores it: one zlib stream.
#include <algorithm>
#include <array>
#include <cstdint>
#include <new>
#include <vector>

#include "core/thread_pool.hpp"
#include "filter/encode/block_encoders.hpp"

#if HYPERSLAB_HAS_DEFLATE
#include <libdeflate.h>
#endif
#if HYPERSLAB_HAS_ZLIB
#include <zlib.h>
#endif

namespace hyperslab::filter {

#if HYPERSLAB_HAS_DEFLATE

std::optional<std::size_t> deflate_encode(Bytes input,
                                          Room output,
                                          unsigned effort,
                                          EncodeScratch::State& scratch) {
    libdeflate_compressor*& compressor = scratch.deflaters[effort];
    if (compressor == nullptr) {
        compressor = libdeflate_alloc_compressor(static_cast<int>(effort));
        if (compressor == nullptr) {
            throw std::bad_alloc();
        }
    }
    const std::size_t written = libdeflate_zlib_compress(
        compressor, input.data(), input.size(), output.data(), output.size());
    return written == 0 ? std::nullopt : std::optional(written);
}

namespace {

constexpr unsigned kHighestLevel = 9;

// The room that libhdf5 gives zlib, in bytes. A chunk that needs more is one that deflate cannot
// shrink.
std::size_t room_in_libhdf5(std::size_t size) { return size + size / 1000 + 13; }

// The levels of libdeflate that make no more bytes than zlib's do, or hardly more, by zlib's level:
// measured on fields, tables, images, counts and texts, in chunks of 64 KiB and 1 MiB.
constexpr std::array<unsigned, kHighestLevel + 1> kLevels{0, 1, 2, 3, 4, 6, 8, 9, 10, 10};

// Two efforts that chunks take by turns. Together they make about as many bytes as zlib does, where
// one alone would make more, or take longer.
struct Turns {
    unsigned effort;     ///< libdeflate's
    unsigned lower = 0;  ///< for a share of the chunks
    unsigned share = 0;  ///< of kShares
};

constexpr unsigned kShares = 256;

// A number below kShares that depends on the data alone, so that a file does not depend on threads.
unsigned share_of(Bytes data) {
    constexpr std::size_t kLooked = 64;
    std::uint32_t hash = 0;
    for (std::size_t i = 0; i < kLooked && !data.empty(); ++i) {
        const std::byte byte = data[i * (data.size() / kLooked) % data.size()];
        hash = (hash ^ std::to_integer<std::uint32_t>(byte)) * 2654435761U;
    }
    return hash >> 24;
}

// What cannot be made smaller zlib may still fit into the room that libhdf5 gives it, where
// libdeflate wants some bytes more. So the same chunks skip the filter as in libhdf5.
std::optional<std::size_t> encode_by_zlib([[maybe_unused]] Bytes input,
                                          [[maybe_unused]] Room output,
                                          [[maybe_unused]] unsigned level) {
#if HYPERSLAB_HAS_ZLIB
    auto size = static_cast<uLongf>(output.size());
    const int status = compress2(reinterpret_cast<Bytef*>(output.data()),
                                 &size,
                                 reinterpret_cast<const Bytef*>(input.data()),
                                 static_cast<uLong>(input.size()),
                                 static_cast<int>(level));
    return status == Z_OK ? std::optional<std::size_t>(size) : std::nullopt;
#else
    return std::nullopt;
#endif
}

class Deflate final : public Encoder {
public:
    /// \param level  as the filter has it, zlib's
    Deflate(unsigned level, Turns turns) : level_(level), turns_(turns) {}

    std::optional<Bytes> encode(Bytes input,
                                Room output,
                                EncodeScratch::State& scratch) const override {
        const bool is_lower = turns_.share != 0 && share_of(input) < turns_.share;
        const auto written =
            deflate_encode(input, output, is_lower ? turns_.lower : turns_.effort, scratch);
        const auto made = written ? written : encode_by_zlib(input, output, level_);
        return made ? std::optional<Bytes>(output.first(*made)) : std::nullopt;
    }

    EncoderPointer tuned(Bytes sample) const override;

    std::size_t max_encoded(std::size_t size) const override { return room_in_libhdf5(size); }

private:
    unsigned level_;
    Turns turns_;
};

#if HYPERSLAB_HAS_ZLIB

// A sample of few pieces stands for its chunk, as deflate looks back 32 KiB at most; a single piece
// does not, since shuffled bytes are of another kind in each part of a chunk. The higher levels are
// so much slower than each other that a larger sample pays.
constexpr std::size_t kPieces = 4;
constexpr std::size_t kSampleBytes = 512U << 10;
constexpr std::size_t kLargeSampleBytes = 1U << 20;
constexpr unsigned kHighLevel = 5;

std::vector<std::byte> sample_of(Bytes chunk, std::size_t bytes) {
    if (chunk.size() <= bytes) {
        return {chunk.begin(), chunk.end()};
    }
    std::vector<std::byte> sample;
    sample.reserve(bytes);
    for (std::size_t i = 0; i < kPieces; ++i) {
        const Bytes piece = chunk.subspan(i * (chunk.size() / kPieces), bytes / kPieces);
        sample.insert(sample.end(), piece.begin(), piece.end());
    }
    return sample;
}

std::size_t size_by_zlib(Bytes data, unsigned level) {
    uLongf size = compressBound(static_cast<uLong>(data.size()));
    std::vector<Bytef> room(size);
    const auto* const from = reinterpret_cast<const Bytef*>(data.data());
    const int status = compress2(
        room.data(), &size, from, static_cast<uLong>(data.size()), static_cast<int>(level));
    return status == Z_OK ? size : 0;
}

std::size_t size_by_libdeflate(Bytes data, unsigned effort) {
    EncodeScratch scratch;
    std::vector<std::byte> room(room_in_libhdf5(data.size()));
    return deflate_encode(data, room, effort, scratch.state()).value_or(room.size());
}

// About how long an effort of libdeflate takes, effort 1 being 1.
constexpr std::array<double, 13> kCosts{0.5, 1, 1.75, 2.1, 2.3, 3, 3.7, 4.6, 7.2, 9, 12, 20, 25};
// A chunk is not the sample, so less is taken than the sample would allow.
constexpr double kCaution = 0.9;

/// \param sizes  of the sample by effort; the first is that by zlib
Turns best_turns(const std::vector<std::size_t>& sizes, unsigned enough) {
    Turns best{enough};
    double cost = kCosts[enough];
    const auto most = static_cast<double>(sizes[0]);
    for (unsigned lower = 1; lower < enough; ++lower) {
        for (unsigned effort = enough; effort < sizes.size(); ++effort) {
            const auto size = static_cast<double>(sizes[effort]);
            const auto larger = static_cast<double>(sizes[lower]);
            if (size > most || larger <= size) {
                continue;
            }
            const double share = kCaution * std::min((most - size) / (larger - size), 1.0);
            const double together = share * kCosts[lower] + (1 - share) * kCosts[effort];
            if (together < cost) {
                cost = together;
                best = {effort, lower, static_cast<unsigned>(share * kShares)};
            }
        }
    }
    return best;
}

// For most data lower efforts make as few bytes as zlib does.
EncoderPointer Deflate::tuned(Bytes sample) const {
    const std::vector<std::byte> data =
        sample_of(sample, level_ < kHighLevel ? kSampleBytes : kLargeSampleBytes);
    std::vector<std::size_t> sizes(turns_.effort + 1);
    core::parallel_for(sizes.size(), [&](std::size_t i) {
        const auto effort = static_cast<unsigned>(i);
        sizes[i] = effort == 0 ? size_by_zlib(data, level_) : size_by_libdeflate(data, effort);
    });
    const auto found = std::find_if(
        sizes.begin() + 1, sizes.end(), [&](std::size_t size) { return size <= sizes[0]; });
    if (found == sizes.end()) {
        return nullptr;
    }
    const auto enough = static_cast<unsigned>(found - sizes.begin());
    return std::make_unique<Deflate>(level_, best_turns(sizes, enough));
}

#else

EncoderPointer Deflate::tuned(Bytes /*sample*/) const { return nullptr; }

#endif

}  // namespace

EncoderPointer make_deflate_encoder(const Parameters& parameters) {
    if (parameters.size() != 1 || parameters[0] > kHighestLevel) {
        throw Refusal("filter deflate: its parameter is no level from 0 to 9");
    }
    return std::make_unique<Deflate>(parameters[0], Turns{kLevels[parameters[0]]});
}

#else

std::optional<std::size_t> deflate_encode(Bytes, Room, unsigned, EncodeScratch::State&) {
    return std::nullopt;
}

EncoderPointer make_deflate_encoder(const Parameters&) {
    throw Refusal("filter deflate: this build is without libdeflate");
}

#endif

}  // namespace hyperslab::filter
