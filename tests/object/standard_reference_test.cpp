// The references of HDF5 1.12, and those of before.

#include <string>
#include <vector>

#include "object/support.hpp"

namespace pointing {

struct Pointing {
    std::string name{};
    hyperslab::StandardReference to{};
    std::vector<hyperslab::StandardReference> more{};
};
HYPERSLAB_RECORD(Pointing, name, to, more);

}  // namespace pointing

namespace hyperslab {
namespace {

using Kind = StandardReference::Kind;

class StandardReferences : public testing::Test {
protected:
    StandardReferences() {
        dataset.attributes()["a"] = 7;
        references = {StandardReference(),
                      StandardReference(dataset),
                      StandardReference(dataset, dataset.select({slice(1, 3)})),
                      StandardReference(dataset, "a")};
    }

    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset("g/x", std::vector<int>{1, 2, 3, 4});
    std::vector<StandardReference> references;

    void expect_all(const std::vector<StandardReference>& found) const {
        ASSERT_EQ(found.size(), 4u);
        EXPECT_TRUE(found[0].null());
        EXPECT_EQ(found[1].kind(), Kind::object);
        EXPECT_EQ(found[1].object(), dataset);
        EXPECT_EQ(found[1].object_name(), "/g/x");
        EXPECT_EQ(found[1].file_name(), file.filename());
        EXPECT_EQ(found[2].kind(), Kind::region);
        EXPECT_EQ(Dataset(found[2].object()).read<int>(found[2].region()).to_vector(),
                  (std::vector<int>{2, 3}));
        EXPECT_EQ(found[3].kind(), Kind::attribute);
        EXPECT_EQ(found[3].attribute_name(), "a");
        EXPECT_EQ(found[3].object().attributes().get<int>(found[3].attribute_name()), 7);
        EXPECT_EQ(found, references);
    }
};

TEST_F(StandardReferences, AreFollowed) { expect_all(references); }

TEST_F(StandardReferences, AreElementsOfDatasetsAndAttributes) {
    const Dataset stored = file.create_dataset("r", references);
    EXPECT_EQ(stored.datatype(), Datatype::reference(ReferenceKind::standard));
    for (int i = 0; i < 3; ++i) {
        expect_all(stored.read<StandardReference>().to_vector());
    }
    EXPECT_EQ(stored.get<StandardReference>(at(1)).object(), dataset);
    const ElementArray elements = stored.read_elements();
    EXPECT_EQ(elements[3].standard_reference().attribute_name(), "a");
    EXPECT_TRUE(elements[0].standard_reference().null());
    file.attributes()["r"] = references;
    expect_all(file.attributes().read<StandardReference>("r").to_vector());
    expect_all(file.attributes().get<std::vector<StandardReference>>("r"));
    EXPECT_EQ(file.attributes()["r"].read_elements()[1].standard_reference().object(), dataset);
}

TEST_F(StandardReferences, AreMembersOfRecords) {
    const std::vector<pointing::Pointing> values{{"first", references[1], references},
                                                 {"second", {}, {}}};
    const Dataset stored = file.create_dataset("records", values);
    for (int i = 0; i < 3; ++i) {
        const auto read = stored.read<pointing::Pointing>();
        EXPECT_EQ(read[0].name, "first");
        EXPECT_EQ(read[0].to.object(), dataset);
        expect_all(read[0].more);
        EXPECT_TRUE(read[1].to.null() && read[1].more.empty());
    }
    EXPECT_EQ(stored.read_elements()[0].member("to").standard_reference().object(), dataset);
    EXPECT_EQ(stored.field("to").get<StandardReference>(at(0)).object(), dataset);
}

TEST_F(StandardReferences, ToOtherFilesOpenThem) {
    const ScratchPath path("referenced.h5");
    const ScratchPath here("referencing.h5");
    {
        const File other(path, Mode::create);
        other.create_dataset("d", 5);
        const File referencing(here, Mode::create);
        referencing.create_dataset("r", StandardReference(other.dataset("d")));
    }
    const auto reference = File(here).dataset("r").get<StandardReference>();
    EXPECT_EQ(reference.file_name(), path.string());
    EXPECT_EQ(Dataset(reference.object()).get<int>(), 5);
}

TEST_F(StandardReferences, SayWhatIsWrong) {
    constexpr auto kBad = ErrorCode::invalid_argument;
    expect_error(kBad, "null", [&] { references[0].object(); });
    expect_error(kBad, "null", [&] { references[0].file_name(); });
    expect_error(kBad, "region", [&] { references[1].region(); });
    expect_error(kBad, "attribute", [&] { references[1].attribute_name(); });
    expect_error(ErrorCode::not_found, "'b'", [&] { StandardReference(dataset, "b"); });
    expect_error(kBad, "", [&] { StandardReference(dataset, Selection::all(Shape{3})); });
    const Dataset numbers = file.create_dataset("n", 1);
    expect_error(ErrorCode::type_mismatch, "", [&] { numbers.get<StandardReference>(); });
    expect_error(
        ErrorCode::type_mismatch, "", [&] { numbers.read_elements()[0].standard_reference(); });
    file.close();
    expect_error(ErrorCode::closed, "", [&] { StandardReference{dataset}; });
}

}  // namespace
}  // namespace hyperslab
