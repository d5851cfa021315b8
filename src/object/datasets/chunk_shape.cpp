// The choice of a chunk shape when the caller gives none. The numbers are h5py's, so that files are
// alike.

#include <cmath>
#include <numeric>

#include "hyperslab/dataset_options.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab {
namespace {

constexpr double kBaseBytes = 16.0 * 1024;
constexpr double kMinBytes = 8.0 * 1024;
constexpr double kMaxBytes = 1024.0 * 1024;

double product(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 1.0, std::multiplies<>());
}

// Doubles with each tenfold growth of the dataset.
double target_bytes(double dataset_bytes) {
    const double target = kBaseBytes * std::exp2(std::log10(dataset_bytes / (1024.0 * 1024)));
    return std::min(std::max(target, kMinBytes), kMaxBytes);
}

bool is_good(double bytes, double target) {
    return (bytes < target || std::abs(bytes - target) / target < 0.5) && bytes < kMaxBytes;
}

}  // namespace

Shape guess_chunk_shape(const Shape& shape, std::size_t element_size) {
    if (shape.empty()) {
        throw Error(ErrorCode::invalid_argument, "Chunks not allowed for scalar datasets.");
    }
    // Doubles throughout: logical sizes may be far beyond 64 bits.
    std::vector<double> chunk;
    for (const std::uint64_t n : shape) {
        chunk.push_back(n == 0 ? 1024.0 : static_cast<double>(n));
    }
    const auto size = static_cast<double>(element_size);
    const double target = target_bytes(product(chunk) * size);
    // Halves one axis after the other until the chunk is near the target.
    for (std::size_t axis = 0; !is_good(product(chunk) * size, target); ++axis) {
        if (product(chunk) == 1.0) {
            break;  // a single element is larger than a chunk should be
        }
        double& n = chunk[axis % chunk.size()];
        n = std::ceil(n / 2);
    }
    return Shape(chunk.begin(), chunk.end());
}

}  // namespace hyperslab
