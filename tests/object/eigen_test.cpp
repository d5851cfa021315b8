// Eigen's matrices, by the adaptor of eigen.hpp, and a class with an adaptor of its own.

#include <hyperslab/eigen.hpp>
#include <numeric>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Dataset grid(const Group& group) {
    Array<double> values({3, 4});
    std::iota(values.begin(), values.end(), 0.0);
    return group.create_dataset("grid", values);
}

template <class Matrix>
class EigenMatrix : public testing::Test {};
using Matrices = testing::Types<Eigen::MatrixXd,
                                RowMajor,
                                Eigen::MatrixXf,
                                Eigen::Matrix<int, 3, 4>,
                                Eigen::Matrix<double, 3, Eigen::Dynamic>,
                                Eigen::ArrayXXd,
                                Eigen::Array<float, Eigen::Dynamic, 4, Eigen::RowMajor>>;
TYPED_TEST_SUITE(EigenMatrix, Matrices);

TYPED_TEST(EigenMatrix, ComesAndGoesWithItsRowsAndColumns) {
    const File file = File::in_memory();
    const Dataset dataset = grid(file);
    const auto matrix = dataset.read<TypeParam>();
    ASSERT_EQ(matrix.rows(), 3);
    ASSERT_EQ(matrix.cols(), 4);
    EXPECT_EQ(matrix(1, 0), 4);
    EXPECT_EQ(matrix(2, 3), 11);
    EXPECT_TRUE(dataset.get<TypeParam>().isApprox(matrix));
    TypeParam target;
    dataset.read_into(target);
    EXPECT_TRUE(target.isApprox(matrix));

    const Dataset made = file.create_dataset("made", matrix);
    EXPECT_EQ(made.shape(), (Shape{3, 4}));
    EXPECT_EQ(made.template get<double>({at(1), at(2)}), 6);
    const TypeParam twice = matrix + matrix;
    made.write(twice);
    EXPECT_EQ(made.template get<double>({at(2), at(3)}), 22);
    file.attributes()["m"] = matrix;
    EXPECT_EQ(file.attributes()["m"].shape(), (Shape{3, 4}));
    EXPECT_TRUE(file.attributes().get<TypeParam>("m").isApprox(matrix));
}

TEST(Eigen, VectorsHaveOneDimension) {
    const File file = File::in_memory();
    const Dataset dataset = grid(file);
    EXPECT_EQ(dataset.read<Eigen::VectorXd>({at(1)}), Eigen::Vector4d(4, 5, 6, 7));
    EXPECT_EQ(dataset.read<Eigen::RowVectorXi>({all, at(-1)}), Eigen::RowVector3i(3, 7, 11));
    EXPECT_EQ(dataset.get<Eigen::Vector3f>({all, at(0)}), Eigen::Vector3f(0, 4, 8));
    dataset.write(Eigen::Vector4d(1, 2, 3, 4), {at(0)});
    EXPECT_EQ(dataset.get<int>({at(0), at(3)}), 4);
    EXPECT_EQ(file.create_dataset("v", Eigen::VectorXcd(5)).shape(), (Shape{5}));
    const Dataset rows = file.create_dataset<double>(
        "rows", {0, 3}, {.chunks = {4, 3}, .max_shape = Shape{kUnlimited, 3}});
    rows.append(Eigen::Vector3d(1, 2, 3));
    rows.append(Eigen::MatrixXd::Ones(2, 3).eval());
    EXPECT_EQ(rows.shape(), (Shape{3, 3}));
}

TEST(Eigen, MapsAndBlocksAreReadInto) {
    const File file = File::in_memory();
    const Dataset dataset = grid(file);
    std::vector<double> memory(12, -1);
    Eigen::Map<RowMajor> map(memory.data(), 3, 4);
    dataset.read_into(map);
    EXPECT_EQ(memory[5], 5);
    Eigen::MatrixXd large = Eigen::MatrixXd::Zero(5, 6);
    auto block = large.block(1, 2, 3, 4);
    dataset.read_into(block);
    EXPECT_EQ(large(1, 3), 1);
    EXPECT_EQ(large(3, 5), 11);
    EXPECT_EQ(large(0, 0), 0);
    file.create_dataset("block", block);
    EXPECT_EQ(file.dataset("block").get<double>({at(2), at(1)}), 9);
    const Eigen::Map<const Eigen::VectorXd> constant(memory.data(), 12);
    EXPECT_EQ(file.create_dataset("c", constant).size(), 12u);
}

TEST(Eigen, ShapesThatATypeCannotHaveAreErrors) {
    const File file = File::in_memory();
    const Dataset dataset = grid(file);
    constexpr auto kBad = ErrorCode::invalid_argument;
    expect_error(kBad, "(3, 4)", [&] { dataset.read<Eigen::Matrix3d>(); });
    expect_error(kBad, "(3, 4)", [&] { dataset.read<Eigen::VectorXd>(); });
    expect_error(kBad, "(4,)", [&] { dataset.read<Eigen::MatrixXd>({at(0)}); });
    std::vector<double> memory(12);
    Eigen::Map<RowMajor> map(memory.data(), 4, 3);
    expect_error(kBad, "(3, 4)", [&] { dataset.read_into(map); });
}

// ---- an adaptor of one's own ----

class Image {
public:
    Image() = default;
    void resize(std::size_t rows, std::size_t columns) {
        pixels.assign(rows * columns, 0);
        height = rows;
        width = columns;
    }

    std::vector<float> pixels{};
    std::size_t height = 0;
    std::size_t width = 0;
};

}  // namespace

template <>
struct ArrayAdaptor<Image> {
    using value_type = float;
    static StridedView<float> view(Image& image) {
        return {image.pixels.data(), {image.height, image.width}};
    }
    static StridedView<const float> view(const Image& image) {
        return {image.pixels.data(), {image.height, image.width}};
    }
    static void resize(Image& image, const Shape& shape) {
        image.resize(static_cast<std::size_t>(shape.at(0)), static_cast<std::size_t>(shape.at(1)));
    }
};

namespace {

TEST(ArrayAdaptor, MakesAClassAnArray) {
    const File file = File::in_memory();
    const auto image = grid(file).read<Image>();
    EXPECT_EQ(image.width, 4u);
    EXPECT_EQ(image.pixels[11], 11);
    const Dataset copy = file.create_dataset("copy", image);
    EXPECT_EQ(copy.shape(), (Shape{3, 4}));
    Image part;
    copy.read_into(part, {slice(0, 2), slice(1, 4)});
    EXPECT_EQ(part.pixels, (std::vector<float>{1, 2, 3, 5, 6, 7}));
}

}  // namespace
}  // namespace hyperslab
