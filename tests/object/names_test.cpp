// Names that libhdf5 would cut at a NUL.

#include <functional>
#include <string>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

using namespace std::string_literals;

TEST(NamesWithANul, AreRefusedAndNothingIsMade) {
    const File file = File::in_memory();
    const Group group = file.create_group("a");
    const Dataset dataset = file.create_dataset("x", std::vector<int>{1, 2, 3});
    group.attributes()["a"] = 1;
    const std::string name = "a\0b"s;
    const Datatype integer = NativeType<int>::datatype();
    const std::vector<std::function<void()>> attempts{
        [&] { file.create_group(name); },
        [&] { file.require_group(name); },
        [&] { file.create_group("new/"s + name); },
        [&] { file.create_dataset<int>(name, {3}); },
        [&] { file.create_dataset(name, std::vector{1, 2}); },
        [&] { file.commit(name, integer); },
        [&] { file.copy("x", name); },
        [&] { file.copy("x\0y"s, "y"); },
        [&] { file.move("x", name); },
        [&] { file.remove(name); },
        [&] { file.create_soft_link(name, "x"); },
        [&] { file.create_soft_link("soft", "x\0y"s); },
        [&] { file.create_hard_link(name, dataset); },
        [&] { file.create_external_link("outer", "file\0name"s, "x"); },
        [&] { group.attributes()[name] = 2; },
        [&] { group.attributes().rename("a", name); },
        [&] { group.attributes().remove(name); },
        [&] { dataset.make_scale(name); },
        [&] { dataset.dims()[0].set_label(name); },
        [&] { file.create_dataset<int>("outside", {3}, {.external = {{"raw\0file"s, 0, 12}}}); },
        [&] { file.commit("type", Datatype::compound(4, {{name, 0, integer}})); },
        [&] { file.commit("type", Datatype::enumeration(integer, {{name, 0}})); },
        [&] { File(name, Mode::create); },
    };
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        SCOPED_TRACE(i);
        expect_error(ErrorCode::invalid_argument, "NUL", attempts[i]);
    }
    EXPECT_EQ(file.names(), (std::vector<std::string>{"a", "x"}));
    EXPECT_EQ(group.attributes().get<int>("a"), 1);
    EXPECT_EQ(group.attributes().size(), 1U);
}

TEST(NamesWithANul, LeadToNothing) {
    const File file = File::in_memory();
    const Group group = file.create_group("a");
    group.attributes()["a"] = 1;
    const std::string name = "a\0b"s;
    constexpr auto kRefused = ErrorCode::invalid_argument;
    expect_error(kRefused, "NUL", [&] { file[name]; });
    expect_error(kRefused, "NUL", [&] { file.group(name); });
    expect_error(kRefused, "NUL", [&] { file.link(name); });
    expect_error(kRefused, "NUL", [&] { group.attributes().get<int>(name); });
    expect_error(kRefused, "NUL", [&] { group.attributes().get_or<int>(name, 2); });
}

}  // namespace
}  // namespace hyperslab
