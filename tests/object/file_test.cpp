#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

namespace fs = std::filesystem;

TEST(File, WhatWasWrittenIsThereAfterOpeningAgain) {
    const ScratchPath path("again.h5");
    {
        const File file(path, Mode::create);
        file.create_dataset("a/b", std::vector<int>{1, 2, 3});
        file.close();
    }
    const File file(path);
    EXPECT_EQ(file.dataset("a/b").read<int>().to_vector(), (std::vector<int>{1, 2, 3}));
}

TEST(File, DyingHandlesCloseIt) {
    const ScratchPath path("dying.h5");
    {
        const Dataset kept = File(path, Mode::create).create_dataset("x", 1);
        EXPECT_TRUE(kept.valid()) << "an object keeps its file open";
        EXPECT_EQ(kept.get<int>(), 1);
    }
    EXPECT_EQ(File(path, Mode::read_write).dataset("x").get<int>(), 1);
}

TEST(File, ModesSayWhatMayExist) {
    const ScratchPath path("modes.h5");
    expect_error(ErrorCode::io, path, [&] { File(path, Mode::read); });
    expect_error(ErrorCode::io, path, [&] { File(path, Mode::read_write); });
    File(path, Mode::create_new).create_dataset("x", 1);
    expect_error(ErrorCode::io, path, [&] { File(path, Mode::create_new); });
    EXPECT_TRUE(File(path, Mode::append).contains("x"));
    EXPECT_FALSE(File(path, Mode::create).contains("x"));

    const ScratchPath other("other.h5");
    EXPECT_TRUE(File(other, Mode::append).empty());
}

TEST(File, TakesItsPlaceWhenItIsClosed) {
    const ScratchPath path("replaced.h5");
    const FileOptions atomic{.atomic = true};
    File(path, Mode::create).create_dataset("old", 1);
    {
        const File dropped(path, Mode::create, atomic);
        dropped.create_dataset("new", 1);
        EXPECT_EQ(dropped.filename(), path.string());
    }
    const File discarded(path, Mode::create, atomic);
    discarded.create_dataset("new", 1);
    discarded.discard();
    EXPECT_FALSE(discarded.valid());
    const File file(path, Mode::create, atomic);
    file.create_dataset("new", 1);
    EXPECT_TRUE(File(path).contains("old"));
    file.close();
    file.discard();  // nothing: it is closed
    EXPECT_TRUE(File(path).contains("new"));
    EXPECT_FALSE(File(path).contains("old"));

    constexpr auto kBad = ErrorCode::invalid_argument;
    expect_error(kBad, "atomic", [&] { File(path).discard(); });
    expect_error(kBad, "Mode::create", [&] { File(path, Mode::append, atomic); });
    expect_error(kBad, "on disk", [&] { File::in_memory(atomic); });
    expect_error(kBad, "on disk", [&] { File::in_memory({.durable = true}); });
    expect_error(ErrorCode::io, "exists", [&] { File(path, Mode::create_new, atomic); });
}

TEST(File, WaitsForTheDisk) {
    const ScratchPath path("durable.h5");
    const File file(path, Mode::create, {.durable = true});
    file.create_dataset("x", 1);
    file.flush();
    file.close();
    EXPECT_TRUE(File(path, Mode::read, {.durable = true}).contains("x"));
}

TEST(File, SaysHowItWasOpened) {
    const ScratchPath path("how.h5");
    File file(path, Mode::create, {.format = {FormatVersion::v110, FormatVersion::latest}});
    EXPECT_EQ(file.mode(), Mode::read_write);
    EXPECT_EQ(file.filename(), path.string());
    EXPECT_EQ(file.driver_name(), "sec2");
    EXPECT_EQ(file.format_bounds().low, FormatVersion::v110);
    EXPECT_EQ(file.format_bounds().high, FormatVersion::latest);
    EXPECT_EQ(file.userblock_bytes(), 0u);
    EXPECT_FALSE(file.swmr());
    EXPECT_EQ(file.name(), "/");
    file.close();
    EXPECT_EQ(File(path).mode(), Mode::read);
    EXPECT_EQ(File(path).file_bytes(), fs::file_size(path.string()));
}

TEST(File, MissingFileIsAnErrorWithErrno) {
    try {
        File("nowhere/missing.h5");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.system_errno(), ENOENT) << error.what();
    }
}

TEST(File, WhatIsNotHdf5IsRefused) {
    const ScratchPath path("text.h5");
    std::ofstream(path.string()) << "This is not HDF5 at all.";
    expect_error(ErrorCode::io, "text.h5", [&] { File{path}; });
    EXPECT_FALSE(is_hdf5(path));
    EXPECT_FALSE(is_hdf5("missing.h5"));
    const ScratchPath real("real.h5");
    File(real, Mode::create).close();
    EXPECT_TRUE(is_hdf5(real));
}

TEST(File, ATruncatedFileIsRefused) {
    const ScratchPath path("truncated.h5");
    File(path, Mode::create).create_dataset("x", std::vector<double>(1000));
    fs::resize_file(path.string(), fs::file_size(path.string()) / 2);
    expect_error(ErrorCode::io, "truncated", [&] { File{path}; });
}

TEST(File, ReadOnlyFilesCannotBeWritten) {
    const ScratchPath path("read_only.h5");
    File(path, Mode::create).create_dataset("x", std::vector<int>{1, 2});
    const File file(path);
    EXPECT_THROW(file.create_group("g"), Error);
    EXPECT_THROW(file.dataset("x").write(3), Error);
    EXPECT_THROW(file.attributes()["a"] = 1, Error);
}

TEST(File, ALockedFileIsAnErrorThatSaysHowToDoWithoutLocks) {
    const ScratchPath path("locked.h5");
    File(path, Mode::create).create_dataset("x", 1);
    const int descriptor = ::open(path.string().c_str(), O_RDWR);
    ASSERT_EQ(::flock(descriptor, LOCK_EX), 0);
    try {
        File{path};
        ADD_FAILURE() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.system_errno(), EAGAIN);
        EXPECT_NE(std::string(error.what()).find("HDF5_USE_FILE_LOCKING=FALSE"), std::string::npos);
    }
    EXPECT_THROW(File(path, Mode::create), Error);
    EXPECT_EQ(File(path, Mode::read, {.locking = FileLocking::off}).dataset("x").get<int>(), 1)
        << "what is locked was not truncated";
    ::close(descriptor);
}

TEST(File, UserblockIsLeftFree) {
    const ScratchPath path("userblock.h5");
    File(path, Mode::create, {.userblock_bytes = 512}).close();
    EXPECT_EQ(File(path).userblock_bytes(), 512u);
    expect_error(ErrorCode::invalid_argument, "User block", [&] {
        File(path, Mode::read, {.userblock_bytes = 512});
    });
    expect_error(ErrorCode::invalid_argument, "userblock size", [&] {
        File(path, Mode::append, {.userblock_bytes = 1024});
    });
}

TEST(File, OptionsForNewFilesAreRefusedForOldOnes) {
    const ScratchPath path("space.h5");
    const FileOptions paged{.space = FileSpace{.strategy = FileSpace::Strategy::paged}};
    File(path, Mode::create, paged).close();
    expect_error(ErrorCode::invalid_argument, "file space strategy", [&] {
        File(path, Mode::read_write, paged);
    });
    const FileOptions buffered{.page_buffer = PageBuffer{.bytes = 65536}};
    EXPECT_TRUE(File(path, Mode::read, buffered).valid());
    expect_error(
        ErrorCode::invalid_argument, "swmr", [&] { File(path, Mode::read_write, {.swmr = true}); });
}

TEST(File, EveryDriverKeepsWhatIsWritten) {
    const struct {
        Driver driver;
        const char* path;
        const char* name;
    } cases[] = {{Sec2Driver{}, "drivers/sec2.h5", "sec2"},
                 {StdioDriver{}, "drivers/stdio.h5", "stdio"},
                 {CoreDriver{}, "drivers/core.h5", "core"},
                 {FamilyDriver{.member_bytes = 4096}, "drivers/family%d.h5", "family"},
                 {SplitDriver{}, "drivers/split", "multi"}};
    const ScratchPath folder("drivers");
    fs::create_directory(folder.string());
    for (const auto& [driver, path, name] : cases) {
        const std::vector<double> values(2000, 1.5);
        File(path, Mode::create, {.driver = driver}).create_dataset("x", values);
        const File file(path, Mode::read, {.driver = driver});
        EXPECT_EQ(file.driver_name(), name);
        EXPECT_EQ(file.dataset("x").read<double>().to_vector(), values) << name;
    }
    EXPECT_TRUE(fs::exists("drivers/family3.h5"));
    EXPECT_TRUE(fs::exists("drivers/split-r.h5"));
}

TEST(File, InMemoryLeavesNothingOnDisk) {
    const File file = File::in_memory();
    file.create_dataset("x", 7);
    EXPECT_FALSE(fs::exists(file.filename()));
    EXPECT_EQ(file.driver_name(), "core");
    EXPECT_FALSE(File::in_memory().contains("x")) << "another file";
}

TEST(File, AnImageIsTheWholeFile) {
    const File first = File::in_memory();
    first.create_dataset("x", 7);
    const std::vector<std::byte> image = first.image();
    const File second = File::from_image(image);
    EXPECT_EQ(second.dataset("x").get<int>(), 7);
    second.create_dataset("y", 8);
    EXPECT_FALSE(first.contains("y"));
    EXPECT_THROW(File::from_image(std::span(image).first(10)), Error);
}

TEST(File, CreationOrderIsKeptOnDemand) {
    const File ordered = File::in_memory({.track_order = true});
    const File sorted = File::in_memory();
    for (const File& file : {ordered, sorted}) {
        for (const char* name : {"b", "c", "a"}) {
            file.create_group(name);
            file.attributes()[name] = 1;
        }
    }
    EXPECT_EQ(ordered.names(), (std::vector<std::string>{"b", "c", "a"}));
    EXPECT_EQ(ordered.attributes().names(), (std::vector<std::string>{"b", "c", "a"}));
    EXPECT_EQ(sorted.names(), (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(sorted.attributes().names(), (std::vector<std::string>{"a", "b", "c"}));
}

TEST(File, SwmrWritingCanBegin) {
    const ScratchPath path("swmr.h5");
    const File file(path, Mode::create, {.format = {FormatVersion::latest, FormatVersion::latest}});
    const Dataset data = file.create_dataset<int>("x", {0}, {.max_shape = Shape{kUnlimited}});
    file.start_swmr_write();
    EXPECT_TRUE(file.swmr());
    data.resize({4});
    data.write(5);
    data.flush();
}

TEST(File, VersionsAreKnown) {
    EXPECT_FALSE(version().empty());
    EXPECT_GE(hdf5_version(), "1.14");
}

TEST(ClosedFile, EndsItsObjectsAndThrowsNotCrashes) {
    const ScratchPath path("closed.h5");
    const File file(path, Mode::create);
    const Group group = file.create_group("g");
    const Dataset dataset = group.create_dataset("x", std::vector<int>{1, 2});
    dataset.read<int>();
    group.attributes()["a"] = 1;
    const Attribute attribute = group.attributes()["a"];
    const Selection selection = dataset.select();
    file.close();
    EXPECT_FALSE(file.valid());
    EXPECT_FALSE(group);
    EXPECT_FALSE(dataset);
    expect_error(ErrorCode::closed, "closed.h5", [&] { file["g"]; });
    expect_error(ErrorCode::closed, "dataset '/g/x'", [&] { dataset.read<int>(); });
    expect_error(ErrorCode::closed, "'/g/x'", [&] { dataset.read<int>(selection); });
    expect_error(ErrorCode::closed, "'/g/x'", [&] { dataset.write(1, selection); });
    expect_error(ErrorCode::closed, "'/g/x'", [&] { dataset.shape(); });
    expect_error(ErrorCode::closed, "group '/g'", [&] { group.names(); });
    expect_error(ErrorCode::closed, "group '/g'", [&] { attribute.get<int>(); });
    expect_error(ErrorCode::closed, "group '/g'", [&] { group.create_dataset("y", 1); });
    expect_error(ErrorCode::closed, "closed.h5", [&] { file.flush(); });
    EXPECT_FALSE(file == group);
    file.close();
}

TEST(ClosedFile, EndsCopiesAndObjectsReachedByAnyWay) {
    const ScratchPath path("closed_copies.h5");
    const File file(path, Mode::create);
    const File copy = file;
    const File from_object = file.create_group("g").file();
    copy.close();
    EXPECT_FALSE(file.valid());
    EXPECT_FALSE(from_object.valid());
}

TEST(ClosedFile, LeavesTheSameFileOpenedOnItsOwn) {
    const ScratchPath path("twice.h5");
    File(path, Mode::create).create_dataset("x", 1);
    const File first(path);
    const File second(path);
    const Dataset data = second.dataset("x");
    first.close();
    EXPECT_TRUE(second.valid());
    EXPECT_EQ(data.get<int>(), 1);
}

TEST(ClosedFile, HandlesOfNothingThrow) {
    expect_error(ErrorCode::closed, "no object", [] { File().names(); });
    expect_error(ErrorCode::closed, "no object", [] { Dataset().read<int>(); });
    EXPECT_FALSE(Object());
    EXPECT_TRUE(Object() == Object());
}

}  // namespace
}  // namespace hyperslab
