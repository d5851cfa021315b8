// What a member function does is one step for other threads: they come before it or after it.
//
// Another thread comes in where the library lock is let go. So a second step is made at each such
// place of a first one, and what comes of the two has to be what comes of them one after the other.

#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hdf5/call/lock.hpp"
#include "object/support.hpp"

namespace hyperslab {
namespace {

/// A file with something of everything, and objects that are open.
struct Scene {
    Scene() {
        std::vector<int> numbers(24);
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            numbers[i] = static_cast<int>(i);
        }
        group = file.create_group("g");
        x = group.create_dataset<int>(
            "x", {6, 4}, {.chunks = {2, 3}, .max_shape = Shape{kUnlimited, kUnlimited}});
        x.write(numbers);
        words = group.create_dataset("words",
                                     std::vector<std::string>{"a", "bb", "ccc"},
                                     {.chunks = {2}, .max_shape = Shape{kUnlimited}});
        y = group.create_dataset("y", std::vector<double>{1, 2, 3});
        y.make_scale("scale");
        x.dims()[0].attach(y);
        group.attributes()["n"] = 5;
        group.attributes()["words"] = std::vector<std::string>{"p", "qq"};
    }

    File file = File::in_memory();
    Group group{file};
    Dataset x{}, y{}, words{};
};

template <class T>
std::string text_of(const Array<T>& array) {
    std::ostringstream text;
    text << to_string(array.shape()) << ':';
    for (const T& value : array.to_vector()) {
        text << ' ' << value;
    }
    return text.str();
}

std::string contents(const Dataset& dataset) {
    if (dataset.is_null()) {
        return "null";
    }
    return dataset.datatype().type_class() == TypeClass::string
               ? text_of(dataset.read<std::string>())
               : text_of(dataset.read<double>());
}

std::string attributes_of(const Object& object) {
    std::string text;
    for (const auto& [name, attribute] : object.attributes()) {
        if (attribute.datatype().type_class() == TypeClass::string) {
            text += " @" + name + '=' + text_of(attribute.read<std::string>());
        } else if (attribute.datatype().type_class() == TypeClass::integer) {
            text += " @" + name + '=' + text_of(attribute.read<int>());
        } else {
            text += " @" + name;
        }
    }
    return text;
}

std::string state_of(const Scene& scene) {
    std::string text = attributes_of(scene.file) + '\n';
    scene.file.visit([&](const std::string& path, const Object& object) {
        text += path + attributes_of(object);
        if (object.kind() == ObjectKind::dataset) {
            text += ' ' + contents(Dataset(object));
        }
        text += '\n';
    });
    scene.file.visit_links([&](const std::string& path, const Link& link) {
        text += path + ' ' + std::to_string(link.index()) + '\n';
    });
    return text + contents(scene.x);
}

using Step = std::function<std::string(const Scene&)>;

template <class Work>
Step doing(Work work) {
    return [work](const Scene& scene) {
        work(scene);
        return std::string("done");
    };
}

// NOLINTNEXTLINE(readability-function-size): a list
const std::map<std::string, Step> kSteps{
    {"read", [](const Scene& s) { return text_of(s.x.read<int>()); }},
    {"read words", [](const Scene& s) { return text_of(s.words.read<std::string>()); }},
    {"read converted", [](const Scene& s) { return text_of(s.x.read<double>({slice(1, 5)})); }},
    {"read a list", [](const Scene& s) { return text_of(s.x.read<int>({indices({0, 2, 4})})); }},
    {"get", [](const Scene& s) { return std::to_string(s.x.get<int>({at(4), at(1)})); }},
    {"shape", [](const Scene& s) { return to_string(s.x.shape()); }},
    {"write a value", doing([](const Scene& s) { s.x.write(7); })},
    {"write a row", doing([](const Scene& s) { s.x.write(std::vector{1, 2, 3, 4}); })},
    {"write some", doing([](const Scene& s) { s.x.write(9, {slice(1, 3)}); })},
    {"write a list", doing([](const Scene& s) { s.x.write(8, {indices({0, 2})}); })},
    {"write words", doing([](const Scene& s) { s.words.write(std::string("same")); })},
    {"shrink", doing([](const Scene& s) { s.x.resize({3, 4}); })},
    {"grow", doing([](const Scene& s) { s.x.resize({8, 5}); })},
    {"resize an axis", doing([](const Scene& s) { s.x.resize(1, 3); })},
    {"fewer words", doing([](const Scene& s) { s.words.resize({1}); })},
    {"create", doing([](const Scene& s) { s.file.create_dataset("new/d", std::vector{1, 2}); })},
    {"create words", doing([](const Scene& s) {
         s.file.create_dataset("new/d", std::vector<std::string>{"x", "yy"});
     })},
    {"create_group", doing([](const Scene& s) { s.file.create_group("new/a"); })},
    {"require_group", doing([](const Scene& s) { s.file.require_group("new/a/b"); })},
    {"require_dataset", doing([](const Scene& s) { s.file.require_dataset<int>("new/d", {2}); })},
    {"create like", doing([](const Scene& s) { s.file.create_dataset_like("like", s.x); })},
    {"move", doing([](const Scene& s) { s.file.move("g/x", "new/x"); })},
    {"copy", doing([](const Scene& s) { s.file.copy("g", "copied"); })},
    {"remove", doing([](const Scene& s) { s.group.remove("x"); })},
    {"remove new", doing([](const Scene& s) { s.file.remove("new"); })},
    {"find", [](const Scene& s) { return std::string(s.file.find("new/d") ? "there" : "not"); }},
    {"names", [](const Scene& s) { return std::to_string(s.group.names().size()); }},
    {"links", [](const Scene& s) { return std::to_string(s.group.links().size()); }},
    {"parent", [](const Scene& s) { return s.x.parent().name(); }},
    {"set an attribute",
     doing([](const Scene& s) { s.group.attributes()["n"] = std::vector{1, 2, 3}; })},
    {"set words", doing([](const Scene& s) {
         s.group.attributes()["words"] = std::vector<std::string>{"one", "two", "three"};
     })},
    {"write an attribute", doing([](const Scene& s) { s.group.attributes()["n"].write(6); })},
    {"read an attribute",
     [](const Scene& s) { return text_of(s.group.attributes()["n"].read<int>()); }},
    {"get an attribute",
     [](const Scene& s) { return std::to_string(s.group.attributes().get<int>("n")); }},
    {"read words of an attribute",
     [](const Scene& s) { return text_of(s.group.attributes().read<std::string>("words")); }},
    {"remove an attribute", doing([](const Scene& s) { s.group.attributes().remove("n"); })},
    {"rename an attribute",
     doing([](const Scene& s) { s.group.attributes().rename("n", "words2"); })},
    {"scale", [](const Scene& s) { return s.x.dims()[0].scale("scale").name(); }},
    {"detach", doing([](const Scene& s) { s.x.dims()[0].detach(s.y); })},
    {"region reference", doing([](const Scene& s) { s.x.region_reference({slice(0, 3)}); })},
};

std::string result_of(const Step& step, const Scene& scene) {
    try {
        return step(scene);
    } catch (const Error& error) {
        return "error " + std::to_string(static_cast<int>(error.code()));
    }
}

struct Outcome {
    std::string first;
    std::string second;
    std::string state;

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome one_after_the_other(const Step& first, const Step& second) {
    const Scene scene;
    Outcome outcome;
    outcome.first = result_of(first, scene);
    outcome.second = result_of(second, scene);
    outcome.state = state_of(scene);
    return outcome;
}

/// Calls something whenever the lock has been let go.
class AtReleases {
public:
    explicit AtReleases(std::function<void()> call) {
        call_ = std::move(call);
        set([] {
            if (!std::exchange(inside_, true)) {
                call_();
                inside_ = false;
            }
        });
    }
    ~AtReleases() { set(nullptr); }
    AtReleases(const AtReleases&) = delete;
    AtReleases& operator=(const AtReleases&) = delete;

private:
    static void set(hdf5::LibraryLock::ReleaseHook hook) {
        inside_ = true;  // setting it lets the lock go too
        {
            const hdf5::LockGuard guard;
            hdf5::library_lock().set_release_hook(hook);
        }
        inside_ = false;
    }

    static std::function<void()> call_;
    static bool inside_;
};

std::function<void()> AtReleases::call_;
bool AtReleases::inside_ = false;

/// The second step comes at that release of the first.
/// \returns whether there is such a release
bool interleave(const Step& first, const Step& second, int place, Outcome& outcome) {
    const Scene scene;
    int releases = 0;
    {
        const AtReleases coming_in([&] {
            if (releases++ == place) {
                outcome.second = result_of(second, scene);
            }
        });
        outcome.first = result_of(first, scene);
    }
    outcome.state = state_of(scene);
    return releases > place;
}

TEST(OneStep, NothingComesIntoTheMiddleOfAnother) {
    for (const auto& [first, a] : kSteps) {
        for (const auto& [second, b] : kSteps) {
            const Outcome in_order = one_after_the_other(a, b);
            Outcome reversed = one_after_the_other(b, a);
            std::swap(reversed.first, reversed.second);
            Outcome found;
            for (int place = 0; interleave(a, b, place, found); ++place) {
                ASSERT_TRUE(found == in_order || found == reversed)
                    << second << " in the middle of " << first << ", at " << place << ":\n"
                    << found.first << " | " << found.second << '\n'
                    << found.state;
            }
        }
    }
}

// Under the thread sanitizer this says more than what is compared.
TEST(OneStep, RacingThreadsComeOneAfterTheOther) {
    std::size_t number = 0;
    for (const auto& [first, a] : kSteps) {
        for (const auto& [second, b] : kSteps) {
            if (++number % 7 != 0) {
                continue;
            }
            const Scene scene;
            Outcome found;
            std::thread thread([&] { found.second = result_of(b, scene); });
            found.first = result_of(a, scene);
            thread.join();
            found.state = state_of(scene);
            Outcome reversed = one_after_the_other(b, a);
            std::swap(reversed.first, reversed.second);
            ASSERT_TRUE(found == one_after_the_other(a, b) || found == reversed)
                << first << " and " << second;
        }
    }
}

/// Its elements are made by code of the program's.
struct Slow {
    int value = 0;
};

bool lock_is_free() {
    bool free = false;
    std::thread([&] {
        free = hdf5::library_lock().try_acquire();
        if (free) {
            hdf5::library_lock().release();
        }
    }).join();
    return free;
}

}  // namespace

template <>
struct NativeType<Slow> {
    static constexpr bool kPlain = false;
    static Datatype datatype() { return NativeType<int>::datatype(); }
    static void load(const std::byte* element, Slow& slow) {
        EXPECT_TRUE(lock_is_free());
        detail::load_element(element, slow.value);
    }
    static void store(const Slow& slow, std::byte* element, detail::ElementMemory& memory) {
        EXPECT_TRUE(lock_is_free());
        detail::store_element(slow.value, element, memory);
    }
};

namespace {

TEST(OneStep, ConversionsOfTheProgramRunWithoutTheLock) {
    const File file = File::in_memory();
    const std::vector<Slow> values{{1}, {2}, {3}};
    const Dataset dataset = file.create_dataset("x", values);
    dataset.write(values);
    dataset.set(Slow{5}, at(0));
    EXPECT_EQ(dataset.read<Slow>().to_vector()[1].value, 2);
    EXPECT_EQ(dataset.get<Slow>(at(0)).value, 5);
    file.attributes()["a"] = values;
    file.attributes()["a"].write(values);
    EXPECT_EQ(file.attributes().read<Slow>("a").to_vector()[2].value, 3);
    file.attributes()["b"] = Slow{4};
    EXPECT_EQ(file.attributes().get<Slow>("b").value, 4);
}

}  // namespace
}  // namespace hyperslab
