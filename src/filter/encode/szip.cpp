// Szip as HDF5 stores it: the size before encoding in four bytes, little-endian, followed by
// libsz's stream.
#include <new>

#include "filter/encode/encoder.hpp"

#if HYPERSLAB_HAS_SZIP
#include "filter/format/szip_library.hpp"
#endif

namespace hyperslab::filter {

#if HYPERSLAB_HAS_SZIP
namespace {

class Szip final : public Encoder {
public:
    explicit Szip(const SZ_com_t& parameters) : parameters_(parameters) {}

    std::optional<Bytes> encode(Bytes input, Room output, EncodeScratch::State&) const override {
        for (std::size_t i = 0; i < kSzipHeaderBytes; ++i) {
            output[i] = static_cast<std::byte>(input.size() >> (8 * i));
        }
        SZ_com_t parameters = parameters_;  // libsz takes them by a pointer that is not const
        std::size_t written = output.size() - kSzipHeaderBytes;
        const int status = SZ_BufftoBuffCompress(
            output.data() + kSzipHeaderBytes, &written, input.data(), input.size(), &parameters);
        if (status == SZ_MEM_ERROR) {
            throw std::bad_alloc();
        }
        return status != SZ_OK ? std::nullopt
                               : std::optional<Bytes>(output.first(kSzipHeaderBytes + written));
    }

    bool may_fail() const override { return true; }

    std::size_t max_encoded(std::size_t size) const override { return size + kSzipHeaderBytes; }

private:
    SZ_com_t parameters_;
};

}  // namespace

EncoderPointer make_szip_encoder(const Parameters& parameters) {
    return std::make_unique<Szip>(szip_settings(parameters));
}

#else

EncoderPointer make_szip_encoder(const Parameters&) {
    throw Refusal("filter szip: this build is without libaec");
}

#endif

}  // namespace hyperslab::filter
