#include "engine/engine.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

#include "engine/bad_chunk.hpp"
#include "engine/facts/io_stats.hpp"
#include "engine/facts/progress.hpp"
#include "engine/library/blocks.hpp"
#include "engine/library/library_engine.hpp"
#include "engine/parallel/thread_share.hpp"
#include "engine/parallel/transfers.hpp"
#include "engine/read/direct_read.hpp"
#include "engine/write/completed_chunks.hpp"
#include "engine/write/direct_write.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hdf5/types/h5t.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

std::uint64_t bytes_in_memory(const Request& request) {
    return request.selection.element_count() * hdf5::h5t::size(request.memory_type);
}

// One call of libhdf5 does not report how far it is. For a thread with a Progress the read is done
// in parts.
void read_reporting_progress(const Request& request, void* memory) {
    if (!ProgressReport::is_wanted(ProgressKind::reading)) {
        read_by_library(request, memory);
        return;
    }
    ProgressReport report(ProgressKind::reading, bytes_in_memory(request));
    if (!read_in_blocks(request, memory)) {
        read_by_library(request, memory);
    }
    report.finish();
}

std::string bad_chunk(const Request& request) {
    try {
        return find_bad_chunk(request);
    } catch (const std::exception&) {  // the first failure is the one that is reported
        return {};
    }
}

// libhdf5 reports that something is wrong; the chunk is found here.
void read_naming_chunks(const Request& request, void* memory) {
    try {
        read_reporting_progress(request, memory);
    } catch (const Error& error) {
        const std::string where = error.code() == ErrorCode::io ? bad_chunk(request) : "";
        if (where.empty()) {
            throw;  // unchanged: it may be an exception of a Python file object
        }
        throw Error(error.code(), error.what() + ("; " + where), error.system_errno());
    }
}

// libhdf5 decides whether something is wrong; what is wrong is described here.
template <class Target>
void read_after_failure(const Request& request, Target&& target, const Error& failure) {
    try {
        read_by_library(request, target);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::io && failure.code() == ErrorCode::io) {
            throw Error(ErrorCode::io,
                        std::string(error.what()) + "; " + failure.what(),
                        error.system_errno());
        }
        throw;
    }
}

template <class Target>
void read_refused(const Request& request, Target&& target, Refusal refusal) {
    IoStats& stats = io_stats();
    stats.library_reads.fetch_add(1, std::memory_order_relaxed);
    stats.refusals[static_cast<std::size_t>(refusal)].fetch_add(1, std::memory_order_relaxed);
    if constexpr (std::is_same_v<std::remove_cvref_t<Target>, void*>) {
        read_naming_chunks(request, target);
    } else {
        read_by_library(request, target);
    }
}

template <class Target>
void read_to(const Request& request, Target&& target) {
    const EngineChoice chosen = engine_choice();
    if (chosen == EngineChoice::library) {
        read_refused(request, target, Refusal::forced);
        return;
    }
    const DirectRead direct = read_directly(request, target, chosen == EngineChoice::direct);
    switch (direct.end) {
        case DirectRead::End::done:
            break;
        case DirectRead::End::refused:
            read_refused(request, target, direct.refusal);
            break;
        case DirectRead::End::failed:
            read_after_failure(request, target, *direct.failure);
            break;
        case DirectRead::End::overtaken:
            read_by_library(request, target);
            break;
    }
}

Wanted wanted(const Request& request) {
    return {request.dataset, request.selection, request.memory_type, request.dxpl};
}

// What one process reads by itself.
void read_alone(const Request& request, void* memory) {
    if (!request.dataset.nearby().fetch_few(wanted(request), memory)) {
        read_to(request, memory);
    }
}
void read_alone(const Request& request, ElementSink& sink) { read_to(request, sink); }

// Reads of so many elements may use several threads.
constexpr std::uint64_t kManyElements = 1U << 16;

// libhdf5 reads no virtual dataset of a parallel file. Where nobody writes, each process can open
// the file once more, for itself.
bool is_virtual_and_read_only(DatasetFacts& dataset) {
    return !dataset.is_changed_in_parallel() && dataset.layout() == hdf5::h5d::Layout::virtual_ &&
           !hdf5::is_subfiled_file(dataset.id());
}

template <class Target>
void read_in_file_of_its_own(const Request& request, Target&& target) {
    const hdf5::LockGuard guard;
    const hdf5::Id id = request.dataset.id();
    const hdf5::Handle file = hdf5::h5f::open(hdf5::h5f::name(id), hdf5::h5f::kReadOnly);
    const hdf5::Handle opened = hdf5::h5d::open(file.id(), hdf5::h5i::name(id));
    OpenDataset dataset(opened.id());
    read_to({dataset, request.selection, request.memory_type}, target);
}

template <class Target>
void read_of_parallel_file(const Request& request, Target&& target) {
    if (is_virtual_and_read_only(request.dataset)) {
        read_in_file_of_its_own(request, target);
    } else if (is_read_by_each(request.dataset)) {
        Request alone = request;
        alone.dxpl = hdf5::kDefault;  // it says how the processes read together
        std::optional<ThreadShare> share;
        if (request.selection.element_count() >= kManyElements) {
            const auto access = hdf5::parallel_access(request.dataset.id());
            share.emplace(access ? access->processes_here : 1);
        }
        read_alone(alone, target);
    } else {
        read_in_parallel(request, target);
    }
}

void write_by_one_call(const Request& request, const void* memory) {
    if (!write_in_blocks(request, memory)) {
        write_by_library(request, memory);
    }
}

void write_to_cache(const Request& request, const void* memory, const WritePlan& plan) {
    const hdf5::LockGuard guard;
    write_by_one_call(request, memory);
    store_completed_chunks(request, plan);
}

}  // namespace

void read(const Request& request, void* memory) {
    request.dataset.is_parallel() ? read_of_parallel_file(request, memory)
                                  : read_alone(request, memory);
}

void read(const Request& request, ElementSink& sink) {
    request.dataset.is_parallel() ? read_of_parallel_file(request, sink)
                                  : read_alone(request, sink);
}

void read_element(const Request& request, void* memory) {
    const auto read_block = [&](const Selection& block, void* elements) {
        read({request.dataset, block, request.memory_type}, elements);
    };
    if (!request.dataset.nearby().fetch(wanted(request), read_block, memory)) {
        read(request, memory);
    }
}

namespace {

void write_without_report(const Request& request, const void* memory) {
    if (request.dataset.is_parallel()) {
        write_in_parallel(request, memory);
        return;
    }
    const EngineChoice chosen = engine_choice();
    if (chosen == EngineChoice::library) {
        io_stats().library_writes.fetch_add(1, std::memory_order_relaxed);
        write_by_one_call(request, memory);
        return;
    }
    const DirectWrite direct = write_directly(request, memory, chosen == EngineChoice::direct);
    if (direct.end == DirectWrite::End::done) {
        io_stats().direct_writes.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    io_stats().library_writes.fetch_add(1, std::memory_order_relaxed);
    if (direct.cached) {
        write_to_cache(request, memory, *direct.cached);
    } else if (!write_converted(request, memory)) {
        write_by_one_call(request, memory);
    }
}

}  // namespace

void write(const Request& request, const void* memory) {
    if (!ProgressReport::is_wanted(ProgressKind::writing)) {
        write_without_report(request, memory);
        return;
    }
    ProgressReport report(ProgressKind::writing, bytes_in_memory(request));
    write_without_report(request, memory);
    report.finish();
}

}  // namespace hyperslab::engine
