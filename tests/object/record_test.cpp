// Structs as compounds.

#include <array>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "object/support.hpp"

namespace sky {

struct Position {
    double ra = 0;
    double dec = 0;

    friend bool operator==(const Position&, const Position&) = default;
};
HYPERSLAB_RECORD(Position, ra, dec);

enum class Kind : std::uint8_t { galaxy, star };
HYPERSLAB_ENUM(Kind, galaxy, star);

// Plain: an object is an element, padding and all.
struct Target {
    std::int16_t fiber = 0;
    Position position;
    float magnitudes[5] = {};
    Kind kind = Kind::galaxy;
    std::complex<float> phase;
    char name[8] = {};
    hyperslab::FixedString<4> band;
};
HYPERSLAB_RECORD(Target, fiber, position, magnitudes, kind, phase, name, band);

// Not plain: members of variable length, and a bool.
struct Spectrum {
    std::string name;
    std::vector<float> flux;
    bool good = false;
    std::array<std::string, 2> notes;
    std::vector<Position> path;
    Position position;
};
HYPERSLAB_RECORD(Spectrum, name, flux, good, notes, path, position);

bool operator==(const Spectrum& a, const Spectrum& b) {
    return a.name == b.name && a.flux == b.flux && a.good == b.good && a.notes == b.notes &&
           a.path == b.path && a.position == b.position;
}

struct Flux {
    float flux = 0;
    float ivar = 0;

    friend bool operator==(const Flux&, const Flux&) = default;
};
// Names in the file are not those of the struct.
constexpr auto hyperslab_record(const Flux*) {
    return std::make_tuple(hyperslab::member("FLUX", &Flux::flux),
                           hyperslab::member("IVAR", &Flux::ivar));
}

struct Row {
    float FLUX;
    float LOGLAM;
    std::int32_t AND_MASK;
    double IVAR;
};
HYPERSLAB_RECORD(Row, FLUX, LOGLAM, AND_MASK, IVAR);

// Members that a file need not have.
struct MaybeRow {
    float FLUX = 0;
    std::optional<double> SKY{};
    std::optional<double> IVAR{};
    std::optional<std::string> note{};
};
HYPERSLAB_RECORD(MaybeRow, FLUX, SKY, IVAR, note);

struct MaybeInside {
    std::optional<int> id{};
    std::vector<MaybeRow> rows{};
    Position position{};
};
HYPERSLAB_RECORD(MaybeInside, id, rows, position);

struct Missing {
    float FLUX;
    float SKY;
};
HYPERSLAB_RECORD(Missing, FLUX, SKY);

}  // namespace sky

namespace hyperslab {
namespace {

static_assert(NativeType<sky::Position>::kPlain && NativeType<sky::Target>::kPlain);
static_assert(!NativeType<sky::Spectrum>::kPlain);

Dataset coadd(const Group& group) {
    std::vector<sky::Row> rows;
    for (int i = 0; i < 10; ++i) {
        const auto x = static_cast<float>(i);
        rows.push_back({x, 3 + x / 100, i % 2, 1 / (1.0 + i)});
    }
    return group.create_dataset("coadd", rows);
}

TEST(Record, TypeHasNamesAndOffsetsOfTheStruct) {
    const Datatype type = NativeType<sky::Target>::datatype();
    EXPECT_EQ(type.size(), sizeof(sky::Target));
    ASSERT_EQ(type.members().size(), 7u);
    EXPECT_EQ(type.members()[1].name, "position");
    EXPECT_EQ(type.members()[1].offset, offsetof(sky::Target, position));
    EXPECT_EQ(type.members()[1].type, NativeType<sky::Position>::datatype());
    EXPECT_EQ(type.members()[2].type, Datatype::array(Datatype::floating(4), {5}));
    EXPECT_EQ(type.members()[5].type, Datatype::fixed_string(8));
}

TEST(Record, PlainStructsKeepTheirValues) {
    const File file = File::in_memory();
    sky::Target target;
    target.fiber = -3;
    target.position = {10.5, -2};
    target.magnitudes[4] = 17.25F;
    target.kind = sky::Kind::star;
    target.phase = {1, -1};
    std::strcpy(target.name, "M31");
    target.band = "ugri";
    const Dataset dataset = file.create_dataset("x", std::vector{sky::Target{}, target});
    const auto read = dataset.get<sky::Target>(at(1));
    EXPECT_EQ(read.fiber, target.fiber);
    EXPECT_EQ(read.position, target.position);
    EXPECT_EQ(read.magnitudes[4], target.magnitudes[4]);
    EXPECT_EQ(read.kind, target.kind);
    EXPECT_EQ(read.phase, target.phase);
    EXPECT_STREQ(read.name, target.name);
    EXPECT_EQ(read.band, target.band);
}

TEST(Record, MembersOfVariableLengthKeepTheirValues) {
    const File file = File::in_memory();
    const std::vector<sky::Spectrum> spectra{
        {},
        {"a", {1, 2, 3}, true, {"x", ""}, {{1, 2}, {3, 4}}, {5, 6}},
        {std::string(1000, 'b'), std::vector<float>(100, 0.5F), false, {"", "yy"}, {}, {}}};
    const Dataset dataset = file.create_dataset("x", spectra);
    EXPECT_EQ(dataset.read<sky::Spectrum>().to_vector(), spectra);
    file.attributes()["x"] = spectra;
    EXPECT_EQ(file.attributes().read<sky::Spectrum>("x").to_vector(), spectra);
    file.attributes()["one"] = spectra[1];
    EXPECT_EQ(file.attributes().get<sky::Spectrum>("one"), spectra[1]);
}

TEST(Record, SomeMembersCanBeReadByASmallerStruct) {
    const File file = File::in_memory();
    const auto read = coadd(file).read<sky::Flux>({slice(0, 3)});
    EXPECT_EQ(read.shape(), (Shape{3}));
    EXPECT_EQ(read(2), (sky::Flux{2, 1.0F / 3}));
}

TEST(Record, WritingSomeMembersLeavesTheOthers) {
    const File file = File::in_memory();
    const Dataset dataset = coadd(file);
    dataset.write(sky::Flux{-1, -2}, at(4));
    const auto row = dataset.get<sky::Row>(at(4));
    EXPECT_EQ(row.FLUX, -1);
    EXPECT_EQ(row.IVAR, -2);
    EXPECT_EQ(row.LOGLAM, 3 + 4.0F / 100);
}

TEST(Record, AMemberThatTheFileDoesNotHaveIsAnError) {
    const ScratchPath path("member.h5");
    const File file(path, Mode::create);
    const Dataset dataset = coadd(file);
    expect_error(ErrorCode::not_found, "'SKY'", [&] { dataset.read<sky::Missing>(); });
    expect_error(ErrorCode::not_found, "file 'member.h5'", [&] { dataset.write(sky::Missing{}); });
    const Dataset numbers = file.create_dataset("n", std::vector<int>{1});
    expect_error(ErrorCode::type_mismatch, "'/n'", [&] { numbers.read<sky::Flux>(); });
}

TEST(Record, AnOptionalMemberMayBeMissing) {
    const File file = File::in_memory();
    const Dataset dataset = coadd(file);
    const auto rows = dataset.read<sky::MaybeRow>();
    EXPECT_EQ(rows[2].FLUX, 2);
    EXPECT_FALSE(rows[2].SKY || rows[2].note);
    EXPECT_EQ(rows[2].IVAR, 1 / 3.0);
    dataset.write(sky::MaybeRow{7, 1.0, 8.0, "lost"}, at(0));
    EXPECT_EQ(dataset.get<sky::Row>(at(0)).IVAR, 8);
    EXPECT_EQ(dataset.get<sky::Row>(at(0)).LOGLAM, 3);

    const Dataset own =
        file.create_dataset("own",
                            std::vector<sky::MaybeInside>{
                                {{}, {}, {}}, {3, {{1, 2, {}, "note"}, {4, {}, 5, {}}}, {6, 7}}});
    const auto read = own.read<sky::MaybeInside>();
    EXPECT_FALSE(read[0].id);
    EXPECT_EQ(read[1].id, 3);
    EXPECT_EQ(read[1].rows[0].SKY, 2);
    EXPECT_EQ(read[1].rows[0].note, "note");
    EXPECT_FALSE(read[1].rows[1].SKY);
    EXPECT_EQ(read[1].position, (sky::Position{6, 7}));
    expect_error(ErrorCode::not_found, "'rows'", [&] { dataset.read<sky::MaybeInside>(); });
}

TEST(Record, PairsAreRecordsOfTwo) {
    const File file = File::in_memory();
    const std::map<std::string, int> counts{{"galaxy", 3}, {"star", 1}};
    const Dataset dataset = file.create_dataset("x", counts);
    EXPECT_EQ(dataset.shape(), (Shape{2}));
    EXPECT_EQ((dataset.get<std::pair<std::string, double>>(at(1))),
              (std::pair<std::string, double>{"star", 1}));
    EXPECT_EQ(dataset.field("first").read<std::string>()[0], "galaxy");
}

TEST(Field, IsReadAndWrittenLikeADataset) {
    const File file = File::in_memory();
    const Dataset dataset = coadd(file);
    const Field flux = dataset.field("FLUX");
    EXPECT_EQ(flux.datatype(), Datatype::floating(4));
    EXPECT_EQ(flux.read<double>({slice(1, 4)}).to_vector(), (std::vector<double>{1, 2, 3}));
    EXPECT_EQ(flux.get<int>(at(-1)), 9);
    flux.write(std::vector<int>{7, 8}, {slice(0, 2)});
    flux.write(0, {slice(5, std::nullopt)});
    EXPECT_EQ(flux.read<int>().to_vector(), (std::vector<int>{7, 8, 2, 3, 4, 0, 0, 0, 0, 0}));
    EXPECT_EQ(dataset.get<sky::Row>(at(7)).LOGLAM, 3 + 7.0F / 100);
    expect_error(ErrorCode::not_found, "'SKY'", [&] { dataset.field("SKY"); });
    expect_error(ErrorCode::type_mismatch, "'x'", [&] { flux.field("x"); });
}

TEST(Field, OfAFieldIsReachedThroughIt) {
    const File file = File::in_memory();
    std::vector<sky::Target> targets(3);
    targets[1].position = {10, 20};
    const Dataset dataset = file.create_dataset("x", targets);
    const Field dec = dataset.field("position").field("dec");
    EXPECT_EQ(dec.read<double>().to_vector(), (std::vector<double>{0, 20, 0}));
    dec.write(-5.0, at(1));
    EXPECT_EQ(dataset.get<sky::Target>(at(1)).position, (sky::Position{10, -5}));
    EXPECT_EQ(dataset.field("position").get<sky::Position>(at(1)), (sky::Position{10, -5}));
    EXPECT_EQ((dataset.field("magnitudes").get<std::array<float, 5>>(at(0))),
              (std::array<float, 5>{}));
}

TEST(Field, OfVariableLengthIsReadAlone) {
    const File file = File::in_memory();
    std::vector<sky::Spectrum> spectra(4);
    spectra[2] = {"name", {1, 2}, true, {}, {}, {}};
    const Dataset dataset = file.create_dataset("x", spectra);
    EXPECT_EQ(dataset.field("name").read<std::string>().to_vector(),
              (std::vector<std::string>{"", "", "name", ""}));
    EXPECT_EQ(dataset.field("flux").get<std::vector<double>>(at(2)), (std::vector<double>{1, 2}));
    dataset.field("name").write("new", at(0));
    EXPECT_EQ(dataset.get<sky::Spectrum>(at(0)).name, "new");
    EXPECT_EQ(dataset.get<sky::Spectrum>(at(2)), spectra[2]);
}

}  // namespace
}  // namespace hyperslab
