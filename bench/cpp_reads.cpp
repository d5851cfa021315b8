// The same read in C++ by hyperslab and by HDF5's C API, taking turns: what a C++ user gains.
// Prints one JSON object: seconds of each, and whether their answers were equal.
//
//   bench_cpp_reads whole|strided|points|elements FILE    of "d" in FILE, as float
//
// The C API is called here directly, against the rule of the rooms, because it is the other side.
#include <hdf5.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <hyperslab/hyperslab.hpp>
#include <limits>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

namespace hs = hyperslab;

constexpr int kRounds = 7;
constexpr hsize_t kElements = 2'000;
constexpr hsize_t kPointStep = 33;  // of a million 30,000 and some

// What H5Dread fills: memory that nobody touched before, as hs::Array has it.
struct Floats {
    explicit Floats(std::size_t count) : size(count), data(new float[count]) {}
    std::size_t size;
    std::unique_ptr<float[]> data;
};

// A dataset by the C API. Whoever writes such code checks each call; these are checked by the
// answers being compared.
class PlainDataset {
public:
    explicit PlainDataset(const char* name)
        : file_(H5Fopen(name, H5F_ACC_RDONLY, H5P_DEFAULT)),
          dataset_(H5Dopen2(file_, "d", H5P_DEFAULT)),
          space_(H5Dget_space(dataset_)) {
        if (space_ < 0) {
            throw std::runtime_error(std::string("cannot open ") + name);
        }
        shape_.resize(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space_)));
        H5Sget_simple_extent_dims(space_, shape_.data(), nullptr);
    }
    ~PlainDataset() {
        H5Sclose(space_);
        H5Dclose(dataset_);
        H5Fclose(file_);
    }
    PlainDataset(const PlainDataset&) = delete;
    PlainDataset& operator=(const PlainDataset&) = delete;

    const std::vector<hsize_t>& shape() const { return shape_; }
    hid_t space() const { return space_; }

    Floats read_all() const {
        Floats result(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space_)));
        H5Dread(dataset_, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, result.data.get());
        return result;
    }

    /// What is selected in space(). libhdf5 is much slower when the shape in memory is another.
    Floats read(std::span<const hsize_t> shape) const {
        Floats result(static_cast<std::size_t>(H5Sget_select_npoints(space_)));
        const hid_t memory =
            H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
        H5Dread(dataset_, H5T_NATIVE_FLOAT, memory, space_, H5P_DEFAULT, result.data.get());
        H5Sclose(memory);
        return result;
    }

private:
    hid_t file_;
    hid_t dataset_;
    hid_t space_;
    std::vector<hsize_t> shape_;
};

/// One read by both.
struct Sides {
    std::function<hs::Array<float>()> ours;
    std::function<Floats()> plain;
    double count = 1;  // operations in it
};

Sides whole(const hs::Dataset& dataset, const PlainDataset& plain) {
    return {[&] { return dataset.read<float>(); }, [&] { return plain.read_all(); }};
}

constexpr hs::Slice every(std::int64_t step) { return hs::slice({}, {}, step); }

// Every third row, every second column.
Sides strided(const hs::Dataset& dataset, const PlainDataset& plain) {
    return {[&] { return dataset.read<float>({every(3), every(2)}); },
            [&] {
                const hsize_t start[] = {0, 0};
                const hsize_t step[] = {3, 2};
                const hsize_t count[] = {(plain.shape()[0] + 2) / 3, (plain.shape()[1] + 1) / 2};
                H5Sselect_hyperslab(plain.space(), H5S_SELECT_SET, start, step, count, nullptr);
                return plain.read(count);
            }};
}

std::vector<hsize_t> point_list(const PlainDataset& plain) {
    std::vector<hsize_t> points;
    for (hsize_t i = 0; i < plain.shape()[0]; i += kPointStep + i % 2) {
        points.push_back(i);
    }
    return points;
}

Sides points(const hs::Dataset& dataset, const PlainDataset& plain) {
    const std::vector<hsize_t> wanted = point_list(plain);
    const std::vector<std::int64_t> indices(wanted.begin(), wanted.end());
    return {[&dataset, indices] { return dataset.read<float>(hs::indices(indices)); },
            [&plain, wanted] {
                H5Sselect_elements(plain.space(), H5S_SELECT_SET, wanted.size(), wanted.data());
                const hsize_t count[] = {wanted.size()};
                return plain.read(count);
            }};
}

Sides elements(const hs::Dataset& dataset, const PlainDataset& plain) {
    const auto ours = [&] {
        hs::Array<float> result({kElements});
        for (hsize_t i = 0; i < kElements; ++i) {
            result.data()[i] = dataset.get<float>({hs::at(static_cast<std::int64_t>(i % 7)),
                                                   hs::at(static_cast<std::int64_t>(i % 97))});
        }
        return result;
    };
    const auto theirs = [&] {
        Floats result(kElements);
        const hsize_t one[] = {1};
        for (hsize_t i = 0; i < kElements; ++i) {
            const hsize_t place[] = {i % 7, i % 97};
            H5Sselect_elements(plain.space(), H5S_SELECT_SET, 1, place);
            result.data[i] = plain.read(one).data[0];
        }
        return result;
    };
    return {ours, theirs, static_cast<double>(kElements)};
}

Sides sides_of(const std::string& what, const hs::Dataset& dataset, const PlainDataset& plain) {
    if (what == "whole") {
        return whole(dataset, plain);
    }
    if (what == "strided") {
        return strided(dataset, plain);
    }
    if (what == "points") {
        return points(dataset, plain);
    }
    if (what == "elements") {
        return elements(dataset, plain);
    }
    throw std::runtime_error("no such read: " + what);
}

template <class Read>
void time(const Read& read, double& best) {
    const auto begin = std::chrono::steady_clock::now();
    const auto result = read();  // let go after the clock is read
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    best = std::min(best, took.count());
}

bool equal(const hs::Array<float>& ours, const Floats& plain) {
    return ours.size() == plain.size &&
           std::memcmp(ours.data(), plain.data.get(), plain.size * sizeof(float)) == 0;
}

void run(const std::string& what, const char* name) {
    const PlainDataset plain(name);
    const hs::File file(name, hs::Mode::read);
    const hs::Dataset dataset = file.dataset("d");
    const Sides sides = sides_of(what, dataset, plain);
    const bool same = equal(sides.ours(), sides.plain());
    double ours = std::numeric_limits<double>::infinity();
    double theirs = ours;
    for (int round = 0; round < kRounds; ++round) {
        time(sides.plain, theirs);
        time(sides.ours, ours);
    }
    std::printf("{\"hyperslab\": %.9f, \"H5Dread\": %.9f, \"equal\": %s}\n",
                ours / sides.count,
                theirs / sides.count,
                same ? "true" : "false");
}

}  // namespace

int main(int count, char** arguments) {
    try {
        if (count != 3) {
            throw std::runtime_error("bench_cpp_reads whole|strided|points|elements FILE");
        }
        run(arguments[1], arguments[2]);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
