// Small calls of hyperslab and of HDF5's C API, taking turns: what a call costs that moves little.
// Prints one JSON object a case: nanoseconds of a call by each.
//
//   bench_cpp_calls FOLDER [PART OF A NAME]
//
// The C API is called here directly, against the rule of the rooms, because it is the other side.
// Each side has a file of its own and does what its users write: the C side opens, checks nothing,
// and closes what it opened.
#include <hdf5.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <hyperslab/hyperslab.hpp>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace hs = hyperslab;

constexpr int kRounds = 15;
constexpr int kCalls = 2'000;
constexpr hsize_t kColumns = 16;
constexpr hsize_t kRows = 20'000;

double nanoseconds_a_call(const std::function<void(int)>& call) {
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    for (int i = 0; i < kCalls; ++i) {
        call(i);
    }
    return std::chrono::duration<double, std::nano>(Clock::now() - begin).count() / kCalls;
}

/// The same call by both; `before` makes each round begin alike.
struct Case {
    std::string name;
    std::function<void(int)> ours;
    std::function<void(int)> plain;
    std::function<void()> before = [] {};
};

void measure(const Case& what) {
    double ours = std::numeric_limits<double>::max();
    double plain = ours;
    for (int round = 0; round < kRounds; ++round) {
        what.before();
        ours = std::min(ours, nanoseconds_a_call(what.ours));
        plain = std::min(plain, nanoseconds_a_call(what.plain));
    }
    std::printf("{\"case\": \"%s\", \"hyperslab\": %.1f, \"c_api\": %.1f}\n",
                what.name.c_str(),
                ours,
                plain);
}

hid_t make_dataset(hid_t file, const char* name, hsize_t rows, hsize_t chunk) {
    const hsize_t shape[] = {rows, kColumns};
    const hsize_t most[] = {H5S_UNLIMITED, kColumns};
    const hsize_t chunks[] = {chunk, kColumns};
    const hid_t space = H5Screate_simple(2, shape, chunk == 0 ? nullptr : most);
    const hid_t plist = H5Pcreate(H5P_DATASET_CREATE);
    if (chunk != 0) {
        H5Pset_chunk(plist, 2, chunks);
    }
    const hid_t dataset =
        H5Dcreate2(file, name, H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, plist, H5P_DEFAULT);
    H5Pclose(plist);
    H5Sclose(space);
    return dataset;
}

/// Both sides, with the same in their files.
class Sides {
public:
    explicit Sides(const std::string& folder)
        : ours(folder + "/ours.h5", hs::Mode::create),
          plain(
              H5Fcreate((folder + "/plain.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT)) {
        const hs::Array<double> values({kRows, kColumns}, 1.5);
        matrix = ours.create_dataset("a/b/c/matrix", values);
        series = ours.create_dataset<double>(
            "series", {0, kColumns}, {.chunks = {1024, kColumns}, .max_shape = kGrowing});
        matrix.attributes()["number"] = 1.5;
        matrix.attributes()["integer"] = 7;
        matrix.attributes()["text"] = "some text";
        matrix.attributes()["row"] = std::vector<double>(kColumns, 2.5);
        for (const char* path : {"a", "a/b", "a/b/c"}) {
            H5Gclose(H5Gcreate2(plain, path, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
        }
        plain_matrix = make_dataset(plain, "a/b/c/matrix", kRows, 0);
        H5Dwrite(plain_matrix, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
        plain_series = make_dataset(plain, "series", 0, 1024);
        make_attribute("number", H5T_NATIVE_DOUBLE, 1);
        make_attribute("integer", H5T_NATIVE_INT, 1);
        make_attribute("row", H5T_NATIVE_DOUBLE, kColumns);
        text_type = H5Tcopy(H5T_C_S1);
        H5Tset_size(text_type, H5T_VARIABLE);
        H5Tset_cset(text_type, H5T_CSET_UTF8);
        make_attribute("text", text_type, 1);
        const char* const text = "some text";
        const hid_t attribute = H5Aopen(plain_matrix, "text", H5P_DEFAULT);
        H5Awrite(attribute, text_type, &text);
        H5Aclose(attribute);
    }
    Sides(const Sides&) = delete;
    Sides& operator=(const Sides&) = delete;
    ~Sides() = default;  // the process ends

    void make_attribute(const char* name, hid_t type, hsize_t count) const {
        const hid_t space =
            count == 1 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, nullptr);
        H5Aclose(H5Acreate2(plain_matrix, name, type, space, H5P_DEFAULT, H5P_DEFAULT));
        H5Sclose(space);
    }

    static inline const hs::Shape kGrowing{hs::kUnlimited, kColumns};

    hs::File ours;
    hs::Dataset matrix;
    hs::Dataset series;
    hid_t plain;
    hid_t plain_matrix;
    hid_t plain_series;
    hid_t text_type;
};

// ---- attributes ----

template <class T>
void read_attribute(hid_t object, const char* name, hid_t type, T* values) {
    const hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    H5Aread(attribute, type, values);
    H5Aclose(attribute);
}

std::vector<Case> attribute_reads(const Sides& s) {
    return {
        {"read an attribute: double",
         [&](int) { static_cast<void>(s.matrix.attributes().get<double>("number")); },
         [&](int) {
             double value = 0;
             read_attribute(s.plain_matrix, "number", H5T_NATIVE_DOUBLE, &value);
         }},
        {"read an attribute: int as double",
         [&](int) { static_cast<void>(s.matrix.attributes().get<double>("integer")); },
         [&](int) {
             double value = 0;
             read_attribute(s.plain_matrix, "integer", H5T_NATIVE_DOUBLE, &value);
         }},
        {"read an attribute: 16 doubles",
         [&](int) { static_cast<void>(s.matrix.attributes().read<double>("row")); },
         [&](int) {
             std::vector<double> row(kColumns);
             read_attribute(s.plain_matrix, "row", H5T_NATIVE_DOUBLE, row.data());
         }},
        {"read an attribute: text",
         [&](int) { static_cast<void>(s.matrix.attributes().get<std::string>("text")); },
         [&](int) {
             char* text = nullptr;
             read_attribute(s.plain_matrix, "text", s.text_type, &text);
             static_cast<void>(std::string(text));
             H5free_memory(text);
         }},
    };
}

std::vector<Case> attribute_writes(const Sides& s) {
    return {
        {"write an attribute: double",
         [&](int i) { s.matrix.attributes()["number"].write(double(i)); },
         [&](int i) {
             const double value = i;
             const hid_t attribute = H5Aopen(s.plain_matrix, "number", H5P_DEFAULT);
             H5Awrite(attribute, H5T_NATIVE_DOUBLE, &value);
             H5Aclose(attribute);
         }},
        {"assign an attribute: double, in place of another",
         [&](int i) { s.matrix.attributes()["number"] = double(i); },
         [&](int i) {
             const double value = i;
             H5Adelete(s.plain_matrix, "number");
             const hid_t space = H5Screate(H5S_SCALAR);
             const hid_t attribute = H5Acreate2(
                 s.plain_matrix, "number", H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, H5P_DEFAULT);
             H5Awrite(attribute, H5T_NATIVE_DOUBLE, &value);
             H5Aclose(attribute);
             H5Sclose(space);
         }},
    };
}

// ---- elements and rows ----

void select_row(hid_t space, hsize_t row, hsize_t first, hsize_t count) {
    const hsize_t start[] = {row, first};
    const hsize_t counts[] = {1, count};
    H5Sselect_hyperslab(space, H5S_SELECT_SET, start, nullptr, counts, nullptr);
}

// The C side keeps its dataspaces, as whoever minds speed does.
std::vector<Case> elements(const Sides& s) {
    const hid_t space = H5Dget_space(s.plain_matrix);
    const hsize_t one = 1;
    const hsize_t sixteen = kColumns;
    const hid_t single = H5Screate_simple(1, &one, nullptr);
    const hid_t row = H5Screate_simple(1, &sixteen, nullptr);
    static std::vector<double> values(kColumns);
    const auto scattered = [](int i) { return static_cast<hsize_t>(i) * 7919 % kRows; };
    return {
        {"read single elements, one after the other",
         [&](int i) {
             static_cast<void>(s.matrix.get<double>({hs::at(i), hs::at(i % int(kColumns))}));
         },
         [&s, space, single](int i) {
             select_row(space, hsize_t(i), hsize_t(i) % kColumns, 1);
             H5Dread(s.plain_matrix, H5T_NATIVE_DOUBLE, single, space, H5P_DEFAULT, values.data());
         }},
        {"read single elements here and there",
         [&, scattered](int i) {
             static_cast<void>(s.matrix.get<double>({hs::at(scattered(i)), hs::at(3)}));
         },
         [&s, space, single, scattered](int i) {
             select_row(space, scattered(i), 3, 1);
             H5Dread(s.plain_matrix, H5T_NATIVE_DOUBLE, single, space, H5P_DEFAULT, values.data());
         }},
        {"write single elements",
         [&](int i) { s.matrix.set(1.5, {hs::at(i), hs::at(3)}); },
         [&s, space, single](int i) {
             select_row(space, hsize_t(i), 3, 1);
             H5Dwrite(s.plain_matrix, H5T_NATIVE_DOUBLE, single, space, H5P_DEFAULT, values.data());
         }},
        {"read a row of 16",
         [&](int i) { s.matrix.read_into(values, hs::at(i)); },
         [&s, space, row](int i) {
             select_row(space, hsize_t(i), 0, kColumns);
             H5Dread(s.plain_matrix, H5T_NATIVE_DOUBLE, row, space, H5P_DEFAULT, values.data());
         }},
        {"write a row of 16",
         [&](int i) { s.matrix.write(values, hs::at(i)); },
         [&s, space, row](int i) {
             select_row(space, hsize_t(i), 0, kColumns);
             H5Dwrite(s.plain_matrix, H5T_NATIVE_DOUBLE, row, space, H5P_DEFAULT, values.data());
         }},
    };
}

std::vector<Case> growing(const Sides& s) {
    static const std::vector<double> row(kColumns, 0.5);
    const auto begin_anew = [&] {
        s.series.resize({0, kColumns});
        const hsize_t none[] = {0, kColumns};
        H5Dset_extent(s.plain_series, none);
    };
    return {{"append a row of 16",
             [&](int) { s.series.append(row); },
             [&](int i) {
                 const hsize_t longer[] = {hsize_t(i) + 1, kColumns};
                 const hsize_t sixteen = kColumns;
                 H5Dset_extent(s.plain_series, longer);
                 const hid_t space = H5Dget_space(s.plain_series);
                 const hid_t memory = H5Screate_simple(1, &sixteen, nullptr);
                 select_row(space, hsize_t(i), 0, kColumns);
                 H5Dwrite(
                     s.plain_series, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, row.data());
                 H5Sclose(memory);
                 H5Sclose(space);
             },
             begin_anew}};
}

std::vector<Case> opening(const Sides& s) {
    return {{"open a dataset by its path",
             [&](int) { static_cast<void>(s.ours.dataset("a/b/c/matrix")); },
             [&](int) { H5Dclose(H5Dopen2(s.plain, "a/b/c/matrix", H5P_DEFAULT)); }}};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "bench_cpp_calls FOLDER [PART OF A NAME]\n");
        return 2;
    }
    const std::string_view wanted = argc > 2 ? argv[2] : "";
    const Sides sides(argv[1]);
    for (const auto& cases : {attribute_reads(sides),
                              attribute_writes(sides),
                              elements(sides),
                              growing(sides),
                              opening(sides)}) {
        for (const Case& what : cases) {
            if (what.name.find(wanted) != std::string::npos) {
                measure(what);
            }
        }
    }
}
