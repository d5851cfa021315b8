// One code for one cause, and messages that say what it was.

#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "object/support.hpp"

namespace logbook {

struct Row {
    int id = 0;
    std::string name{};
};
HYPERSLAB_RECORD(Row, id, name);

struct RowOfNumbers {
    int id = 0;
    double name = 0;
};
HYPERSLAB_RECORD(RowOfNumbers, id, name);

struct Outer {
    RowOfNumbers row{};
};
HYPERSLAB_RECORD(Outer, row);
struct OuterOfTexts {
    Row row{};
};
HYPERSLAB_RECORD(OuterOfTexts, row);

}  // namespace logbook

namespace hyperslab {
namespace {

constexpr auto kMismatch = ErrorCode::type_mismatch;

/// What the file of the read-only tests holds.
void fill(const File& file) {
    const Group group = file.create_group("g");
    group.attributes()["a"] = 1;
    const DatasetOptions growing{.chunks = {4}, .max_shape = Shape{kUnlimited}};
    group.create_dataset("x", std::vector<int>{1, 2, 3}, growing);
    file.create_dataset("scale", std::vector<int>{1, 2, 3}).make_scale("s");
    file.commit("type", NativeType<int>::datatype());
    group.dataset("x").dims()[0].attach(file.dataset("scale"));
}

TEST(ReadOnlyFile, GivesOneCodeWhateverIsAttempted) {
    const ScratchPath path("read_only.h5");
    fill(File(path, Mode::create));
    const File file(path);
    const File other = File::in_memory();
    fill(other);
    const Group group = file.group("g");
    const Dataset x = group.dataset("x");
    const Dataset scale = file.dataset("scale");
    const Attributes attributes = group.attributes();
    VirtualLayout layout({3}, NativeType<int>::datatype());
    layout.map(all, {".", "g/x", {3}});
    const std::vector<std::byte> bytes(16);
    const std::vector<std::function<void()>> attempts{
        [&] { file.create_group("new"); },
        [&] { file.create_group("a/b/c"); },
        [&] { file.create_group(""); },
        [&] { file.require_group("new"); },
        [&] { file.create_dataset<int>("new", {3}); },
        [&] { file.create_dataset("new", std::vector<int>{1}); },
        [&] { file.create_dataset("new", "text"); },
        [&] { file.create_dataset("new", Empty{NativeType<int>::datatype()}); },
        [&] { file.create_dataset("new", file.datatype("type"), {1}); },
        [&] { file.require_dataset<int>("new", {3}); },
        [&] { file.create_dataset_like("new", x); },
        [&] { file.create_virtual_dataset("new", layout); },
        [&] { file.commit("new", NativeType<int>::datatype()); },
        [&] { file.copy("g", "copy"); },
        [&] { file.copy("g/x", "copy"); },
        [&] { file.copy(other.group("g"), "copy"); },
        [&] { file.move("g", "h"); },
        [&] { file.remove("g"); },
        [&] { file.create_hard_link("new", x); },
        [&] { file.create_soft_link("new", "g/x"); },
        [&] { file.create_external_link("new", "other.h5", "x"); },
        [&] { x.write(1); },
        [&] { x.write({1, 2, 3}); },
        [&] { x.write(std::vector<double>{1, 2, 3}); },
        [&] { x.set(1, at(0)); },
        [&] { x.append(4); },
        [&] { x.resize({5}); },
        [&] { x.resize(0, 1); },
        [&] { x.write_raw_chunk({0}, bytes); },
        [&] { x.make_scale("x"); },
        [&] { x.dims()[0].set_label("l"); },
        [&] { x.dims()[0].detach(scale); },
        [&] { attributes["new"] = 1; },
        [&] { attributes["a"] = 2; },
        [&] { attributes["a"].write(2); },
        [&] { attributes["new"] = "text"; },
        [&] { attributes["new"] = Empty{NativeType<int>::datatype()}; },
        [&] { attributes["new"].create(NativeType<int>::datatype(), {2}); },
        [&] { attributes.remove("a"); },
        [&] { attributes.rename("a", "b"); },
        [&] { file.start_swmr_write(); },
        [&] { x.region_reference({slice(0, 2)}); },
    };
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        SCOPED_TRACE(i);
        expect_error(ErrorCode::io, "open for reading only", attempts[i]);
        expect_error(ErrorCode::io, "read_only.h5", attempts[i]);
    }
    EXPECT_EQ(x.read<int>().to_vector(), (std::vector<int>{1, 2, 3}));
}

TEST(Conversions, ThatThereAreNotNameBothTypesAndTheMember) {
    const File file = File::in_memory();
    const Dataset numbers = file.create_dataset("n", std::vector<int>{1});
    const Dataset texts = file.create_dataset("t", std::vector<std::string>{"x"});
    const Dataset rows = file.create_dataset("r", std::vector<logbook::Row>(2));
    const Dataset outer = file.create_dataset("o", std::vector<logbook::OuterOfTexts>(2));
    const std::string from_text = "from variable-length UTF-8 string to float64";
    expect_error(kMismatch, "from int32 to variable-length UTF-8 string", [&] {
        numbers.read<std::string>();
    });
    expect_error(
        kMismatch, "from variable-length UTF-8 string to int32", [&] { texts.read<int>(); });
    expect_error(kMismatch, from_text, [&] { rows.read<logbook::RowOfNumbers>(); });
    expect_error(kMismatch, "the member 'name'", [&] { rows.read<logbook::RowOfNumbers>(); });
    expect_error(kMismatch, "the member 'name'", [&] { rows.write(logbook::RowOfNumbers{}); });
    expect_error(kMismatch, "the member 'row.name'", [&] { outer.read<logbook::Outer>(); });
    expect_error(kMismatch, from_text, [&] { rows.field("name").read<double>(); });
    expect_error(kMismatch, "the member 'name'", [&] { rows.field("name").read<double>(); });
    expect_error(kMismatch, "", [&] { rows.read<int>(); });
    expect_error(kMismatch, "", [&] { numbers.get<logbook::Row>(at(0)); });
    expect_error(kMismatch, "", [&] { numbers.write("text"); });
    expect_error(kMismatch, "", [&] { numbers.append("text"); });
    file.attributes()["a"] = "text";
    expect_error(kMismatch, "'a'", [&] { file.attributes().get<int>("a"); });
    expect_error(kMismatch, "to int32", [&] { file.attributes().get<int>("a"); });
    expect_error(kMismatch, "'a'", [&] { file.attributes()["a"].write(1); });
}

TEST(Copies, FailForTheReasonInside) {
    const File file = File::in_memory();
    fill(file);
    file.create_soft_link("dangling", "nowhere");
    expect_error(ErrorCode::already_exists, "scale", [&] { file.copy("scale", "g"); });
    expect_error(ErrorCode::already_exists, "", [&] { file.copy(file.group("g"), "scale"); });
    expect_error(ErrorCode::not_found, "absent", [&] { file.copy("absent", "new"); });
    expect_error(ErrorCode::not_found, "dangling", [&] { file.copy("dangling", "new"); });
    EXPECT_FALSE(file.contains("new"));
}

// The rest of a chunk that is cut gets fill values, so the chunk is read.
TEST(Resizing, FailsForTheReasonInside) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset(
        "x", Array<int>({8}, 1), {.chunks = {4}, .max_shape = Shape{8}, .filters = {deflate()}});
    dataset.write_raw_chunk({4}, std::vector<std::byte>(7));
    dataset.flush();
    expect_error(ErrorCode::io, "'/x'", [&] { dataset.resize({6}); });
    expect_error(ErrorCode::io, "'/x'", [&] { dataset.read<int>(); });
}

TEST(Messages, NameTheIndexThatWasGiven) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset("x", std::vector<int>{1, 2, 3, 4, 5});
    constexpr auto kOutside = ErrorCode::out_of_range;
    expect_error(kOutside, "(-8)", [&] { dataset.read<int>({at(-8)}); });
    expect_error(kOutside, "(-8)", [&] { dataset.get<int>({at(-8)}); });
    expect_error(kOutside, "(7)", [&] { dataset.write(1, {at(7)}); });
    expect_error(kOutside, "(-6)", [&] { dataset.read<int>({indices({-6, 2})}); });
    expect_error(kOutside, "(9)", [&] { dataset.read<int>({indices({0, 9})}); });
    expect_error(ErrorCode::invalid_argument, "multi_block(0, 2, 9, 1)", [&] {
        dataset.read<int>({multi_block(0, 2, 9)});
    });
}

TEST(Messages, SpeakCpp) {
    const ScratchPath path("locked.h5");
    const File file(path, Mode::create);
    expect_error(ErrorCode::io, "GroupOptions::track_order", [&] {
        file.attributes()["large"] = std::vector<double>(10000);
    });
    expect_error(ErrorCode::invalid_argument, "'max_shape'", [&] {
        file.create_dataset<int>("x", {3}, {.max_shape = Shape{3, 3}});
    });
}

}  // namespace
}  // namespace hyperslab
