// N-bit stores of every number only the bits that its type uses, one after another, the most
// significant first.
//
// The parameters are their own number, a flag that nothing is left out, the number of elements, and
// a description of the type in prefix form: a class, a size, then by class
//   1 number     byte order, bits used (precision), unused bits below them (offset)
//   2 array      the description of its elements
//   3 compound   the number of members; of each its offset and its description
//   4 other      nothing: its bytes are kept whole
// It is read into a tree once, and every element is decoded by a walk over the tree.
#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

#include "filter/decode/bit_reader.hpp"
#include "filter/decode/decoder.hpp"

namespace hyperslab::filter {
namespace {

constexpr auto kName = "nbit";

enum class Kind : unsigned { number = 1, array = 2, compound = 3, other = 4 };

struct Node {
    Kind kind = Kind::other;
    std::size_t size = 0;    // bytes in memory
    std::size_t offset = 0;  // of a member in its compound
    bool big_endian = false;
    unsigned precision = 0;
    unsigned padding = 0;          // bits unused below the used ones
    std::vector<Node> children{};  // an array's one element type, a compound's members
    std::size_t bits = 0;          // in the stream
};

[[noreturn]] void refuse(const char* why) { throw Refusal(std::string("filter nbit: ") + why); }

// Reads the description of a type.
class TypeReader {
public:
    explicit TypeReader(const Parameters& parameters) : parameters_(parameters) {}

    Node read(std::size_t at_most, unsigned depth = 0) {
        if (depth > kDeepest) {
            refuse("its type is nested too deeply");
        }
        Node node{.kind = static_cast<Kind>(next()), .size = next()};
        if (node.size == 0 || node.size > at_most) {
            refuse("a part of its type is larger than the whole");
        }
        switch (node.kind) {
            case Kind::number:
                read_number(node);
                break;
            case Kind::array:
                read_array(node, depth);
                break;
            case Kind::compound:
                read_compound(node, depth);
                break;
            case Kind::other:
                node.bits = node.size * 8;
                break;
            default:
                refuse("its type is of an unknown class");
        }
        return node;
    }

private:
    static constexpr unsigned kDeepest = 64;
    static constexpr std::size_t kFirst = 3;

    unsigned next() {
        if (at_ >= parameters_.size()) {
            refuse("its parameters end early");
        }
        if (lost_) {
            refuse("libhdf5 reads such a type in a way of its own");
        }
        return parameters_[at_++];
    }

    void read_number(Node& node) {
        const unsigned order = next();
        node.big_endian = order == 1;
        node.precision = next();
        node.padding = next();
        const std::size_t bits = node.size * 8;
        if (order > 1 || node.precision == 0 || node.precision > bits ||
            node.padding > bits - node.precision) {
            refuse("its type uses bits that it does not have");
        }
        node.bits = node.precision;
    }

    void read_array(Node& node, unsigned depth) {
        node.children.push_back(read(node.size, depth + 1));
        Node& element = node.children.front();
        if (element.kind == Kind::other) {
            element.size = node.size;  // bytes are copied, whatever the number of elements
            element.bits = node.size * 8;
        }
        node.bits = node.size / element.size * element.bits;
        lost_ = element.kind == Kind::array || element.kind == Kind::compound;
    }

    void read_compound(Node& node, unsigned depth) {
        const unsigned members = next();
        std::size_t used = 0;
        for (unsigned m = 0; m < members; ++m) {
            const std::size_t offset = next();
            if (offset >= node.size) {
                refuse("a member lies outside its compound");
            }
            Node& member = node.children.emplace_back(read(node.size - offset, depth + 1));
            member.offset = offset;
            node.bits += member.bits;
            used += member.size;
            if (used > node.size) {
                refuse("a part of its type is larger than the whole");
            }
        }
    }

    const Parameters& parameters_;
    std::size_t at_ = kFirst;
    // After an array of arrays or compounds libhdf5 goes back to the description of its elements
    // and takes that for what follows, when it writes as when it reads.
    bool lost_ = false;
};

// A number of any size, byte by byte from the most significant one on.
void decode_long_number(const Node& node, BitReader& reader, std::byte* to) {
    const unsigned top = node.precision + node.padding;  // above the highest used bit
    const unsigned last = node.padding / 8;
    for (unsigned byte = (top - 1) / 8 + 1; byte-- > last;) {
        const unsigned from = byte == last ? node.padding % 8 : 0;
        const unsigned until = std::min(8U, top - byte * 8);
        const std::uint64_t bits = reader.read(until - from) << from;
        to[node.big_endian ? node.size - 1 - byte : byte] = static_cast<std::byte>(bits);
    }
}

template <typename Word>
void store(std::uint64_t value, bool big_endian, std::byte* to) {
    auto word = static_cast<Word>(value);
    if ((std::endian::native == std::endian::big) != big_endian) {
        word = std::byteswap(word);
    }
    std::memcpy(to, &word, sizeof(word));
}

template <typename Word>
void decode_numbers(const Node& node, BitReader& reader, std::byte* to, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        store<Word>(
            reader.read(node.precision) << node.padding, node.big_endian, to + i * sizeof(Word));
    }
}

// `count` numbers side by side.
void decode_numbers(const Node& node, BitReader& reader, std::byte* to, std::size_t count) {
    switch (node.size) {
        case 1:
            return decode_numbers<std::uint8_t>(node, reader, to, count);
        case 2:
            return decode_numbers<std::uint16_t>(node, reader, to, count);
        case 4:
            return decode_numbers<std::uint32_t>(node, reader, to, count);
        case 8:
            return decode_numbers<std::uint64_t>(node, reader, to, count);
        default:
            for (std::size_t i = 0; i < count; ++i) {
                decode_long_number(node, reader, to + i * node.size);
            }
    }
}

void decode_bytes(BitReader& reader, std::byte* to, std::size_t count) {
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        store<std::uint64_t>(reader.read(64), true, to + i);
    }
    for (; i < count; ++i) {
        to[i] = static_cast<std::byte>(reader.read(8));
    }
}

// `count` values of a type side by side. The memory holds zeros where nothing is decoded.
void decode_values(const Node& node, BitReader& reader, std::byte* to, std::size_t count) {
    if (node.kind == Kind::number) {
        decode_numbers(node, reader, to, count);
        return;
    }
    for (std::size_t i = 0; i < count; ++i, to += node.size) {
        if (node.kind == Kind::other) {
            decode_bytes(reader, to, node.size);
        } else if (node.kind == Kind::array) {
            const Node& element = node.children.front();
            decode_values(element, reader, to, node.size / element.size);
        } else {
            for (const Node& member : node.children) {
                decode_values(member, reader, to + member.offset, 1);
            }
        }
    }
}

class Nbit : public Decoder {
public:
    Nbit(Node type, std::size_t count) : type_(std::move(type)), count_(count) {}

    Bytes decode(Bytes input, Room output, Scratch::State&) const override {
        if (type_.size > output.size() / std::max<std::size_t>(count_, 1)) {
            throw_too_much(kName, output.size());
        }
        const std::size_t needed = bytes_of_fields(count_, type_.bits);
        if (input.size() < needed) {
            throw_damaged(kName, "the chunk is cut off");
        }
        const Room decoded = output.first(count_ * type_.size);
        std::ranges::fill(decoded, std::byte{0});
        BitReader reader(input.first(needed));
        decode_values(type_, reader, decoded.data(), count_);
        return decoded;
    }

private:
    Node type_;
    std::size_t count_;
};

// Stands for n-bit where it has nothing to leave out.
class NbitUnused : public Decoder {
public:
    Bytes decode(Bytes input, Room, Scratch::State&) const override { return input; }
};

}  // namespace

DecoderPointer make_nbit(const Parameters& parameters, const ChunkTraits& chunk) {
    if (parameters.size() < 2 || parameters[0] != parameters.size()) {
        refuse("the number of its parameters is not the one they say");
    }
    if (parameters[1] != 0) {
        return std::make_unique<NbitUnused>();
    }
    if (parameters.size() < 3) {
        refuse("its parameters end early");
    }
    Node type = TypeReader(parameters).read(chunk.element_size);
    if (type.size != chunk.element_size || type.kind == Kind::other) {
        refuse("its parameters describe another type");
    }
    return std::make_unique<Nbit>(std::move(type), parameters[2]);
}

}  // namespace hyperslab::filter
