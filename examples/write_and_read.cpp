// Writes an array into a new file and reads it back, converted on the way.

#include <hyperslab/hyperslab.hpp>

#include <iostream>
#include <numeric>
#include <vector>

namespace hs = hyperslab;

int main() {
    std::vector<float> values(12);
    std::iota(values.begin(), values.end(), 0.0F);

    hs::File file("write_and_read.h5", hs::Mode::create);
    hs::Dataset flux = file.create_dataset<float>(
        "4857/55711/flux", {3, 4}, {.chunks = {1, 4}, .filters = {hs::shuffle(), hs::deflate(4)}});
    flux.write(values);
    file.close();

    // Float in the file, double here.
    const hs::Array<double> all =
        hs::File("write_and_read.h5").dataset("4857/55711/flux").read<double>();
    std::cout << "shape " << hs::to_string(all.shape()) << ", last element " << all(2, 3) << '\n';
    return all(2, 3) == 11 ? 0 : 1;
}
