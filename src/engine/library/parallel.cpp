#include "engine/library/parallel.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "engine/facts/io_stats.hpp"
#include "engine/facts/library_conversion.hpp"
#include "engine/library/library_call.hpp"
#include "engine/library/library_engine.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/property_lists/h5p_transfer.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"

namespace hyperslab::engine {
namespace {

namespace h5p = hdf5::h5p;
using Bytes = std::unique_ptr<std::byte[]>;

// Elements that one thread converts at a time.
constexpr std::uint64_t kConvertedAtATime = 1U << 16;

Bytes memory_for(std::uint64_t count, std::size_t size) {
    return std::make_unique_for_overwrite<std::byte[]>(
        core::checked_size(core::checked_multiply(count, size)));
}

void convert(const datatype::Conversion& conversion,
             const std::byte* from,
             std::byte* to,
             std::uint64_t count) {
    const std::uint64_t turns = (count + kConvertedAtATime - 1) / kConvertedAtATime;
    core::parallel_for(turns, [&](std::size_t turn) {
        const std::uint64_t first = turn * kConvertedAtATime;
        conversion(from + first * conversion.from_size(),
                   to + first * conversion.to_size(),
                   std::min(kConvertedAtATime, count - first));
    });
}

/// None where there is nothing to convert, and where only libhdf5 knows how.
std::optional<datatype::Conversion> conversion_of_ours(const Datatype& from, const Datatype& to) {
    std::optional<datatype::Conversion> conversion;
    if (!from.has_variable_length() && !from.has_reference()) {
        conversion = conversion_as_in_libhdf5(from, to);
    }
    if (conversion && (conversion->is_copy() || !conversion->fills_elements())) {
        conversion.reset();
    }
    return conversion;
}

// After a transfer: libhdf5 may have had a reason to let each process work by itself.
void count_transfer(const Request& request) {
    if (!is_collective(request.dataset, request.dxpl)) {
        return;
    }
    IoStats& stats = io_stats();
    stats.collective_transfers.fetch_add(1, std::memory_order_relaxed);
    const std::uint32_t cause =
        h5p::get_mpio_no_collective_cause(transfer_list_of(request.dataset, request.dxpl)).global;
    if (cause == 0) {
        return;
    }
    stats.independent_instead.fetch_add(1, std::memory_order_relaxed);
    if (std::getenv("HYPERSLAB_VERBOSE") != nullptr) {
        std::fprintf(stderr,
                     "hyperslab: a collective transfer was done independently: %s\n",
                     h5p::describe_no_collective_cause(cause).c_str());
    }
}

}  // namespace

void read_in_parallel(const Request& request, void* memory) {
    io_stats().library_reads.fetch_add(1, std::memory_order_relaxed);
    const std::uint64_t count = request.selection.element_count();
    const auto conversion =
        conversion_of_ours(request.dataset.type(), hdf5::describe_type(request.memory_type));
    if (conversion) {
        const Bytes elements = memory_for(count, conversion->from_size());
        call_read({request.dataset, request.selection, request.dataset.type_id(), request.dxpl},
                  elements.get());
        convert(*conversion, elements.get(), static_cast<std::byte*>(memory), count);
    } else {
        call_read(request, memory);
    }
    count_transfer(request);
}

void read_in_parallel(const Request& request, ElementSink& sink) { read_by_library(request, sink); }

void write_in_parallel(const Request& request, const void* memory) {
    io_stats().library_writes.fetch_add(1, std::memory_order_relaxed);
    const std::uint64_t count = request.selection.element_count();
    const auto conversion =
        conversion_of_ours(hdf5::describe_type(request.memory_type), request.dataset.type());
    if (conversion) {
        const Bytes elements = memory_for(count, conversion->to_size());
        convert(*conversion, static_cast<const std::byte*>(memory), elements.get(), count);
        call_write({request.dataset, request.selection, request.dataset.type_id(), request.dxpl},
                   elements.get());
    } else {
        call_write(request, memory);
    }
    count_transfer(request);
}

void read_nothing(OpenDataset& dataset, hdf5::Id dxpl) {
    std::byte unused{};
    const Selection nothing = Selection::none(dataset.extent()->dims);
    call_read({dataset, nothing, dataset.type_id(), dxpl}, &unused);
}

void write_nothing(OpenDataset& dataset, hdf5::Id dxpl) {
    const std::byte unused{};
    const Selection nothing = Selection::none(dataset.extent()->dims);
    call_write({dataset, nothing, dataset.type_id(), dxpl}, &unused);
}

}  // namespace hyperslab::engine
