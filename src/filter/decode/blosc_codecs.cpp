// The two codecs that only Blosc uses here. Both are Lempel-Ziv without entropy coding.
#include <algorithm>
#include <cstring>

#include "filter/decode/block_codecs.hpp"
#include "filter/decode/decoder.hpp"
#include "filter/decode/repeat.hpp"

namespace hyperslab::filter {
namespace {

// A stream and what it has made, each with its bounds.
class Unpacker {
public:
    Unpacker(const char* name, Bytes input, Room output)
        : name_(name), input_(input), output_(output) {}

    bool at_end() const { return in_ == input_.size(); }

    std::size_t next() {
        if (at_end()) {
            throw_damaged(name_, "a stream is cut off");
        }
        return std::to_integer<std::size_t>(input_[in_++]);
    }

    void literals(std::size_t count) {
        if (count > input_.size() - in_) {
            throw_damaged(name_, "a stream is cut off");
        }
        need_room(count);
        // Copying two whole steps is quicker than copying the exact count.
        if (count <= 2 * kWideStep && 2 * kWideStep <= input_.size() - in_ &&
            2 * kWideStep <= output_.size() - out_) {
            std::memcpy(output_.data() + out_, input_.data() + in_, 2 * kWideStep);
        } else {
            std::memcpy(output_.data() + out_, input_.data() + in_, count);
        }
        in_ += count;
        out_ += count;
    }

    void copy(std::size_t distance, std::size_t length) {
        if (distance == 0 || distance > out_) {
            throw_damaged(name_, "a stream is damaged");
        }
        need_room(length);
        std::byte* const to = output_.data() + out_;
        if (output_.size() - out_ - length >= kWideStep) {
            repeat_wide(to, distance, length);
        } else {
            repeat(to, distance, length);
        }
        out_ += length;
    }

    void finish() const {
        if (out_ != output_.size()) {
            throw_damaged(name_, "a stream is too short");
        }
    }

private:
    void need_room(std::size_t count) const {
        if (count > output_.size() - out_) {
            throw_too_much(name_, output_.size());
        }
    }

    const char* name_;
    Bytes input_;
    Room output_;
    std::size_t in_ = 0;
    std::size_t out_ = 0;
};

}  // namespace

// Each command opens with a byte c, of the first only the lower five bits:
//   c < 32   c + 1 literals follow
//   else     copy: length (c >> 5) + 2, to which bytes are added while they are 255 when c >> 5
//            is 7; distance ((c & 31) << 8 | next byte) + 1. Where all of its 13 bits are ones, two
//            more bytes, the higher first, say how far the distance is beyond 8191.
void blosclz_decode(const char* name, Bytes input, Room output) {
    constexpr std::size_t kNear = 8191;
    Unpacker unpacker(name, input, output);
    bool first = true;
    while (!unpacker.at_end()) {
        const std::size_t command = first ? unpacker.next() & 31 : unpacker.next();
        first = false;
        if (command < 32) {
            unpacker.literals(command + 1);
            continue;
        }
        std::size_t length = (command >> 5) + 2;
        if (length == 9) {
            std::size_t more = 0;
            do {
                more = unpacker.next();
                length += more;
            } while (more == 255);
        }
        std::size_t distance = ((command & 31) << 8 | unpacker.next()) + 1;
        if (distance == kNear + 1) {
            const std::size_t high = unpacker.next();
            distance = (high << 8 | unpacker.next()) + kNear + 1;
        }
        unpacker.copy(distance, length);
    }
    unpacker.finish();
}

// The decoded size in groups of seven bits, the lowest first; then commands. The lower two bits of
// a command's first byte say which it is: 0 literals: their number - 1 in the upper six bits, or
// from 60 on how many bytes it takes 1 copy: length - 4 in three bits, distance in the upper three
// and the next byte 2 copy: length - 1 in six bits, distance in two bytes 3   copy: length - 1 in
// six bits, distance in four bytes
void snappy_decode(const char* name, Bytes input, Room output) {
    Unpacker unpacker(name, input, output);
    const auto number = [&](std::size_t bytes) {
        std::size_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i) {
            value |= unpacker.next() << (8 * i);
        }
        return value;
    };
    while (unpacker.next() >= 128) {  // the size is known already
    }
    while (!unpacker.at_end()) {
        const std::size_t command = unpacker.next();
        const std::size_t upper = command >> 2;
        switch (command & 3) {
            case 0:
                unpacker.literals(upper < 60 ? upper + 1 : number(upper - 59) + 1);
                break;
            case 1:
                unpacker.copy(command >> 5 << 8 | number(1), (upper & 7) + 4);
                break;
            case 2:
                unpacker.copy(number(2), upper + 1);
                break;
            default:
                unpacker.copy(number(4), upper + 1);
        }
    }
    unpacker.finish();
}

}  // namespace hyperslab::filter
