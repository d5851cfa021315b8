// Opens a file that any program may have written, lists it, slices a dataset and appends a row:
// append_row [FILE DATASET]
//
// The row continues the last two: 3, 5 is followed by 7.

#include <hyperslab/hyperslab.hpp>

#include <cstdint>
#include <iostream>
#include <string>

namespace hs = hyperslab;

namespace {

void make_file(const std::string& path, const std::string& dataset) {
    const hs::File file(path, hs::Mode::create);
    hs::Array<float> values({4, 6});
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<float>(i / 6 * 100 + i % 6);
    }
    file.create_dataset(dataset,
                        values,
                        {.chunks = {2, 6},
                         .max_shape = hs::Shape{hs::kUnlimited, 6},
                         .filters = {hs::shuffle(), hs::deflate(4), hs::fletcher32()}});
    file.close();
}

void list(const hs::File& file) {
    file.visit([](const std::string& path, const hs::Object& object) {
        std::cout << "  /" << path;
        if (object.kind() == hs::ObjectKind::dataset) {
            const hs::Dataset dataset = object;
            std::cout << "  " << hs::to_string(dataset.shape()) << "  "
                      << hs::to_string(dataset.datatype());
        }
        std::cout << '\n';
    });
}

void slice(const hs::Dataset& dataset) {
    const hs::Array<double> part = dataset.read<double>({hs::slice(0, 2), hs::slice(0, 3)});
    std::cout << "rows 0 and 1, columns 0 to 2:";
    for (const double value : part) {
        std::cout << ' ' << value;
    }
    std::cout << '\n';
}

void append_row(const hs::Dataset& dataset) {
    const hs::Shape before = dataset.shape();
    auto row = dataset.read<double>({hs::at(-1), hs::all});
    const auto earlier = dataset.read<double>({hs::at(-2), hs::all});
    for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] += row[i] - earlier[i];
    }
    dataset.resize(0, before[0] + 1);
    dataset.write(row, {hs::at(-1), hs::all});
    dataset.attributes()["added_by"] = "hyperslab from C++";
    std::cout << "was " << hs::to_string(before) << ", is " << hs::to_string(dataset.shape())
              << '\n';
}

bool look_and_append(const std::string& path, const std::string& name) {
    const hs::File file(path, hs::Mode::read_write);
    std::cout << path << " (HDF5 " << hs::hdf5_version() << ")\n";
    list(file);
    const hs::Dataset dataset = file.dataset(name);
    slice(dataset);
    const std::uint64_t rows = dataset.shape()[0];
    append_row(dataset);
    const bool longer = dataset.shape()[0] == rows + 1;
    file.close();  // and not the destructor: it could not say that writing failed
    return longer;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc == 3) {
            return look_and_append(argv[1], argv[2]) ? 0 : 1;
        }
        make_file("append_row.h5", "runs/signal");
        return look_and_append("append_row.h5", "runs/signal") ? 0 : 1;
    } catch (const hs::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
