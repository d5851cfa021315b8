// Our conversions of records, arrays, strings and enumerations against libhdf5's: random types,
// random elements.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "datatype/conversion.hpp"
#include "hdf5/api/h5.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/types/conversion_check.hpp"
#include "hdf5/types/conversions.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

using Bytes = std::vector<std::byte>;

struct Pair {
    Datatype from;
    Datatype to;
};

/// Pairs of types between which libhdf5 has conversions, most of them ours too.
class RandomTypes {
public:
    explicit RandomTypes(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_);
    }
    Bytes bytes(std::size_t count) {
        Bytes result(count);
        // Few different ones, so that strings end and numbers have limits.
        constexpr unsigned char kUsual[] = {0, ' ', 1, 0x7f, 0x80, 0xff, 'a'};
        for (std::byte& byte : result) {
            byte = static_cast<std::byte>(below(3) == 0 ? below(256) : kUsual[below(7)]);
        }
        return result;
    }

    Pair pair(int depth) {
        switch (below(depth > 0 ? 9 : 6)) {
            case 0:
            case 1:
                return {number(), number()};
            case 2:
                return strings();
            case 3:
                return enumerations();
            case 4: {
                const Datatype same =
                    below(2) == 0 ? number() : Datatype::opaque(1 + below(9), "tag");
                return {same, same};
            }
            case 5:
                return bitfields();
            case 6:
                return arrays(depth);
            default:
                return records(depth);
        }
    }

    Pair records(int depth) {
        std::vector<CompoundMember> from;
        std::vector<CompoundMember> to;
        const std::size_t count = 1 + below(5);
        const bool packed = below(2) == 0;
        for (std::size_t i = 0; i < count; ++i) {
            const Pair types = pair(depth - 1);
            const std::string name(1, static_cast<char>('a' + i));
            from.push_back({name, 0, types.from});
            if (i == 0 || below(3) != 0) {
                to.push_back({name, 0, types.to});
            }
        }
        std::ranges::shuffle(from, random_);
        std::ranges::shuffle(to, random_);
        return {record(from, below(2) == 0), record(to, packed)};
    }

private:
    Datatype record(std::vector<CompoundMember> members, bool packed) {
        std::size_t size = 0;
        for (CompoundMember& member : members) {
            size += packed ? 0 : below(4);
            member.offset = size;
            size += member.type.size();
        }
        return Datatype::compound(size + (packed ? 0 : below(4)), std::move(members));
    }

    ByteOrder order() { return below(3) == 0 ? ByteOrder::big : ByteOrder::little; }
    Datatype integer() {
        return Datatype::integer(std::size_t{1} << below(4), below(2) == 0, order());
    }
    Datatype number() {
        return below(2) == 0 ? integer() : Datatype::floating(std::size_t{2} << below(3), order());
    }
    Datatype string(CharacterSet set) {
        constexpr StringPadding kPaddings[] = {StringPadding::null_terminated,
                                               StringPadding::null_padded,
                                               StringPadding::space_padded};
        return Datatype::fixed_string(1 + below(12), set, kPaddings[below(3)]);
    }
    Pair strings() {
        const CharacterSet set = below(2) == 0 ? CharacterSet::utf8 : CharacterSet::ascii;
        return {string(set), string(set)};
    }
    Datatype enumeration() {
        if (below(2) == 0) {
            return Datatype::boolean();
        }
        return Datatype::enumeration(integer(), {{"red", 1}, {"green", 2}});
    }
    Pair enumerations() {
        const Datatype named = enumeration();
        switch (below(4)) {
            case 0:
                return {named, named};
            case 1:
                return {named, number()};
            default:
                return {integer(), named};
        }
    }
    Pair bitfields() {
        const std::size_t size = std::size_t{1} << below(4);
        const ByteOrder both = order();
        const Datatype bits = Datatype::bitfield(size, both);
        const Datatype other =
            size == 1 && below(2) == 0 ? Datatype::boolean() : Datatype::integer(size, false, both);
        return below(2) == 0 ? Pair{bits, other} : Pair{other, bits};
    }
    Pair arrays(int depth) {
        const Pair inner = pair(depth - 1);
        const Shape dims(1 + below(2), 1 + below(3));
        return {Datatype::array(inner.from, dims), Datatype::array(inner.to, dims)};
    }

    std::mt19937 random_;
};

bool is_libhdf5s(const datatype::Conversion& conversion) {
    return std::ranges::all_of(conversion.numbers(), [](const auto& pair) {
        return converts_numbers_alike(pair.first, pair.second);
    });
}

/// \param before  what the memory held: bytes between members keep it
Bytes by_library(const Pair& pair, Bytes elements, Bytes before) {
    const std::size_t count = before.size() / pair.to.size();
    elements.resize(std::max(elements.size(), before.size()));
    h5t::convert(
        make_type(pair.from).id(), make_type(pair.to).id(), count, elements.data(), before.data());
    elements.resize(before.size());
    return elements;
}

class TypeConversions : public testing::Test {
protected:
    const LockGuard guard_;
};

TEST_F(TypeConversions, AreLibhdf5s) {
    register_conversions();
    int taken = 0;
    constexpr unsigned kCases = 3000;
    for (unsigned seed = 0; seed < kCases; ++seed) {
        RandomTypes random(seed);
        const Pair pair = random.pair(3);
        const auto conversion = datatype::Conversion::between(pair.from, pair.to);
        if (!conversion || !is_libhdf5s(*conversion)) {
            continue;
        }
        const std::size_t count = 1 + random.below(40);
        const Bytes elements = random.bytes(count * pair.from.size());
        const Bytes before = random.bytes(count * pair.to.size());
        Bytes got = before;
        (*conversion)(elements.data(), got.data(), count);
        ASSERT_EQ(got, by_library(pair, elements, before))
            << seed << ": " << to_string(pair.from) << " to " << to_string(pair.to);
        ++taken;
    }
    EXPECT_GT(taken, kCases / 3);
}

}  // namespace
}  // namespace hyperslab::hdf5
