// The same files written by hyperslab and by HDF5's C API, taking turns. Prints one JSON object a
// case: the seconds of a file by each, from creating to closing it.
//
//   bench_cpp_writes FILE FOLDER [PART OF A NAME]
//
// FILE has a dataset "d" of singles in two dimensions, which are written to files in FOLDER. The C
// API is called here directly, against the rule of the rooms, because it is the other side; it
// keeps its types and dataspaces, as whoever minds speed does.
#include <hdf5.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <hyperslab/hyperslab.hpp>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace hs = hyperslab;

constexpr int kRounds = 7;
constexpr int kDatasets = 8'000;
constexpr int kGroups = 2'000;
constexpr hsize_t kAppended = 5'000;
constexpr hsize_t kColumns = 100;
constexpr std::size_t kTexts = 300'000;

/// The same file by both. Both return after closing it.
struct Case {
    std::string name;
    std::function<void(hs::File&)> ours;
    std::function<void(hid_t)> plain;
    bool latest = false;  ///< the newest format of the file
};

class Clock {
public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

double time_ours(const Case& what, const std::string& path) {
    std::filesystem::remove(path);
    const Clock clock;
    hs::FileOptions options;
    if (what.latest) {
        options.format = {hs::FormatVersion::latest, hs::FormatVersion::latest};
    }
    hs::File file(path, hs::Mode::create, options);
    what.ours(file);
    file.close();
    return clock.seconds();
}

double time_plain(const Case& what, const std::string& path) {
    std::filesystem::remove(path);
    const Clock clock;
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (what.latest) {
        H5Pset_libver_bounds(access, H5F_LIBVER_LATEST, H5F_LIBVER_LATEST);
    }
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access);
    H5Pclose(access);
    what.plain(file);
    H5Fclose(file);
    return clock.seconds();
}

// What both files hold, where it is one dataset of numbers.
bool are_equal(const std::string& one, const std::string& other) {
    const hs::File first(one, hs::Mode::read);
    const hs::File second(other, hs::Mode::read);
    if (!first.contains("d") || !second.contains("d")) {
        return first.size() == second.size();
    }
    const hs::Dataset a = first.dataset("d");
    const hs::Dataset b = second.dataset("d");
    if (a.datatype().type_class() == hs::TypeClass::string) {
        return a.read<std::string>() == b.read<std::string>();
    }
    return a.read<double>() == b.read<double>();
}

void measure(const Case& what, const std::string& folder) {
    const std::string our_path = folder + "/ours.h5";
    const std::string plain_path = folder + "/plain.h5";
    double ours = std::numeric_limits<double>::max();
    double plain = ours;
    for (int round = 0; round < kRounds; ++round) {
        ours = std::min(ours, time_ours(what, our_path));
        plain = std::min(plain, time_plain(what, plain_path));
    }
    std::printf(
        "{\"case\": \"%s\", \"hyperslab\": %.9f, \"c_api\": %.9f, \"bytes\": %ju, "
        "\"c_api_bytes\": %ju, \"equal\": %s}\n",
        what.name.c_str(),
        ours,
        plain,
        static_cast<std::uintmax_t>(std::filesystem::file_size(our_path)),
        static_cast<std::uintmax_t>(std::filesystem::file_size(plain_path)),
        are_equal(our_path, plain_path) ? "true" : "false");
    std::fflush(stdout);
    std::filesystem::remove(our_path);
    std::filesystem::remove(plain_path);
}

// ---- arrays ----

using Sizes = std::array<hsize_t, 2>;

hid_t make_dataset(hid_t file, hid_t type, const Sizes& shape, const Sizes* chunk, bool gzip) {
    const hid_t plist = H5Pcreate(H5P_DATASET_CREATE);
    if (chunk != nullptr) {
        H5Pset_chunk(plist, 2, chunk->data());
    }
    if (gzip) {
        H5Pset_shuffle(plist);
        H5Pset_deflate(plist, 4);
    }
    const hid_t space = H5Screate_simple(2, shape.data(), nullptr);
    const hid_t dataset = H5Dcreate2(file, "d", type, space, H5P_DEFAULT, plist, H5P_DEFAULT);
    H5Sclose(space);
    H5Pclose(plist);
    return dataset;
}

void write_whole(hid_t file,
                 hid_t stored,
                 hid_t memory,
                 const Sizes& shape,
                 const void* values,
                 const Sizes* chunk = nullptr) {
    const hid_t dataset = make_dataset(file, stored, shape, chunk, chunk != nullptr);
    H5Dwrite(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
    H5Dclose(dataset);
}

hs::DatasetOptions gzip_in(const Sizes& chunk) {
    return {.chunks = {chunk[0], chunk[1]}, .filters = {hs::shuffle(), hs::deflate(4)}};
}

hs::Slice rows_of(hsize_t begin, hsize_t end) {
    return hs::slice(static_cast<std::int64_t>(begin), static_cast<std::int64_t>(end));
}

std::vector<Case> arrays(const hs::Array<float>& field, const hs::Array<double>& doubles) {
    const Sizes shape{field.shape()[0], field.shape()[1]};
    const Sizes rows{std::min<hsize_t>(64, shape[0]), shape[1]};
    const Sizes across{std::min<hsize_t>(256, shape[0]), std::min<hsize_t>(1'024, shape[1])};
    const auto blocks_of_rows = [&field, shape, across](hs::File& file) {
        const hs::Dataset dataset =
            file.create_dataset<float>("d", {shape[0], shape[1]}, gzip_in(across));
        for (hsize_t row = 0; row < shape[0]; row += 64) {
            const hsize_t end = std::min(row + 64, shape[0]);
            const hs::StridedView<const float> block(field.data() + row * shape[1],
                                                     {end - row, shape[1]});
            dataset.write(block, {rows_of(row, end)});
        }
    };
    const auto plain_blocks = [&field, shape, across](hid_t file) {
        const hid_t dataset = make_dataset(file, H5T_IEEE_F32LE, shape, &across, true);
        const hid_t space = H5Dget_space(dataset);
        for (hsize_t row = 0; row < shape[0]; row += 64) {
            const Sizes start{row, 0};
            const Sizes count{std::min<hsize_t>(64, shape[0] - row), shape[1]};
            H5Sselect_hyperslab(
                space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr);
            const hid_t memory = H5Screate_simple(2, count.data(), nullptr);
            H5Dwrite(dataset,
                     H5T_NATIVE_FLOAT,
                     memory,
                     space,
                     H5P_DEFAULT,
                     field.data() + row * shape[1]);
            H5Sclose(memory);
        }
        H5Sclose(space);
        H5Dclose(dataset);
    };
    return {
        {"write gzip-4 + shuffle",
         [&field, rows](hs::File& file) { file.create_dataset("d", field, gzip_in(rows)); },
         [&field, shape, rows](hid_t file) {
             write_whole(file, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, shape, field.data(), &rows);
         }},
        {"write gzip-4 + shuffle by blocks of rows", blocks_of_rows, plain_blocks},
        {"write contiguous doubles",
         [&doubles](hs::File& file) { file.create_dataset("d", doubles); },
         [&doubles, shape](hid_t file) {
             write_whole(file, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, shape, doubles.data());
         }},
        {"write doubles as singles",
         [&doubles, shape](hs::File& file) {
             file.create_dataset<float>("d", {shape[0], shape[1]}).write(doubles);
         },
         [&doubles, shape](hid_t file) {
             write_whole(file, H5T_IEEE_F32LE, H5T_NATIVE_DOUBLE, shape, doubles.data());
         }},
    };
}

// ---- texts ----

hid_t text_type() {
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

Case texts(const std::vector<std::string>& names) {
    return {"write 300k texts",
            [&names](hs::File& file) { file.create_dataset("d", names); },
            [&names](hid_t file) {
                std::vector<const char*> pointers(names.size());
                std::ranges::transform(names, pointers.begin(), &std::string::c_str);
                const hsize_t count = names.size();
                const hid_t space = H5Screate_simple(1, &count, nullptr);
                const hid_t type = text_type();
                const hid_t dataset =
                    H5Dcreate2(file, "d", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
                H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data());
                H5Dclose(dataset);
                H5Tclose(type);
                H5Sclose(space);
            }};
}

// ---- many small objects ----

std::string numbered(const char* letter, int i) {
    const std::string digits = std::to_string(i);
    return letter + std::string(5 - std::min<std::size_t>(digits.size(), 5), '0') + digits;
}

void plain_datasets(hid_t file) {
    const hsize_t count = 10;
    const hid_t space = H5Screate_simple(1, &count, nullptr);
    for (int i = 0; i < kDatasets; ++i) {
        const std::array<double, 10> values{double(i)};
        const hid_t dataset = H5Dcreate2(file,
                                         numbered("d", i).c_str(),
                                         H5T_NATIVE_DOUBLE,
                                         space,
                                         H5P_DEFAULT,
                                         H5P_DEFAULT,
                                         H5P_DEFAULT);
        H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
        H5Dclose(dataset);
    }
    H5Sclose(space);
}

void our_datasets(hs::File& file) {
    std::vector<double> values(10);
    for (int i = 0; i < kDatasets; ++i) {
        values[0] = i;
        file.create_dataset(numbered("d", i), values);
    }
}

void our_datasets_together(hs::File& file) {
    std::vector<std::pair<std::string, std::vector<double>>> members;
    members.reserve(kDatasets);
    for (int i = 0; i < kDatasets; ++i) {
        std::vector<double> values(10);
        values[0] = i;
        members.emplace_back(numbered("d", i), std::move(values));
    }
    file.create_many(members);
}

template <class T>
void put(hid_t object, const char* name, hid_t type, hid_t space, const T& value) {
    const hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(attribute, type, &value);
    H5Aclose(attribute);
}

void plain_attributes(hid_t file) {
    const hid_t scalar = H5Screate(H5S_SCALAR);
    const hsize_t two = 2;
    const hid_t pair = H5Screate_simple(1, &two, nullptr);
    const hid_t text = text_type();
    const char* const name = "a name";
    const char* const unit = "m/s";
    for (int i = 0; i < kGroups; ++i) {
        const hid_t group =
            H5Gcreate2(file, numbered("g", i).c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        put(group, "number", H5T_NATIVE_INT, scalar, i);
        put(group, "name", text, scalar, name);
        put(group, "unit", text, scalar, unit);
        put(group, "scale", H5T_NATIVE_DOUBLE, scalar, 1.5);
        put(group, "range", H5T_NATIVE_DOUBLE, pair, std::array<double, 2>{0.0, 1.0});
        put(group, "flag", H5T_NATIVE_INT8, scalar, std::int8_t{1});
        H5Gclose(group);
    }
    H5Tclose(text);
    H5Sclose(pair);
    H5Sclose(scalar);
}

void our_attributes(hs::File& file) {
    for (int i = 0; i < kGroups; ++i) {
        const hs::Group group = file.create_group(numbered("g", i));
        const auto attributes = group.attributes();
        attributes["number"] = i;
        attributes["name"] = "a name";
        attributes["unit"] = "m/s";
        attributes["scale"] = 1.5;
        attributes["range"] = {0.0, 1.0};
        attributes["flag"] = std::int8_t{1};
    }
}

void our_appended(hs::File& file) {
    const hs::Shape most{hs::kUnlimited, kColumns};
    const hs::Dataset dataset = file.create_dataset<double>(
        "d", {0, kColumns}, {.chunks = {100, kColumns}, .max_shape = most});
    std::vector<double> row(kColumns);
    for (hsize_t i = 0; i < kAppended; ++i) {
        row[0] = static_cast<double>(i);
        dataset.append(row);
    }
}

void plain_appended(hid_t file) {
    const Sizes none{0, kColumns};
    const Sizes most{H5S_UNLIMITED, kColumns};
    const Sizes chunk{100, kColumns};
    const Sizes one{1, kColumns};
    const hid_t plist = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(plist, 2, chunk.data());
    const hid_t empty = H5Screate_simple(2, none.data(), most.data());
    const hid_t memory = H5Screate_simple(2, one.data(), nullptr);
    const hid_t dataset =
        H5Dcreate2(file, "d", H5T_NATIVE_DOUBLE, empty, H5P_DEFAULT, plist, H5P_DEFAULT);
    std::vector<double> row(kColumns);
    for (hsize_t i = 0; i < kAppended; ++i) {
        row[0] = static_cast<double>(i);
        const Sizes shape{i + 1, kColumns};
        const Sizes start{i, 0};
        H5Dset_extent(dataset, shape.data());
        const hid_t space = H5Dget_space(dataset);
        H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, one.data(), nullptr);
        H5Dwrite(dataset, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, row.data());
        H5Sclose(space);
    }
    H5Dclose(dataset);
    H5Sclose(memory);
    H5Sclose(empty);
    H5Pclose(plist);
}

std::vector<Case> small_objects() {
    return {{"create 8,000 datasets", our_datasets, plain_datasets},
            {"create 8,000 datasets, latest", our_datasets, plain_datasets, true},
            {"create 8,000 datasets by create_many", our_datasets_together, plain_datasets},
            {"write 12,000 attributes on 2,000 groups", our_attributes, plain_attributes},
            {"append 5,000 rows", our_appended, plain_appended}};
}

std::vector<std::string> made_up_names() {
    std::vector<std::string> names(kTexts);
    for (std::size_t i = 0; i < names.size(); ++i) {
        names[i] = "Größe " + std::to_string(i * 7919);
    }
    return names;
}

void run(const char* file, const std::string& folder, std::string_view part) {
    const hs::Array<float> field = hs::File(file, hs::Mode::read).dataset("d").read<float>();
    hs::Array<double> doubles(field.shape());
    std::ranges::copy(field, doubles.begin());
    const std::vector<std::string> names = made_up_names();
    std::vector<Case> cases = arrays(field, doubles);
    cases.push_back(texts(names));
    for (Case& each : small_objects()) {
        cases.push_back(std::move(each));
    }
    for (const Case& each : cases) {
        if (each.name.find(part) != std::string::npos) {
            measure(each, folder);
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: bench_cpp_writes FILE FOLDER [PART OF A NAME]\n", stderr);
        return 2;
    }
    try {
        run(argv[1], argv[2], argc > 3 ? argv[3] : "");
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_cpp_writes: %s\n", error.what());
        return 1;
    }
    return 0;
}
