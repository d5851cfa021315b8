// A plug-in whose calls of HDF5 nothing in the program resolves but the HDF5 that loads it.

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "hyperslab/hyperslab.hpp"

namespace hs = hyperslab;

namespace {

constexpr hs::FilterId kFirst = 300;
constexpr hs::FilterId kSecond = 301;  // the plug-in registers it itself

TEST(Library, ExportsNothingOfHdf5) {
    EXPECT_EQ(::dlsym(RTLD_DEFAULT, "H5open"), nullptr);
    EXPECT_EQ(::dlsym(RTLD_DEFAULT, "H5Zregister"), nullptr);
    EXPECT_EQ(::dlsym(RTLD_DEFAULT, "H5T_NATIVE_INT_g"), nullptr);
}

TEST(Plugin, ReachesTheHdf5ThatLoadsIt) {
    std::vector<short> values(1000);
    std::iota(values.begin(), values.end(), short{0});
    const hs::File file = hs::File::in_memory();
    for (const hs::FilterId id : {kFirst, kSecond}) {
        const hs::Dataset dataset =
            file.create_dataset("x" + std::to_string(id),
                                values,
                                {.chunks = {1000}, .filters = {hs::custom_filter(id)}});
        EXPECT_EQ(dataset.filters().front().options, (std::vector<unsigned>{42, 2}));
        file.flush();
        const hs::RawChunk chunk = dataset.read_raw_chunk({0});
        EXPECT_EQ(chunk.bytes[2], std::byte{0xfe}) << "1, every bit turned around";
        const hs::Dataset again = hs::File::from_image(file.image()).dataset(dataset.name());
        EXPECT_EQ(again.read<short>().to_vector(), values);
    }
}

}  // namespace
