// A virtual dataset: one array whose rows lie in several files.

#include <hyperslab/hyperslab.hpp>

#include <iostream>
#include <string>
#include <vector>

namespace hs = hyperslab;

int main() {
    constexpr int kNights = 3;
    hs::VirtualLayout layout({kNights, 5}, hs::NativeType<int>::datatype());
    for (int night = 0; night < kNights; ++night) {
        const std::string path = "night_" + std::to_string(night) + ".h5";
        hs::File(path, hs::Mode::create).create_dataset("counts", std::vector<int>(5, 10 * night));
        layout.map(hs::at(night), {path, "counts", {5}});
    }
    const hs::File file("virtual_dataset.h5", hs::Mode::create);
    const hs::Dataset all = file.create_virtual_dataset("counts", layout, hs::fill_value(-1));

    for (const hs::VirtualMapping& mapping : all.virtual_sources()) {
        std::cout << "row " << mapping.virtual_selection.start()[0] << " is in " << mapping.file
                  << '\n';
    }
    const auto column = all.read<int>({hs::all, hs::at(0)});
    std::cout << "first column: " << column(0) << ' ' << column(1) << ' ' << column(2) << '\n';
    return column(2) == 20 ? 0 : 1;
}
