// The filter shuffle.
#include "filter/format/shuffle.hpp"

#include "filter/encode/encoder.hpp"

namespace hyperslab::filter {
namespace {

class Shuffle final : public Encoder {
public:
    explicit Shuffle(std::size_t element_size) : element_size_(element_size) {}

    std::optional<Bytes> encode(Bytes input, Room output, EncodeScratch::State&) const override {
        if (element_size_ == 1 || input.size() < 2 * element_size_) {
            return input;  // every byte is in its place
        }
        const Room room = output.first(input.size());
        shuffle(input, element_size_, room);
        return room;
    }

    std::size_t max_encoded(std::size_t size) const override { return size; }

private:
    std::size_t element_size_;
};

}  // namespace

EncoderPointer make_shuffle_encoder(const Parameters& parameters) {
    if (parameters.size() != 1 || parameters[0] == 0) {
        throw Refusal("filter shuffle: its parameter is no element size");
    }
    return std::make_unique<Shuffle>(parameters[0]);
}

}  // namespace hyperslab::filter
