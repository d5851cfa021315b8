// Matrices of Eigen in a file: a line is fitted to every pixel of a stack of images.

#include <Eigen/QR>
#include <hyperslab/eigen.hpp>
#include <hyperslab/hyperslab.hpp>

#include <iostream>

namespace hs = hyperslab;

namespace {

constexpr Eigen::Index kTimes = 20;
constexpr Eigen::Index kPixels = 64;

void make_images(const hs::File& file) {
    const Eigen::VectorXd times = Eigen::VectorXd::LinSpaced(kTimes, 0, 1);
    const Eigen::RowVectorXd slopes = Eigen::RowVectorXd::LinSpaced(kPixels, -1, 1);
    const Eigen::MatrixXd images = (times * slopes).array() + 3;  // a row of pixels a time
    const hs::Dataset dataset = file.create_dataset("images", images, {.filters = {hs::deflate()}});
    dataset.attributes()["times"] = times;
}

}  // namespace

int main() {
    try {
        const hs::File file("eigen_fit.h5", hs::Mode::create);
        make_images(file);

        // Numbers of any type become those of the matrix, rows and columns stay what they are.
        const hs::Dataset images = file.dataset("images");
        const auto measured = images.read<Eigen::MatrixXd>();
        const auto times = images.attributes().get<Eigen::VectorXd>("times");
        Eigen::MatrixXd design(times.size(), 2);
        design << Eigen::VectorXd::Ones(times.size()), times;
        const Eigen::MatrixXd fit = design.colPivHouseholderQr().solve(measured);

        const hs::Dataset lines = file.create_dataset("lines", fit);
        const auto slopes = lines.read<Eigen::RowVectorXf>({hs::at(1), hs::slice(0, 3)});
        std::cout << "lines " << hs::to_string(lines.shape()) << ", slopes " << slopes << " ...\n";
        file.close();
        return std::abs(slopes(0) + 1) < 1e-6F ? 0 : 1;
    } catch (const hs::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
