#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

TEST(Dimensions, HaveLabelsAndScales) {
    const File file = File::in_memory();
    const Dataset flux = file.create_dataset<float>("flux", {3, 5});
    const Dataset wave = file.create_dataset<float>("wave", {5});
    const Dataset pixel = file.create_dataset<int>("pixel", {5});
    EXPECT_FALSE(wave.is_scale());
    wave.make_scale("wavelength");
    EXPECT_TRUE(wave.is_scale());
    EXPECT_EQ(wave.scale_name(), "wavelength");
    EXPECT_EQ(flux.scale_name(), "");

    const Dimensions dims = flux.dims();
    EXPECT_EQ(dims.size(), 2u);
    EXPECT_EQ(dims[1].label(), "");
    dims[1].set_label("lambda");
    EXPECT_EQ(dims[1].label(), "lambda");
    dims[1].attach(wave);
    dims[1].attach(pixel);
    EXPECT_TRUE(pixel.is_scale()) << "attaching makes it one";
    EXPECT_EQ(dims[0].size(), 0u);
    EXPECT_TRUE(dims[0].scales().empty());
    ASSERT_EQ(dims[1].size(), 2u);
    EXPECT_EQ(dims[1].scales()[0], wave);
    EXPECT_EQ(dims[1].scales()[1], pixel);
    EXPECT_EQ(dims[1].scale("wavelength"), wave);
    EXPECT_TRUE(dims[1].is_attached(wave));
    dims[1].detach(wave);
    EXPECT_FALSE(dims[1].is_attached(wave));
    EXPECT_EQ(dims[1].size(), 1u);
}

TEST(Dimensions, ThatAreNotThereAreErrors) {
    const File file = File::in_memory();
    const Dataset flux = file.create_dataset<float>("flux", {3});
    expect_error(ErrorCode::out_of_range, "axis 1", [&] { flux.dims()[1].label(); });
    expect_error(ErrorCode::not_found, "'wave'", [&] { flux.dims()[0].scale("wave"); });
    EXPECT_THROW(flux.dims()[0].attach(flux), Error);
    EXPECT_THROW(flux.dims()[0].detach(file.create_dataset<float>("x", {3})), Error);
}

}  // namespace
}  // namespace hyperslab
