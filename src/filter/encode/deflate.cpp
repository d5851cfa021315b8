// Deflate as HDF5 stores it: one zlib stream.
#include <algorithm>
#include <array>
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

class Deflate final : public Encoder {
public:
    /// \param level  as the filter has it, zlib's
    /// \param effort  libdeflate's
    Deflate(unsigned level, unsigned effort) : level_(level), effort_(effort) {}

    std::optional<Bytes> encode(Bytes input,
                                Room output,
                                EncodeScratch::State& scratch) const override {
        const auto written = deflate_encode(input, output, effort_, scratch);
        return written ? std::optional<Bytes>(output.first(*written)) : std::nullopt;
    }

    EncoderPointer tuned(Bytes sample) const override;

    std::size_t max_encoded(std::size_t size) const override { return room_in_libhdf5(size); }

private:
    unsigned level_;
    unsigned effort_;
};

#if HYPERSLAB_HAS_ZLIB

// A smaller sample does not stand for its chunk, because deflate looks back as far as 32 KiB.
constexpr std::size_t kSampleBytes = 512U << 10;

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

// For most data a lower effort makes as few bytes as zlib does.
EncoderPointer Deflate::tuned(Bytes sample) const {
    const Bytes data = sample.first(std::min(sample.size(), kSampleBytes));
    std::vector<std::size_t> sizes(std::max(effort_, 1U));  // by effort; the first is that of zlib
    core::parallel_for(sizes.size(), [&](std::size_t i) {
        const auto effort = static_cast<unsigned>(i);
        sizes[i] = effort == 0 ? size_by_zlib(data, level_) : size_by_libdeflate(data, effort);
    });
    const auto found = std::find_if(
        sizes.begin() + 1, sizes.end(), [&](std::size_t size) { return size <= sizes[0]; });
    return found == sizes.end()
               ? nullptr
               : std::make_unique<Deflate>(level_, static_cast<unsigned>(found - sizes.begin()));
}

#else

EncoderPointer Deflate::tuned(Bytes /*sample*/) const { return nullptr; }

#endif

}  // namespace

EncoderPointer make_deflate_encoder(const Parameters& parameters) {
    if (parameters.size() != 1 || parameters[0] > kHighestLevel) {
        throw Refusal("filter deflate: its parameter is no level from 0 to 9");
    }
    return std::make_unique<Deflate>(parameters[0], kLevels[parameters[0]]);
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
