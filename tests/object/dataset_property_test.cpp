// Random datasets and random selections, against an array in memory: whatever the type, the layout
// and the expression, reading gives and writing changes exactly the elements that are meant.

#include <complex>
#include <cstdint>
#include <string>
#include <vector>

#include "object/support.hpp"
#include "selection/oracle.hpp"

namespace oracle {

struct Pair {
    std::int32_t number = 0;
    double half = 0;

    friend bool operator==(const Pair&, const Pair&) = default;
};
HYPERSLAB_RECORD(Pair, number, half);

struct Named {
    std::string name;
    std::vector<std::int16_t> values;

    friend bool operator==(const Named&, const Named&) = default;
};
HYPERSLAB_RECORD(Named, name, values);

}  // namespace oracle

namespace hyperslab {
namespace {

using selection::Case;
using selection::elements;
using selection::Random;
using selection::random_case;

template <class T>
T make(std::int64_t n) {
    return static_cast<T>(n);
}
template <>
std::complex<float> make(std::int64_t n) {
    return {static_cast<float>(n), static_cast<float>(-n)};
}
template <>
std::string make(std::int64_t n) {
    return std::string(static_cast<std::size_t>(n % 7), 'x') + std::to_string(n);
}
template <>
FixedString<4> make(std::int64_t n) {
    return std::to_string(n);
}
template <>
std::array<std::uint8_t, 3> make(std::int64_t n) {
    const auto byte = static_cast<std::uint8_t>(n);
    return {byte, 0, byte};
}
template <>
std::vector<float> make(std::int64_t n) {
    return std::vector<float>(static_cast<std::size_t>(n % 5), static_cast<float>(n));
}
template <>
oracle::Pair make(std::int64_t n) {
    return {static_cast<std::int32_t>(n), static_cast<double>(n) / 2};
}
template <>
oracle::Named make(std::int64_t n) {
    return {std::to_string(n), std::vector<std::int16_t>(static_cast<std::size_t>(n % 3), 7)};
}

template <class T>
std::vector<T> random_values(Random& random, std::size_t count) {
    std::vector<T> values;
    for (std::size_t i = 0; i < count; ++i) {
        values.push_back(make<T>(random.between(0, 99)));
    }
    return values;
}

DatasetOptions random_options(Random& random, const Datatype& type, const Shape& shape) {
    DatasetOptions options;
    if (shape.empty() || random.chance(30)) {
        options.compact = random.chance(30);
        return options;
    }
    for (const std::uint64_t n : shape) {
        options.chunks.push_back(static_cast<std::uint64_t>(
            random.between(1, std::max<std::int64_t>(static_cast<std::int64_t>(n), 1))));
    }
    options.max_shape = Shape(shape.size(), kUnlimited);
    if (random.chance(30)) {
        options.filters.push_back(shuffle());
    }
    if (random.chance(60)) {
        options.filters.push_back(random.chance(50) ? deflate(1) : lzf());
    }
    // HDF5 puts what has variable length through no filter that must succeed.
    if (random.chance(20) && !type.has_variable_length()) {
        options.filters.push_back(fletcher32());
    }
    return options;
}

/// One random dataset, and what must be in it.
template <class T>
class Round {
public:
    explicit Round(std::uint64_t seed)
        : random_(seed), case_(random_case(random_)), file_(File::in_memory()) {
        contents_ = random_values<T>(random_, element_count(case_.extent));
        const Datatype type = NativeType<T>::datatype();
        dataset_ = file_.create_dataset(
            "x", type, case_.extent, random_options(random_, type, case_.extent));
        dataset_.write(Array<T>(case_.extent, contents_));
    }

    void read() {
        const Array<T> found = dataset_.template read<T>(case_.expression);
        std::vector<T> expected;
        for (const std::uint64_t element : elements(case_)) {
            expected.push_back(contents_[element]);
        }
        EXPECT_EQ(found.shape(), selection::shape_of(case_, true));
        EXPECT_EQ(found.to_vector(), expected);
    }

    void write() {
        const std::vector<std::uint64_t> meant = elements(case_);
        const bool one_value = random_.chance(30);
        const std::vector<T> values = random_values<T>(random_, one_value ? 1 : meant.size());
        if (one_value) {
            dataset_.set(values[0], case_.expression);
        } else {
            dataset_.write(values, case_.expression);
        }
        for (std::size_t i = 0; i < meant.size(); ++i) {
            contents_[meant[i]] = values[one_value ? 0 : i];
        }
        EXPECT_EQ(dataset_.template read<T>().to_vector(), contents_);
    }

    void write_from_strided_memory() {
        const Shape shape = dataset_.select(case_.expression).result_shape();
        // Every axis reversed in memory, and every other element skipped.
        StridedView<const T> view(nullptr, shape);
        std::vector<std::ptrdiff_t> strides = view.strides();
        const std::vector<T> values = random_values<T>(random_, 2 * element_count(shape) + 1);
        std::ptrdiff_t last = 0;
        for (std::size_t d = 0; d < shape.size(); ++d) {
            strides[d] *= -2;
            last -= strides[d] * (static_cast<std::ptrdiff_t>(shape[d]) - 1);
        }
        const std::vector<std::uint64_t> meant = elements(case_);
        if (!meant.empty()) {
            dataset_.write(StridedView<const T>(values.data() + last, shape, strides),
                           case_.expression);
        }
        for (std::size_t i = 0; i < meant.size(); ++i) {
            contents_[meant[i]] = values[static_cast<std::size_t>(last) - 2 * i];
        }
        EXPECT_EQ(dataset_.template read<T>().to_vector(), contents_);
    }

private:
    Random random_;
    Case case_;
    File file_;
    Dataset dataset_;
    std::vector<T> contents_;
};

template <class T>
class DatasetProperty : public testing::Test {};

using Kinds = testing::Types<std::int8_t,
                             std::uint16_t,
                             std::int64_t,
                             float,
                             double,
                             std::complex<float>,
                             FixedString<4>,
                             std::array<std::uint8_t, 3>,
                             oracle::Pair,
                             std::string,
                             std::vector<float>,
                             oracle::Named>;
TYPED_TEST_SUITE(DatasetProperty, Kinds);

TYPED_TEST(DatasetProperty, ReadsAndWritesAreThoseOfAnArrayInMemory) {
    for (std::uint64_t seed = 0; seed < 200 && !this->HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Round<TypeParam> round(seed);
        round.read();
        round.write();
        round.write_from_strided_memory();
        round.read();
    }
}

}  // namespace
}  // namespace hyperslab
