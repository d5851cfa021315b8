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

}  // namespace
}  // namespace hyperslab
