#include "h5boss/formats/output_file.hpp"

#include <hyperslab/native.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "shared/interruption.hpp"
#include "shared/partial_files.hpp"
#include "shared/whole_file.hpp"

namespace hyperslab::apps::h5boss {
namespace {

[[noreturn]] void refuse(const std::string& path) {
    const int error = errno;
    throw Error(ErrorCode::io, "Cannot write '" + path + "': " + std::strerror(error), error);
}

void check(int status, const Dataset& dataset) {
    if (status < 0) {
        throw Error(ErrorCode::io,
                    "Cannot write '" + dataset.name() + "' in '" + dataset.file().filename() + "'");
    }
}

}  // namespace

std::optional<Extent> extent_of(const Dataset& dataset) {
    if (dataset.layout() != Layout::contiguous || !dataset.external().empty()) {
        return std::nullopt;
    }
    const native::Lock lock;
    const auto get_offset = native::function<std::uint64_t(native::Id)>("H5Dget_offset");
    const std::uint64_t offset = get_offset(native::id(dataset));
    if (offset == ~std::uint64_t{0}) {
        return std::nullopt;
    }
    return Extent{offset, dataset.bytes()};
}

OutputFile::OutputFile(const std::string& path) : path_(path), temporary_(partial_name(path)) {
    remove_abandoned(path);
    FileOptions options;
    // What is copied may be described in a newer form, which stays.
    options.format = {FormatVersion::v110, FormatVersion::latest};
    options.locking = FileLocking::best_effort;
    try {
        file_ = File(temporary_, Mode::create, options);
    } catch (const Error& error) {
        throw Error(
            error.code(),
            "Cannot write '" + path + "': " +
                (error.system_errno() != 0 ? std::strerror(error.system_errno()) : error.what()),
            error.system_errno());
    }
    remove_on_second_signal(temporary_);
    fd_ = ::open(temporary_.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd_ < 0) {
        refuse(path_);
    }
}

OutputFile::~OutputFile() {
    if (fd_ >= 0) {
        ::close(fd_);
    }
    if (committed_) {
        return;
    }
    try {
        file_.close();
    } catch (const Error&) {  // NOLINT(bugprone-empty-catch): it is thrown away anyhow
    }
    ::unlink(temporary_.c_str());
}

Dataset OutputFile::create_extent(const Group& group,
                                  const std::string& path,
                                  const Datatype& type,
                                  const Shape& shape,
                                  Extent& extent) const {
    DatasetOptions options;
    options.fill_time = FillTime::never;
    options.allocation_time = AllocationTime::early;
    const Dataset dataset = group.create_dataset(path, type, shape, options);
    const auto found = extent_of(dataset);
    extent = found.value_or(Extent{});
    return dataset;
}

void OutputFile::write_at(std::uint64_t offset, std::span<const std::byte> bytes) const {
    apps::write_at(fd_, offset, bytes, path_);
}

void OutputFile::commit() {
    file_.close();
    const int fd = std::exchange(fd_, -1);
    // What is replaced must not be lost with the power; what is new can be made again.
    const int error = sync_before_replacing(fd, path_);
    ::close(fd);
    if (error != 0) {
        errno = error;
        refuse(path_);
    }
    give_final_name(temporary_, path_);
    committed_ = true;
}

void write_elements(const Dataset& dataset, std::span<const std::byte> bytes) {
    if (bytes.empty()) {
        return;
    }
    const native::OwnedId type = native::type_id(dataset.datatype());
    const native::Lock lock;
    const auto write = native::function<int(
        native::Id, native::Id, native::Id, native::Id, native::Id, const void*)>("H5Dwrite");
    check(write(native::id(dataset), type.id(), 0, 0, 0, bytes.data()), dataset);
}

void write_rows(const Dataset& dataset,
                std::uint64_t first,
                std::uint64_t count,
                std::span<const std::byte> bytes) {
    if (count == 0 || bytes.empty()) {
        return;
    }
    Shape lengths = dataset.shape();
    lengths.at(0) = count;
    Shape start(lengths.size(), 0);
    start[0] = first;
    const native::OwnedId type = native::type_id(dataset.datatype());
    const native::Lock lock;
    using native::Id;
    const auto space_of = native::function<Id(Id)>("H5Dget_space");
    const auto select = native::function<int(Id,
                                             int,
                                             const std::uint64_t*,
                                             const std::uint64_t*,
                                             const std::uint64_t*,
                                             const std::uint64_t*)>("H5Sselect_hyperslab");
    const auto simple =
        native::function<Id(int, const std::uint64_t*, const std::uint64_t*)>("H5Screate_simple");
    const auto write = native::function<int(Id, Id, Id, Id, Id, const void*)>("H5Dwrite");
    const native::OwnedId space(space_of(native::id(dataset)));
    check(select(space.id(), 0, start.data(), nullptr, lengths.data(), nullptr), dataset);
    const native::OwnedId memory(simple(static_cast<int>(lengths.size()), lengths.data(), nullptr));
    check(write(native::id(dataset), type.id(), memory.id(), space.id(), 0, bytes.data()), dataset);
}

void in_parallel(std::size_t count,
                 const std::function<void(std::size_t)>& work,
                 ProgressBar* bar) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr error;
    std::mutex mutex;
    const auto run = [&] {
        try {
            for (std::size_t i = next++; i < count; i = next++) {
                if (interrupted()) {
                    // It is no Error, which would be reported as something that is missing.
                    throw std::runtime_error("interrupted; nothing was changed");
                }
                work(i);
                if (bar != nullptr) {
                    bar->advance();
                }
            }
        } catch (...) {
            next = count;
            const std::scoped_lock lock(mutex);
            if (!error) {
                error = std::current_exception();
            }
        }
    };
    const std::size_t threads =
        std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), count);
    std::vector<std::thread> helpers;
    for (std::size_t i = 1; i < threads; ++i) {
        helpers.emplace_back(run);
    }
    run();
    for (std::thread& helper : helpers) {
        helper.join();
    }
    if (error) {
        std::rethrow_exception(error);
    }
}

}  // namespace hyperslab::apps::h5boss
