// Enumerations in files whose values have other numbers.

#include <array>
#include <cstdint>
#include <vector>

#include "object/support.hpp"

namespace survey {

enum class Kind : std::uint8_t { galaxy, quasar = 5, star };
HYPERSLAB_ENUM(Kind, galaxy, quasar, star);

/// The same names, other numbers.
enum class Renumbered : std::uint32_t { star = 30, galaxy = 10, quasar = 4000000000 };
HYPERSLAB_ENUM(Renumbered, star, galaxy, quasar);

/// More names.
enum class More : std::int16_t { comet = -3, star = 1, galaxy = 2, quasar = 9 };
HYPERSLAB_ENUM(More, comet, star, galaxy, quasar);

/// Some of the names, and one more.
enum class Other : std::int64_t { star = 1, galaxy = 2, comet = 3 };
HYPERSLAB_ENUM(Other, star, galaxy, comet);

/// Bits that are combined.
enum class Flags : std::uint16_t { bright = 1, blended = 2, saturated = 4 };
HYPERSLAB_ENUM(Flags, bright, blended, saturated);

struct Seen {
    int id = 0;
    Kind kind = Kind::galaxy;
    std::array<Kind, 2> before{};
    std::vector<Kind> after{};
};
HYPERSLAB_RECORD(Seen, id, kind, before, after);

struct SeenAgain {
    int id = 0;
    More kind = More::comet;
    std::array<Renumbered, 2> before{};
    std::vector<More> after{};
};
HYPERSLAB_RECORD(SeenAgain, id, kind, before, after);

struct SeenOtherwise {
    Other kind = Other::comet;
};
HYPERSLAB_RECORD(SeenOtherwise, kind);

}  // namespace survey

namespace hyperslab {
namespace {

using survey::Kind;
using survey::More;
using survey::Other;
using survey::Renumbered;
using survey::Seen;

const std::vector<Kind> kKinds{Kind::star, Kind::galaxy, Kind::quasar};
const std::vector<More> kMore{More::star, More::galaxy, More::quasar};
const std::vector<Renumbered> kRenumbered{Renumbered::star, Renumbered::galaxy, Renumbered::quasar};

void refused(const auto& call) { expect_error(ErrorCode::type_mismatch, "quasar", call); }

TEST(EnumerationByName, IsReadFromDatasetsOfEveryLayout) {
    const ScratchPath path("enumerations.h5");
    const File file(path, Mode::create);
    const std::vector<Kind> many = [] {
        std::vector<Kind> kinds;
        for (int i = 0; i < 30000; ++i) {
            kinds.push_back(kKinds[static_cast<std::size_t>(i) % 3]);
        }
        return kinds;
    }();
    for (const DatasetOptions& options :
         {DatasetOptions{}, DatasetOptions{.chunks = {1000}, .filters = {deflate(1)}}}) {
        const std::string name = options.chunks.empty() ? "contiguous" : "compressed";
        file.create_dataset(name, many, options);
        file.flush();
        const Dataset dataset = file.dataset(name);
        const auto read = dataset.read<More>();
        for (std::size_t i = 0; i < read.size(); ++i) {
            ASSERT_EQ(read[i], kMore[i % 3]) << i;
        }
        EXPECT_EQ(dataset.get<Renumbered>(at(29999)), Renumbered::quasar);
        EXPECT_EQ(dataset.read<int>({slice(0, 3)}).to_vector(), (std::vector{6, 0, 5}));
        refused([&] { dataset.read<Other>(); });
        EXPECT_EQ(dataset.read<Other>({slice(0, 2)}).to_vector(),
                  (std::vector{Other::star, Other::galaxy}))
            << "the value that is lacking is not among them";
    }
}

TEST(EnumerationByName, IsReadFromAttributes) {
    const File file = File::in_memory();
    file.attributes()["kinds"] = kKinds;
    EXPECT_EQ(file.attributes().read<More>("kinds").to_vector(), kMore);
    EXPECT_EQ(file.attributes().read<Renumbered>("kinds").to_vector(), kRenumbered);
    refused([&] { file.attributes().read<Other>("kinds"); });
}

TEST(EnumerationByName, IsReadFromMembersArraysAndSequences) {
    const File file = File::in_memory();
    const std::vector<Seen> seen{{1, Kind::star, {Kind::quasar, Kind::star}, {Kind::quasar}},
                                 {2, Kind::quasar, {Kind::galaxy, Kind::quasar}, kKinds}};
    const Dataset dataset = file.create_dataset("seen", seen);
    const auto again = dataset.read<survey::SeenAgain>();
    EXPECT_EQ(again[0].kind, More::star);
    EXPECT_EQ(again[0].before, (std::array{Renumbered::quasar, Renumbered::star}));
    EXPECT_EQ(again[1].after, kMore);
    EXPECT_EQ(dataset.field("kind").read<More>().to_vector(),
              (std::vector{More::star, More::quasar}));
    refused([&] { dataset.read<survey::SeenOtherwise>(); });
    refused([&] { dataset.field("kind").read<Other>(); });
}

TEST(EnumerationByName, IsWrittenToDatasetsMembersAndAttributes) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<Kind>("k", {3});
    dataset.write(kMore);
    EXPECT_EQ(dataset.read<Kind>().to_vector(), kKinds);
    expect_error(ErrorCode::type_mismatch, "comet", [&] {
        dataset.write(std::vector{More::comet, More::star, More::star});
    });
    dataset.set(Other::galaxy, at(0));
    EXPECT_EQ(dataset.get<Kind>(at(0)), Kind::galaxy);

    file.attributes()["k"] = kKinds;
    file.attributes()["k"].write(kRenumbered);
    EXPECT_EQ(file.attributes().read<Kind>("k").to_vector(), kKinds);

    const Dataset records = file.create_dataset<Seen>("seen", {2});
    records.field("kind").write(std::vector{More::quasar, More::star});
    EXPECT_EQ(records.get<Seen>(at(0)).kind, Kind::quasar);
}

TEST(EnumerationByName, HoldsInTheOtherByteOrder) {
    const File file = File::in_memory();
    const Datatype type = Datatype::enumeration(Datatype::integer(4, true, ByteOrder::big),
                                                {{"galaxy", -1}, {"quasar", 70000}, {"star", 2}});
    const Dataset dataset = file.create_dataset("x", type, {3});
    dataset.write(kKinds);
    EXPECT_EQ(dataset.read<int>().to_vector(), (std::vector{2, -1, 70000}));
    EXPECT_EQ(dataset.read<Renumbered>().to_vector(), kRenumbered);
}

TEST(EnumerationByName, KeepsNumbersWithoutANameWhereNamesMeanTheSame) {
    const File file = File::in_memory();
    const Datatype type = Datatype::enumeration(Datatype::integer(4, true),
                                                {{"bright", 1}, {"blended", 2}, {"saturated", 4}});
    const Dataset dataset = file.create_dataset("flags", type, {2});
    dataset.write(std::vector{7, 100000});
    EXPECT_EQ(static_cast<int>(dataset.get<survey::Flags>(at(0))), 7);
    expect_error(ErrorCode::type_mismatch, "100000", [&] { dataset.get<survey::Flags>(at(1)); });
}

}  // namespace
}  // namespace hyperslab
