#include "engine/parallel/transfers.hpp"

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
#include "engine/parallel/own_chunks.hpp"
#include "engine/parallel/own_elements.hpp"
#include "engine/parallel/together.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/changes/data_changes.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hdf5/property_lists/h5p_transfer.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/error.hpp"

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

void count_by_list(hdf5::Id list) {
    IoStats& stats = io_stats();
    stats.collective_transfers.fetch_add(1, std::memory_order_relaxed);
    const std::uint32_t cause = h5p::get_mpio_no_collective_cause(list).global;
    if (cause == 0) {
        return;
    }
    stats.independent_instead.fetch_add(1, std::memory_order_relaxed);
    for (std::size_t bit = 0; bit < stats.causes.size(); ++bit) {
        stats.causes[bit].fetch_add((cause >> bit) & 1U, std::memory_order_relaxed);
    }
    if (std::getenv("HYPERSLAB_VERBOSE") != nullptr) {
        std::fprintf(stderr,
                     "hyperslab: a collective transfer was done independently: %s\n",
                     h5p::describe_no_collective_cause(cause).c_str());
    }
}

// libhdf5 finds out that it cannot convert before it meets the other processes, which would wait
// for this one. Here the process takes part with nothing then.
void require_conversion(const Request& request, bool is_ours, const Datatype& to) {
    const bool reads = &to != &request.dataset.type();
    const hdf5::Id stored = request.dataset.type_id();
    if (!is_ours && is_collective(request.dataset, request.dxpl) &&
        !(reads ? hdf5::h5t::find_conversion(stored, request.memory_type)
                : hdf5::h5t::find_conversion(request.memory_type, stored))) {
        throw Error(ErrorCode::io,
                    "Can't synchronously transfer data (no appropriate function for conversion "
                    "path)");
    }
}

// What a transfer past libhdf5 leaves in its list: what libhdf5 would have said.
void note_transfer(const Request& request, bool is_collective) {
    const hdf5::Id list = transfer_list_of(request.dataset, request.dxpl);
    if (list != hdf5::kDefault) {
        const bool chunked = !request.dataset.creation().chunk.empty();
        h5p::set_mpio_result(list, is_collective, chunked);
    }
}

// The type in which libhdf5 is to take elements from memory. Elements that are bytes of the file's
// type already are called that: libhdf5 would see a conversion, as it does for enumerations, and
// let each process work by itself.
hdf5::Id plain_memory_type(const Request& request, const Datatype& from, const Datatype& to) {
    if (from.has_variable_length() || from.has_reference()) {
        return request.memory_type;
    }
    const auto conversion = conversion_as_in_libhdf5(from, to);
    require_conversion(request, conversion.has_value(), to);
    const bool is_same = conversion && conversion->is_copy() && conversion->fills_elements() &&
                         conversion->from_size() == conversion->to_size();
    return is_same ? request.dataset.type_id() : request.memory_type;
}

// After a transfer: libhdf5 may have had a reason to let each process work by itself.
void count_transfer(const Request& request) {
    if (is_collective(request.dataset, request.dxpl)) {
        count_by_list(transfer_list_of(request.dataset, request.dxpl));
    }
}

}  // namespace

void count_transfer(hdf5::Id dataset, hdf5::Id dxpl) {
    if (is_collective(dataset, dxpl)) {
        count_by_list(dxpl);
    }
}

void read_in_parallel(const Request& request, void* memory) {
    io_stats().library_reads.fetch_add(1, std::memory_order_relaxed);
    const std::uint64_t count = request.selection.element_count();
    const Datatype in_memory = hdf5::describe_type(request.memory_type);
    const auto conversion = conversion_apart(request.dataset.type(), in_memory);
    if (conversion) {
        const Bytes elements = memory_for(count, conversion->from_size());
        call_read({request.dataset, request.selection, request.dataset.type_id(), request.dxpl},
                  elements.get());
        convert(*conversion, elements.get(), static_cast<std::byte*>(memory), count);
    } else {
        const hdf5::Id type = plain_memory_type(request, request.dataset.type(), in_memory);
        call_read({request.dataset, request.selection, type, request.dxpl}, memory);
    }
    count_transfer(request);
}

void read_in_parallel(const Request& request, ElementSink& sink) { read_by_library(request, sink); }

namespace {

// One call of libhdf5, after our own conversion.
void write_by_libhdf5(const Request& request, const void* memory) {
    io_stats().library_writes.fetch_add(1, std::memory_order_relaxed);
    const std::uint64_t count = request.selection.element_count();
    const Datatype in_memory = hdf5::describe_type(request.memory_type);
    const auto conversion = conversion_apart(in_memory, request.dataset.type());
    if (conversion) {
        const Bytes elements = memory_for(count, conversion->to_size());
        convert(*conversion, static_cast<const std::byte*>(memory), elements.get(), count);
        call_write({request.dataset, request.selection, request.dataset.type_id(), request.dxpl},
                   elements.get());
    } else {
        const hdf5::Id type = plain_memory_type(request, in_memory, request.dataset.type());
        call_write({request.dataset, request.selection, type, request.dxpl}, memory);
    }
    count_transfer(request);
}

// Pieces of this size are worth writing alone: on the same machine, and on a file system that
// processes of many machines write to, where large blocks and fewer writers pay.
constexpr std::uint64_t kPieceHere = 512;
constexpr std::uint64_t kPieceElsewhere = 1U << 20;

bool is_worth_writing_alone(const OwnElements& elements, const hdf5::ParallelAccess& access) {
    return elements.has_pieces_of(access.on_one_machine() ? kPieceHere : kPieceElsewhere);
}

/// What a process could do by itself.
struct Own {
    std::optional<OwnElements> elements{};
    std::optional<OwnChunks> chunks{};

    Agreed way() const {
        if (elements) {
            return {.way = Way::elements};
        }
        return chunks ? Agreed{.way = Way::chunks,
                               .rounds = chunks->rounds(),
                               .in_part = chunks->in_part}
                      : Agreed{};
    }
};

// Others wait for the answer, so that failing here is an answer too: libhdf5 is to write.
Own plan_own(const Request& request) {
    Own own;
    try {
        const hdf5::ParallelAccess access =
            request.dataset.stored_in_parallel().access(request.dataset);
        own.elements = plan_own_elements(request);
        if (own.elements && !is_worth_writing_alone(*own.elements, access)) {
            own.elements.reset();
        }
        own.chunks = own.elements ? std::nullopt : plan_own_chunks(request);
    } catch (const std::exception&) {
        own = {};
    }
    return own;
}

void write_together(const Request& request, const void* memory) {
    require_extent(request);
    hdf5::h5d::begin_write(request.dataset.id(), transfer_list_of(request.dataset, request.dxpl));
    const Own own = plan_own(request);
    const Agreed agreed = agree(request.dataset.id(), own.way());
    if (agreed.way == Way::library) {
        write_by_libhdf5(request, memory);
        return;
    }
    IoStats& stats = io_stats();
    stats.collective_transfers.fetch_add(1, std::memory_order_relaxed);
    stats.direct_writes.fetch_add(1, std::memory_order_relaxed);
    note_transfer(request, true);
    if (agreed.way == Way::elements) {
        own.elements->write(memory);
    } else {
        own.chunks->write(request, memory, agreed);
    }
}

void write_alone(const Request& request, const void* memory) {
    require_extent(request);
    const auto own = plan_own_elements(request);
    if (!own) {
        write_by_libhdf5(request, memory);
        return;
    }
    hdf5::count_data_change();
    io_stats().direct_writes.fetch_add(1, std::memory_order_relaxed);
    note_transfer(request, false);
    own->write(memory);
}

}  // namespace

void write_in_parallel(const Request& request, const void* memory) {
    const hdf5::LockGuard guard;
    if (is_collective(request.dataset, request.dxpl)) {
        write_together(request, memory);
    } else {
        write_alone(request, memory);
    }
}

void write_by_library_together(hdf5::Id dataset, hdf5::Id dxpl) {
    if (is_collective(dataset, dxpl)) {
        hdf5::h5d::begin_write(dataset, dxpl);
        agree(dataset, {});
    }
}

namespace {

void read_nothing(OpenDataset& dataset, hdf5::Id dxpl) {
    std::byte unused{};
    const Selection nothing = Selection::none(dataset.extent()->dims);
    call_read({dataset, nothing, dataset.type_id(), dxpl}, &unused);
}

}  // namespace

void write_nothing(OpenDataset& dataset, hdf5::Id dxpl) {
    const std::byte unused{};
    const Selection nothing = Selection::none(dataset.extent()->dims);
    write_in_parallel({dataset, nothing, dataset.type_id(), dxpl}, &unused);
}

void take_part_with_nothing(OpenDataset& dataset, hdf5::Id dxpl, Direction direction) noexcept {
    try {
        direction == Direction::read ? read_nothing(dataset, dxpl) : write_nothing(dataset, dxpl);
    } catch (...) {  // others have gone away, or the dataset is damaged
        return;
    }
}

}  // namespace hyperslab::engine
