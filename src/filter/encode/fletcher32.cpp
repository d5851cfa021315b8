// The filter fletcher32: a checksum behind the chunk, least significant byte first.
#include "filter/format/fletcher32.hpp"

#include <cstring>

#include "filter/encode/encoder.hpp"

namespace hyperslab::filter {
namespace {

constexpr std::size_t kChecksumBytes = 4;

class Fletcher32 final : public Encoder {
public:
    std::optional<Bytes> encode(Bytes input, Room output, EncodeScratch::State&) const override {
        std::memcpy(output.data(), input.data(), input.size());
        const std::uint32_t sum = fletcher32(input);
        for (std::size_t i = 0; i < kChecksumBytes; ++i) {
            output[input.size() + i] = static_cast<std::byte>(sum >> (8 * i));
        }
        return output.first(input.size() + kChecksumBytes);
    }

    std::size_t max_encoded(std::size_t size) const override { return size + kChecksumBytes; }
};

}  // namespace

EncoderPointer make_fletcher32_encoder() { return std::make_unique<Fletcher32>(); }

}  // namespace hyperslab::filter
