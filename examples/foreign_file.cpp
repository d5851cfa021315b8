// Looks through a file that another program made: foreign_file [FILE]
//
// Prints the largest value of every dataset of numbers, whatever their type, piece by piece.

#include <hyperslab/hyperslab.hpp>

#include <algorithm>
#include <iostream>
#include <limits>
#include <string>
#include <vector>

namespace hs = hyperslab;

namespace {

bool holds_numbers(const hs::Dataset& dataset) {
    const hs::TypeClass type = dataset.datatype().type_class();
    return (type == hs::TypeClass::integer || type == hs::TypeClass::floating) &&
           dataset.size() > 0;
}

double largest(const hs::Dataset& dataset) {
    double found = -std::numeric_limits<double>::infinity();
    const auto take = [&](const hs::Array<double>& values) {
        found = std::max(found, *std::max_element(values.begin(), values.end()));
    };
    if (dataset.layout() == hs::Layout::chunked) {
        for (const hs::Selection& part : dataset.chunk_range()) {
            take(dataset.read<double>(part));
        }
    } else {
        take(dataset.read<double>());
    }
    return found;
}

std::string made_here() {
    const std::string path = "foreign_file.h5";
    const hs::File file(path, hs::Mode::create);
    file.create_dataset("a/chunked", std::vector<short>{3, 1, 2}, {.chunks = {2}});
    file.create_dataset("b", -1.5);
    file.create_dataset("text", "not a number");
    return path;
}

int look_through(const std::string& path) {
    const hs::File file(path);
    file.visit([](const std::string& name, const hs::Object& object) {
        if (object.kind() == hs::ObjectKind::dataset && holds_numbers(object)) {
            std::cout << name << ": " << largest(object) << '\n';
        }
    });
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return look_through(argc > 1 ? argv[1] : made_here());
    } catch (const hs::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
