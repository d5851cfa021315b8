// Szip as HDF5 stores it: the decoded size in four bytes, little-endian, followed by libsz's
// stream.
#include <new>

#include "filter/decode/decoder.hpp"

#if HYPERSLAB_HAS_SZIP
#include "filter/format/szip_library.hpp"
#endif

namespace hyperslab::filter {

#if HYPERSLAB_HAS_SZIP
namespace {

constexpr auto kName = "szip";

class Szip : public Decoder {
public:
    explicit Szip(const SZ_com_t& parameters) : parameters_(parameters) {}

    Bytes decode(Bytes input, Room output, Scratch::State&) const override {
        if (input.size() < kSzipHeaderBytes) {
            throw_damaged(kName, "the chunk is shorter than its header");
        }
        std::size_t size = 0;
        for (std::size_t i = 0; i < kSzipHeaderBytes; ++i) {
            size |= std::to_integer<std::size_t>(input[i]) << (8 * i);
        }
        if (size > output.size()) {
            throw_too_much(kName, output.size());
        }
        const Bytes stream = input.subspan(kSzipHeaderBytes);
        SZ_com_t parameters = parameters_;  // libsz takes them by a pointer that is not const
        std::size_t written = size;
        const int status = SZ_BufftoBuffDecompress(
            output.data(), &written, stream.data(), stream.size(), &parameters);
        if (status == SZ_MEM_ERROR) {
            throw std::bad_alloc();
        }
        if (status != SZ_OK || written != size) {
            throw_damaged(kName, "the stream is damaged or cut off");
        }
        return output.first(size);
    }

private:
    SZ_com_t parameters_;
};

}  // namespace

DecoderPointer make_szip(const Parameters& parameters) {
    return std::make_unique<Szip>(szip_settings(parameters));
}

#else

DecoderPointer make_szip(const Parameters&) {
    throw Refusal("filter szip: this build is without libaec");
}

#endif

}  // namespace hyperslab::filter
