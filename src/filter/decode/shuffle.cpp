#include "filter/format/shuffle.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "filter/decode/decoder.hpp"
#include "filter/decode/interleave.hpp"

namespace hyperslab::filter {
namespace {

struct Shape {
    std::size_t element_size;
    std::size_t count;  // elements, each with one byte in a plane
};

// Undoes kPlanes planes from `plane` on, of the elements [begin, end).
template <std::size_t kPlanes, typename Vector>
[[gnu::always_inline]] inline void unshuffle_planes(const std::byte* input,
                                                    std::byte* output,
                                                    Shape shape,
                                                    std::size_t plane,
                                                    std::size_t begin,
                                                    std::size_t end) {
    constexpr std::size_t kStep = sizeof(Vector);
    const std::byte* planes = input + plane * shape.count;
    std::size_t i = begin;
    for (; i + kStep <= end; i += kStep) {
        Gathered<kPlanes, Vector> gathered;
        gather(planes + i, shape.count, gathered);
        std::byte* to = output + i * shape.element_size + plane;
        if (shape.element_size == kPlanes) {
            store(gathered, to);
            continue;
        }
        std::byte pieces[sizeof(gathered)];
        store(gathered, pieces);
        for (std::size_t e = 0; e < kStep; ++e) {
            std::memcpy(to + e * shape.element_size, pieces + e * kPlanes, kPlanes);
        }
    }
    for (; i < end; ++i) {
        for (std::size_t p = 0; p < kPlanes; ++p) {
            output[i * shape.element_size + plane + p] = planes[p * shape.count + i];
        }
    }
}

// Elements of any size are done in groups of planes. All groups of some elements come before the
// next elements, so that the cache lines of the planes are used up, and what is written stays in
// the cache until it is whole.
template <typename Vector>
[[gnu::always_inline]] inline void unshuffle_any(const std::byte* input,
                                                 std::byte* output,
                                                 Shape shape) {
    constexpr std::size_t kElements = 64;
    for (std::size_t begin = 0; begin < shape.count; begin += kElements) {
        const std::size_t rest = shape.count - begin;
        const std::size_t end = begin + (rest < kElements ? rest : kElements);
        std::size_t plane = 0;
        for (; plane + 8 <= shape.element_size; plane += 8) {
            unshuffle_planes<8, Vector>(input, output, shape, plane, begin, end);
        }
        for (; plane + 4 <= shape.element_size; plane += 4) {
            unshuffle_planes<4, Vector>(input, output, shape, plane, begin, end);
        }
        for (; plane + 2 <= shape.element_size; plane += 2) {
            unshuffle_planes<2, Vector>(input, output, shape, plane, begin, end);
        }
        if (plane < shape.element_size) {
            unshuffle_planes<1, Vector>(input, output, shape, plane, begin, end);
        }
    }
}

template <typename Vector>
[[gnu::always_inline]] inline void unshuffle_elements(const std::byte* input,
                                                      std::byte* output,
                                                      Shape shape) {
    switch (shape.element_size) {
        case 2:
            return unshuffle_planes<2, Vector>(input, output, {2, shape.count}, 0, 0, shape.count);
        case 4:
            return unshuffle_planes<4, Vector>(input, output, {4, shape.count}, 0, 0, shape.count);
        case 8:
            return unshuffle_planes<8, Vector>(input, output, {8, shape.count}, 0, 0, shape.count);
        default:
            return unshuffle_any<Vector>(input, output, shape);
    }
}

void unshuffle_baseline(const std::byte* input, std::byte* output, Shape shape) {
    unshuffle_elements<NarrowVector>(input, output, shape);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void unshuffle_avx2(const std::byte* input,
                                            std::byte* output,
                                            Shape shape) {
    unshuffle_elements<WideVector>(input, output, shape);
}
#else
constexpr auto unshuffle_avx2 = unshuffle_baseline;
#endif

}  // namespace

namespace {

// Interleaving the halves of some rows turns the bits of a byte's place by one: after log2(16)
// turns of 16 elements the number of the byte in its element comes first, which is its plane.
template <std::size_t kSize>
std::size_t shuffle_whole_vectors(const std::byte* input, std::byte* output, std::size_t count) {
    constexpr std::size_t kElements = sizeof(NarrowVector);
    constexpr std::make_index_sequence<kSize> kRows;
    constexpr std::make_index_sequence<kSize / 2> kPairs;
    std::size_t i = 0;
    for (; i + kElements <= count; i += kElements) {
        Gathered<kSize, NarrowVector> rows;
        load_rows(input + i * kSize, kElements, rows, kRows);
        interleave(rows, kPairs);
        interleave(rows, kPairs);
        interleave(rows, kPairs);
        interleave(rows, kPairs);
        for (std::size_t plane = 0; plane < kSize; ++plane) {
            std::memcpy(output + plane * count + i, &rows.vectors[plane], kElements);
        }
    }
    return i;
}

// Undoes the elements [begin, count), a block at a time: what was fetched of a block is still in
// the cache when its next plane is written.
void shuffle_any(const std::byte* input, std::byte* output, Shape shape, std::size_t begin) {
    constexpr std::size_t kElements = 64;
    for (; begin < shape.count; begin += kElements) {
        const std::size_t end = std::min(begin + kElements, shape.count);
        for (std::size_t plane = 0; plane < shape.element_size; ++plane) {
            std::byte* const to = output + plane * shape.count;
            for (std::size_t i = begin; i < end; ++i) {
                to[i] = input[i * shape.element_size + plane];
            }
        }
    }
}

}  // namespace

void shuffle(std::span<const std::byte> input,
             std::size_t element_size,
             std::span<std::byte> output) {
    const Shape shape{element_size, input.size() / element_size};
    std::size_t done = 0;
    switch (element_size) {
        case 2:
            done = shuffle_whole_vectors<2>(input.data(), output.data(), shape.count);
            break;
        case 4:
            done = shuffle_whole_vectors<4>(input.data(), output.data(), shape.count);
            break;
        case 8:
            done = shuffle_whole_vectors<8>(input.data(), output.data(), shape.count);
            break;
        default:
            break;
    }
    shuffle_any(input.data(), output.data(), shape, done);
    const std::size_t whole = shape.count * element_size;
    if (whole < input.size()) {
        std::memcpy(output.data() + whole, input.data() + whole, input.size() - whole);
    }
}

void unshuffle(std::span<const std::byte> input,
               std::size_t element_size,
               std::span<std::byte> output,
               core::InstructionSet set) {
    const Shape shape{element_size, input.size() / element_size};
    std::size_t done = 0;
    if (element_size > 1) {
        (set >= core::InstructionSet::avx2 ? unshuffle_avx2 : unshuffle_baseline)(
            input.data(), output.data(), shape);
        done = shape.count * element_size;
    }
    if (done < input.size()) {
        std::memcpy(output.data() + done, input.data() + done, input.size() - done);
    }
}

namespace {

class Shuffle : public Decoder {
public:
    explicit Shuffle(std::size_t element_size) : element_size_(element_size) {}

    Bytes decode(Bytes input, Room output, Scratch::State&) const override {
        if (element_size_ == 1 || input.size() < 2 * element_size_) {
            return input;  // every byte is in its place
        }
        if (input.size() > output.size()) {
            throw_too_much("shuffle", output.size());
        }
        const Room room = output.first(input.size());
        unshuffle(input, element_size_, room);
        return room;
    }

    std::size_t most_encoded(std::size_t size) const override { return size; }

private:
    std::size_t element_size_;
};

// libhdf5 gives shuffle no element size where elements lie in heaps. All chunks then skip it, or
// libhdf5 could not read them.
class ShuffleOfNothing : public Decoder {
public:
    Bytes decode(Bytes, Room, Scratch::State&) const override {
        throw_damaged("shuffle", "it has no element size");
    }
};

}  // namespace

DecoderPointer make_shuffle(const Parameters& parameters) {
    if (parameters.empty()) {
        return std::make_unique<ShuffleOfNothing>();
    }
    if (parameters.size() != 1 || parameters[0] == 0) {
        throw Refusal("filter shuffle: its parameter is no element size");
    }
    return std::make_unique<Shuffle>(parameters[0]);
}

}  // namespace hyperslab::filter
