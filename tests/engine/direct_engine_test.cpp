// Whatever layout, type, filters and selection: the direct engine reads what libhdf5 reads, to the
// bit, or refuses. Here also for the sanitizers, which see the engine at work on several threads.
#include "engine/read/direct_read.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "core/thread_pool.hpp"
#include "engine/facts/io_stats.hpp"
#include "engine/library/library_engine.hpp"
#include "engine/support.hpp"
#include "hdf5/api/h5.hpp"
#include "hdf5/property_lists/h5p_dataset.hpp"
#include "hdf5/property_lists/h5p_file.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/filter.hpp"
#include "selection/oracle.hpp"

namespace hyperslab::engine {
namespace {

namespace h5d = hdf5::h5d;
namespace h5f = hdf5::h5f;
namespace h5p = hdf5::h5p;
using hdf5::Handle;
using selection::Random;
using Bytes = std::vector<std::byte>;

constexpr int kRounds = 150;
constexpr int kReadsPerRound = 4;

std::size_t below(Random& random, std::size_t n) {
    return static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(n) - 1));
}

template <class T>
const T& one_of(Random& random, const std::vector<T>& choices) {
    return choices[below(random, choices.size())];
}

/// A file on disk, which the direct engine can read; gone with the object.
class DiskFile {
public:
    explicit DiskFile(h5p::Libver low = h5p::Libver::earliest)
        : fapl_(h5p::create(h5p::ListClass::file_access)) {
        h5p::set_libver_bounds(fapl_.id(), low, h5p::latest_libver());
        file_ = h5f::create(kName, h5f::kTruncate, hdf5::kDefault, fapl_.id());
    }
    ~DiskFile() {
        file_ = {};
        std::filesystem::remove(kName);
    }
    DiskFile(const DiskFile&) = delete;
    DiskFile& operator=(const DiskFile&) = delete;

    void reopen_read_only() {
        file_.close();
        file_ = h5f::open(kName, h5f::kReadOnly, fapl_.id());
    }
    hdf5::Id id() const { return file_.id(); }

private:
    static constexpr auto kName = "direct_engine_test.h5";
    Handle fapl_;
    Handle file_{};
};

std::vector<Datatype> numbers() {
    std::vector<Datatype> types;
    for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
        for (const std::size_t size : {1U, 2U, 4U, 8U}) {
            types.push_back(Datatype::integer(size, true, order));
            types.push_back(Datatype::integer(size, false, order));
        }
        types.push_back(Datatype::floating(4, order));
        types.push_back(Datatype::floating(8, order));
    }
    return types;
}

std::vector<Datatype> other_types() {
    const Datatype record =
        Datatype::compound(16,
                           {{"a", 0, Datatype::floating(4)},
                            {"b", 5, Datatype::integer(2, true, ByteOrder::big)},
                            {"c", 8, Datatype::array(Datatype::integer(1, false), {3})}});
    std::vector<Datatype> types{record,
                                Datatype::fixed_string(5),
                                Datatype::opaque(3),
                                Datatype::boolean(),
                                Datatype::complex_compound(Datatype::floating(8)),
                                Datatype::array(Datatype::integer(4, true), {2, 2})};
    if (hdf5::library_version()[0] >= 2) {
        types.push_back(Datatype::complex(Datatype::floating(4)));
    }
    return types;
}

std::vector<Filter> random_filters(Random& random, const Datatype& type) {
    std::vector<std::vector<Filter>> choices{
        {},
        {deflate(1)},
        {shuffle(), deflate(6)},
        {shuffle(), lzf(), fletcher32()},
        {fletcher32()},
        {custom_filter(filter_id::kNbit)},
    };
    if (type.type_class() == TypeClass::integer) {
        choices.push_back({scaleoffset_integer()});
    }
    return one_of(random, choices);
}

Shape random_shape(Random& random) {
    if (random.chance(8)) {  // enough for all threads
        return {200 + below(random, 100), 300 + below(random, 100)};
    }
    Shape shape;
    const std::int64_t rank = random.between(1, 4);
    for (std::int64_t axis = 0; axis < rank; ++axis) {
        shape.push_back(1 + below(random, 9));
    }
    return shape;
}

void set_chunks(Random& random, const Datatype& type, const Shape& limits, hdf5::Id dcpl) {
    Shape chunk;
    for (const std::uint64_t n : limits) {
        const std::uint64_t most = n == kUnlimited ? 12 : n > 100 ? n / 2 : n;
        chunk.push_back(1 + below(random, most));
    }
    h5p::set_chunk(dcpl, chunk);
    for (const Filter& filter : random_filters(random, type)) {
        h5p::set_filter(dcpl, filter);
    }
    if (random.chance(20)) {
        h5p::set_chunk_opts(dcpl, 2);  // chunks at the edge are not filtered
    }
}

Shape random_limits(Random& random, const Shape& shape) {
    Shape limits = shape;
    for (std::uint64_t& n : limits) {
        n = random.chance(30) ? kUnlimited : n + below(random, 6);
    }
    return limits;
}

Handle random_dataset(Random& random, hdf5::Id file, const Datatype& type, const Shape& shape) {
    const Handle dcpl = h5p::create(h5p::ListClass::dataset_create);
    std::optional<Shape> limits;
    if (random.chance(80)) {
        limits = random_limits(random, shape);
        set_chunks(random, type, *limits, dcpl.id());
    }
    const Handle file_type = hdf5::make_type(type);
    if (random.chance(40)) {
        h5p::set_fill_value(dcpl.id(), file_type.id(), Bytes(type.size(), std::byte{1}).data());
    }
    const Handle space = hdf5::h5s::create_simple(shape, limits);
    return h5d::create(file, "d", file_type.id(), space.id(), hdf5::kDefault, dcpl.id());
}

Selection random_selection(Random& random, const Shape& extent) {
    if (random.chance(10)) {
        std::vector<std::uint64_t> coordinates;
        for (std::size_t point = below(random, 20) + 1; point > 0; --point) {
            for (const std::uint64_t n : extent) {
                coordinates.push_back(below(random, n));
            }
        }
        return Selection::points(extent, coordinates);
    }
    selection::Case made{.extent = extent, .expression = {}, .positions = {}, .scalar = {}};
    selection::CaseMaker maker(random, made);
    for (const std::uint64_t n : extent) {
        if (random.chance(20)) {
            break;
        }
        maker.add_axis(n);
    }
    return resolve(made.expression, extent);
}

void write_random(Random& random, OpenDataset& dataset, hdf5::Id type, const Selection& where) {
    const std::int64_t most = one_of<std::int64_t>(random, {1, 50, 255});
    Bytes values(where.element_count() * hdf5::h5t::size(type));
    std::ranges::generate(values, [&] { return static_cast<std::byte>(random.between(0, most)); });
    write({dataset, where, type}, values.data());
}

/// Reads with both engines; true when the direct one did not refuse.
bool reads_the_same(OpenDataset& dataset, const Selection& selection, hdf5::Id memory_type) {
    const std::size_t size = selection.element_count() * hdf5::h5t::size(memory_type);
    Bytes expected(size, std::byte{0xAB});
    Bytes direct(size, std::byte{0xAB});
    const Request request{dataset, selection, memory_type};
    read_by_library(request, expected.data());
    const std::uint64_t failed = io_stats().failed_reads;
    if (read_directly(request, direct.data(), true).end == DirectRead::End::refused) {
        return false;
    }
    EXPECT_EQ(io_stats().failed_reads, failed);
    EXPECT_EQ(direct, expected);
    return true;
}

class DirectEngineTest : public ::testing::Test {
protected:
    DirectEngineTest() { core::set_thread_count(4); }
    ~DirectEngineTest() override { core::set_thread_count(0); }
};

TEST_F(DirectEngineTest, ReadsWhatTheLibraryEngineReads) {
    Random random(20261126);
    const std::vector<Datatype> plain = numbers();
    const std::vector<Datatype> others = other_types();
    int direct = 0;
    for (int round = 0; round < kRounds; ++round) {
        SCOPED_TRACE(round);
        DiskFile file(one_of<h5p::Libver>(
            random, {h5p::Libver::earliest, h5p::Libver::v110, h5p::latest_libver()}));
        const bool is_number = random.chance(65);
        const Datatype type = one_of(random, is_number ? plain : others);
        const Shape shape = random_shape(random);
        Handle handle = random_dataset(random, file.id(), type, shape);
        const Handle file_type = hdf5::make_type(type);
        auto dataset = std::make_unique<OpenDataset>(handle.id());
        if (random.chance(90)) {
            const bool all_of_it = random.chance(70);
            write_random(random,
                         *dataset,
                         file_type.id(),
                         all_of_it ? Selection::all(shape) : random_selection(random, shape));
        }
        const bool read_only = random.chance(40);
        if (read_only) {
            dataset = nullptr;
            handle.close();
            file.reopen_read_only();
            handle = h5d::open(file.id(), "d");
            dataset = std::make_unique<OpenDataset>(handle.id());
        }
        for (int i = 0; i < kReadsPerRound; ++i) {
            const Datatype& wanted = is_number && random.chance(50) ? one_of(random, plain) : type;
            const Handle memory_type = hdf5::make_type(wanted);
            const Selection selected = random_selection(random, shape);
            direct += reads_the_same(*dataset, selected, memory_type.id()) ? 1 : 0;
            if (!read_only && random.chance(50)) {
                write_random(random, *dataset, file_type.id(), random_selection(random, shape));
            }
        }
        if (HasFailure()) {
            ADD_FAILURE() << to_string(type) << " " << to_string(shape);
            return;
        }
    }
    EXPECT_GT(direct, kRounds * kReadsPerRound / 2);
}

// Rows are written whole, each a chunk of one value; whoever reads finds every row of one value.
TEST_F(DirectEngineTest, AReadIsOfOneMomentWhileOthersWrite) {
    constexpr std::uint64_t kRows = 32;
    constexpr std::uint64_t kColumns = 6000;
    constexpr int kWritten = 60;
    const DiskFile file;
    const Shape shape{kRows, kColumns};
    const Handle dcpl = h5p::create(h5p::ListClass::dataset_create);
    h5p::set_chunk(dcpl.id(), {1, kColumns});
    h5p::set_filter(dcpl.id(), deflate(1));
    const Handle space = hdf5::h5s::create_simple(shape);
    const Handle handle =
        h5d::create(file.id(), "d", int_type(), space.id(), hdf5::kDefault, dcpl.id());
    OpenDataset dataset(handle.id());
    std::atomic<bool> done{false};
    const auto look = [&] {
        const Selection everything = Selection::all(shape);
        std::vector<std::int32_t> values(kRows * kColumns);
        while (!done) {
            const Request request{dataset, everything, int_type()};
            const DirectRead direct = read_directly(request, values.data(), true);
            EXPECT_NE(direct.end, DirectRead::End::refused);
            if (direct.end == DirectRead::End::overtaken) {
                read_by_library(request, values.data());
            }
            for (std::size_t row = 0; row < kRows; ++row) {
                const auto begin = values.begin() + static_cast<std::ptrdiff_t>(row * kColumns);
                EXPECT_EQ(std::count(begin, begin + kColumns, *begin), kColumns);
            }
        }
    };
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back(look);
    }
    for (int value = 0; value < kWritten; ++value) {
        const std::vector<std::int32_t> row(kColumns, value);
        const std::uint64_t at_row = static_cast<std::uint64_t>(value) % kRows;
        write({dataset, resolve({at(static_cast<std::int64_t>(at_row))}, shape), int_type()},
              row.data());
    }
    done = true;
    for (std::thread& reader : readers) {
        reader.join();
    }
    EXPECT_EQ(read_values(dataset, resolve({at(0)}, shape)).front(), kRows);
}

// Many datasets of one file, opened, read and closed by many threads at once.
TEST_F(DirectEngineTest, ManyThreadsReadOneFile) {
    const Shape shape{64, 2500};
    DiskFile file;
    const std::vector<std::int32_t> values = counted(shape);
    for (const char* const name : {"a", "b", "c"}) {
        const Handle dcpl = h5p::create(h5p::ListClass::dataset_create);
        h5p::set_chunk(dcpl.id(), {7, 600});
        h5p::set_filter(dcpl.id(), shuffle());
        h5p::set_filter(dcpl.id(), deflate(1));
        const Handle space = hdf5::h5s::create_simple(shape);
        const Handle handle =
            h5d::create(file.id(), name, int_type(), space.id(), hdf5::kDefault, dcpl.id());
        OpenDataset dataset(handle.id());
        fill(dataset, shape);
    }
    file.reopen_read_only();
    const Handle shared_handle = h5d::open(file.id(), "a");
    OpenDataset shared(shared_handle.id());
    const auto read_all = [&](OpenDataset& dataset) {
        std::vector<std::int32_t> found(values.size());
        const Selection everything = Selection::all(shape);
        const Request request{dataset, everything, int_type()};
        EXPECT_EQ(read_directly(request, found.data(), true).end, DirectRead::End::done);
        EXPECT_EQ(found, values);
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            for (int round = 0; round < 4; ++round) {
                const Handle own =
                    h5d::open(file.id(), std::string(1, static_cast<char>('a' + i % 3)));
                OpenDataset dataset(own.id());
                read_all(dataset);
                read_all(shared);
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

}  // namespace
}  // namespace hyperslab::engine
