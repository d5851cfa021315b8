// Handles used from many threads at once.

#include <thread>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

template <class Work>
void in_threads(int count, Work&& work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([&, i] { work(i); });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

TEST(Threads, ShareOneDataset) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<int>(
        "x", {8, 1000}, {.chunks = {2, 100}, .max_shape = Shape{8, kUnlimited}});
    in_threads(8, [&](int i) {
        for (int round = 0; round < 50; ++round) {
            dataset.write(i, at(i));
            EXPECT_EQ(dataset.get<double>({at(i), at(round)}), i);
            EXPECT_EQ(dataset.get<int>({at(i), at(-1)}), i);
            EXPECT_EQ(dataset.shape(), (Shape{8, 1000}));
        }
    });
    EXPECT_EQ(dataset.read<int>({all, at(500)}).to_vector(),
              (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(Threads, MakeAndDropObjectsOfOneFile) {
    const File file = File::in_memory();
    in_threads(8, [&](int i) {
        const Group group = file.create_group(std::to_string(i));
        for (int round = 0; round < 50; ++round) {
            group.create_dataset(std::to_string(round), std::vector<int>(10, i));
            group.attributes()["round"] = round;
            EXPECT_EQ(file.group(std::to_string(i)).size(), static_cast<std::size_t>(round) + 1);
        }
    });
    EXPECT_EQ(file.size(), 8u);
}

TEST(Threads, FindAFileClosedUnderThem) {
    for (int round = 0; round < 20; ++round) {
        const File file = File::in_memory();
        const Dataset dataset = file.create_dataset("x", std::vector<int>(1000, 1));
        in_threads(4, [&](int i) {
            try {
                for (int k = 0; k < 50; ++k) {
                    if (i == 0 && k == 10) {
                        file.close();
                    }
                    const Dataset opened = file.dataset("x");
                    EXPECT_EQ(opened.get<int>(at(k)), 1);
                    EXPECT_EQ(dataset.read<int>().size(), 1000u);
                }
            } catch (const Error&) {
                EXPECT_FALSE(file.valid());
            }
        });
    }
}

/// What one of many threads does with a file that it shares, and with files of its own.
class Worker {
public:
    Worker(const File& shared, int number)
        : shared_(shared), own_("t" + std::to_string(number)), number_(number) {}

    void work(int rounds) {
        const Group group = shared_.create_group(own_);
        growing_ = group.create_dataset<int>(
            "growing", {0, 40}, {.chunks = {2, 40}, .max_shape = Shape{kUnlimited, 40}});
        for (int round = 0; round < rounds; ++round) {
            grow(round);
            write_text(group, round);
            remove_some(group, round);
            look_around(group);
            fail(group);
            use_own_file(round);
        }
    }

private:
    void grow(int round) {
        const auto rows = static_cast<std::uint64_t>(round) + 1;
        growing_.resize({rows, 40});
        growing_.write(number_ + round, at(round));
        EXPECT_EQ(growing_.get<double>({at(round), at(7)}), number_ + round);
        EXPECT_EQ(growing_.read<int>({all, at(3)}).size(), rows);
    }

    void write_text(const Group& group, int round) {
        const std::string name = "text" + std::to_string(round);
        const std::vector<std::string> words{own_, std::string(40, 'x'), ""};
        const Dataset dataset = group.create_dataset(name, words);
        dataset.attributes()["words"] = words;
        dataset.attributes()["round"] = round;
        EXPECT_EQ(dataset.read<std::string>().to_vector(), words);
        EXPECT_EQ(dataset.attributes().get<int>("round"), round);
        const Dataset again(shared_.dereference(dataset.reference()));
        EXPECT_EQ(again, dataset);
        EXPECT_EQ(again.attributes().read<std::string>("words").to_vector(), words);
    }

    void remove_some(const Group& group, int round) {
        if (round % 3 == 2) {
            group.remove("text" + std::to_string(round - 1));
            group.move("text" + std::to_string(round), "moved" + std::to_string(round));
        }
    }

    void look_around(const Group& group) {
        std::size_t seen = 0;
        for (const auto& [name, object] : group) {
            EXPECT_EQ(object.kind(), ObjectKind::dataset) << name;
            ++seen;
        }
        EXPECT_EQ(seen, group.size());
        std::size_t visited = 0;
        group.visit([&](const std::string&, const Object&) { ++visited; });
        EXPECT_EQ(visited, seen);
        const std::vector<int> common = shared_.dataset("common").read<int>().to_vector();
        EXPECT_EQ(common, std::vector<int>(20000, 5));
    }

    void fail(const Group& group) {
        EXPECT_THROW(group.dataset("none"), Error);
        EXPECT_THROW(growing_.get<int>({at(100000), at(0)}), Error);
        EXPECT_THROW(shared_.create_group(own_), Error);
    }

    void use_own_file(int round) {
        const ScratchPath path(own_ + ".h5");
        {
            const File file(path, Mode::create);
            file.create_dataset("x", std::vector<int>(5000, round), {.chunks = {700}});
        }
        const File file(path);
        EXPECT_EQ(file.dataset("x").read<double>().to_vector(), std::vector<double>(5000, round));
        EXPECT_THROW(file.create_group("g"), Error);
    }

    const File& shared_;
    std::string own_;
    int number_;
    Dataset growing_{};
};

TEST(Threads, DoEverythingAtOnce) {
    constexpr int kThreads = 16;
    constexpr int kRounds = 12;
    const ScratchPath path("shared.h5");
    {
        const File file(path, Mode::create);
        file.create_dataset(
            "common", std::vector<int>(20000, 5), {.chunks = {3000}, .filters = {deflate(1)}});
        in_threads(kThreads, [&](int i) { Worker(file, i).work(kRounds); });
    }
    const File file(path);
    EXPECT_EQ(file.size(), kThreads + 1u);
    for (int i = 0; i < kThreads; ++i) {
        const Group group = file.group("t" + std::to_string(i));
        EXPECT_EQ(group.size(), 1u + kRounds - kRounds / 3);
        EXPECT_EQ(group.dataset("growing").get<int>({at(-1), at(0)}), i + kRounds - 1);
    }
}

}  // namespace
}  // namespace hyperslab
