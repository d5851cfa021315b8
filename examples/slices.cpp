// Slices: parts of an array, as NumPy has them.

#include <hyperslab/hyperslab.hpp>

#include <iostream>
#include <string_view>

namespace hs = hyperslab;

namespace {

void show(std::string_view what, const hs::Array<int>& part) {
    std::cout << what << "  " << hs::to_string(part.shape()) << ':';
    for (const int value : part) {
        std::cout << ' ' << value;
    }
    std::cout << '\n';
}

}  // namespace

int main() {
    const hs::File file = hs::File::in_memory();
    const hs::Dataset dataset = file.create_dataset<int>("x", {4, 6});
    for (int row = 0; row < 4; ++row) {
        dataset.write(10 * row, hs::at(row));  // one value for the whole row
    }
    dataset.write(std::vector{1, 2, 3}, {hs::at(0), hs::slice(0, 6, 2)});

    show("x[0]            ", dataset.read<int>(hs::at(0)));
    show("x[-1, 2:4]      ", dataset.read<int>({hs::at(-1), hs::slice(2, 4)}));
    show("x[..., 0]       ", dataset.read<int>({hs::ellipsis, hs::at(0)}));
    show("x[[0, 3], 1:3]  ", dataset.read<int>({hs::indices({0, 3}), hs::slice(1, 3)}));
    show("x[mask, 5]      ", dataset.read<int>({hs::mask({1, 0, 1, 0}), hs::at(5)}));
    std::cout << "x[0, 4]           " << dataset.get<int>({hs::at(0), hs::at(4)}) << '\n';

    // A large dataset piece by piece: here each row is a chunk of its own.
    const hs::Dataset chunked = file.create_dataset<int>("y", {4, 6}, {.chunks = {1, 6}});
    std::size_t parts = 0;
    for (const hs::Selection& part : chunked.chunk_range()) {
        chunked.write(dataset.read<int>(part), part);
        ++parts;
    }
    std::cout << "copied in " << parts << " parts\n";
    return chunked.read<int>() == dataset.read<int>() ? 0 : 1;
}
