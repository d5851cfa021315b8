#include "engine/library/blocks.hpp"

#include <algorithm>
#include <cstddef>
#include <new>
#include <optional>
#include <vector>

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "engine/facts/library_conversion.hpp"
#include "engine/facts/progress.hpp"
#include "engine/library/library_call.hpp"
#include "engine/library/library_engine.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/changes/data_changes.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"

namespace hyperslab::engine {
namespace {

// The number of bytes of one part. Nobody looks for signals and no progress is reported while
// libhdf5 reads or writes it. Parts that are encoded, or are strings, are smaller because they take
// longer.
constexpr std::uint64_t kReadBytes = 8U << 20;
constexpr std::uint64_t kEncodedBytes = 4U << 20;
constexpr std::uint64_t kReportedBytes = 8U << 20;
constexpr std::uint64_t kPlainBytes = 64U << 20;
// The number of bytes that are converted at a time. The processor's cache still holds them when
// they are written.
constexpr std::uint64_t kConvertedBytes = 1U << 20;
// The number of parts that are converted at most before the first of them is written.
constexpr std::size_t kConvertedParts = 32;

/// The first axis, as blocks of a selection take it.
struct FirstAxis {
    std::uint64_t start, stride, count, block;
};

FirstAxis first_axis(const Selection& selection) {
    FirstAxis axis{
        selection.start()[0], selection.stride()[0], selection.count()[0], selection.block()[0]};
    if (axis.count == 1 || axis.block == axis.stride) {  // one run
        axis = {axis.start, 1, axis.count * axis.block, 1};
    }
    return axis;
}

Selection part_of(const Selection& whole, const FirstAxis& axis) {
    const auto with_first = [&](std::span<const std::uint64_t> values, std::uint64_t first) {
        Shape shape(values.begin(), values.end());
        shape[0] = first;
        return shape;
    };
    return Selection::hyperslab(whole.extent(),
                                with_first(whole.start(), axis.start),
                                with_first(whole.stride(), axis.stride),
                                with_first(whole.count(), axis.count),
                                with_first(whole.block(), axis.block));
}

/// A selection divided along its first axis.
class Blocks {
public:
    // Rows of chunks are not divided: each of their chunks would be decoded twice. So blocks go
    // from one border between chunks to another; a stride leaves that to luck.
    Blocks(const Request& request, std::uint64_t bytes, std::uint64_t wanted, std::uint64_t chunk)
        : request_(request), axis_(first_axis(request.selection)) {
        bytes_of_one_ = bytes / axis_.count;
        step_ = std::max<std::uint64_t>(wanted / bytes_of_one_, 1);
        first_ = step_;
        if (axis_.stride == 1 && chunk > 1) {
            step_ = (step_ + chunk - 1) / chunk * chunk;
            first_ = step_ - axis_.start % chunk;
        }
    }

    std::size_t count() const {
        const std::uint64_t rest = axis_.count > first_ ? axis_.count - first_ : 0;
        return 1 + (rest + step_ - 1) / step_;
    }

    Selection selection(std::size_t i) const {
        const std::uint64_t end = std::min(axis_.count, first_ + i * step_);
        return part_of(
            request_.selection,
            {axis_.start + begin(i) * axis_.stride, axis_.stride, end - begin(i), axis_.block});
    }

    std::uint64_t element_count(std::size_t i) const { return selection(i).element_count(); }

    /// Where the elements of a block lie in memory.
    std::uint64_t byte_offset(std::size_t i) const { return begin(i) * bytes_of_one_; }

private:
    std::uint64_t begin(std::size_t i) const { return i == 0 ? 0 : first_ + (i - 1) * step_; }

    const Request& request_;
    FirstAxis axis_;
    std::uint64_t bytes_of_one_, step_, first_;
};

/// \returns bytes in memory, or 0 for a selection that cannot be divided
std::uint64_t divisible_bytes(const Request& request) {
    const Selection& selection = request.selection;
    const bool divisible =
        selection.kind() == SelectionKind::all || selection.kind() == SelectionKind::hyperslab;
    return divisible && selection.rank() != 0
               ? selection.element_count() * hdf5::h5t::size(request.memory_type)
               : 0;
}

std::uint64_t chunk_length(const CreationFacts* creation) {
    return creation != nullptr && !creation->chunk.empty() ? creation->chunk[0] : 1;
}

// Where libhdf5 writes fill values first, it must see that all elements are written.
bool is_stored_by_one_call(const Request& request) {
    const CreationFacts& creation = request.dataset.creation();
    const bool is_array = creation.layout == hdf5::h5d::Layout::contiguous ||
                          creation.layout == hdf5::h5d::Layout::chunked;
    return !is_array || !creation.stages.empty() || creation.writes_fill_value() ||
           request.dxpl != hdf5::kDefault;
}

bool has_strings_or_sequences(hdf5::Id type) {
    return hdf5::h5t::detect_class(type, hdf5::h5t::Class::string) ||
           hdf5::h5t::detect_class(type, hdf5::h5t::Class::vlen);
}

std::uint64_t write_bytes(const Request& request, const CreationFacts& creation) {
    if (!creation.stages.empty() || has_strings_or_sequences(request.memory_type)) {
        return kEncodedBytes;
    }
    return ProgressReport::is_active() ? kReportedBytes : kPlainBytes;
}

// libhdf5 writes the fill value to all of a dataset before the first part of it, and need not where
// all of it is written by one call. With strings that takes little of the time.
bool is_filled_before(const Request& request, const CreationFacts& creation) {
    if (creation.layout != hdf5::h5d::Layout::contiguous ||
        has_strings_or_sequences(request.memory_type)) {
        return false;
    }
    return creation.writes_fill_value() && !hdf5::h5d::offset(request.dataset.id());
}

void write_converted_parts(const Request& request,
                           const void* memory,
                           std::uint64_t bytes,
                           const datatype::Conversion& conversion) {
    const Blocks blocks(request, bytes, kConvertedBytes, chunk_length(&request.dataset.creation()));
    const auto* const from = static_cast<const std::byte*>(memory);
    const std::size_t parts = std::min(kConvertedParts, blocks.count());
    std::vector<std::vector<std::byte>> converted(parts);
    for (std::size_t first = 0; first < blocks.count(); first += parts) {
        const auto convert = [&](std::size_t i) {
            const std::uint64_t count = blocks.element_count(first + i);
            const std::size_t size =
                core::checked_size(core::checked_multiply(count, conversion.to_size()));
            if (converted[i].size() < size) {
                converted[i].resize(size);
            }
            conversion(from + blocks.byte_offset(first + i), converted[i].data(), count);
        };
        const auto write = [&](std::size_t i) {
            const Selection part = blocks.selection(first + i);
            call_write({request.dataset, part, request.dataset.type_id(), request.dxpl},
                       converted[i].data());
        };
        const std::size_t count = std::min(parts, blocks.count() - first);
        ProgressReport report(ProgressKind::writing, bytes / blocks.count() * count);
        core::ordered_for(count, convert, write);
        report.finish();
    }
}

}  // namespace

bool read_in_blocks(const Request& request, void* memory) {
    const std::uint64_t bytes = divisible_bytes(request);
    if (bytes <= kReadBytes) {
        return false;
    }
    const Blocks blocks(
        request, bytes, kReadBytes, chunk_length(request.dataset.creation_if_known()));
    const std::uint64_t generation = hdf5::data_changes();
    core::serial_for(blocks.count(), [&](std::size_t i) {
        const Selection part = blocks.selection(i);
        read_by_library({request.dataset, part, request.memory_type, request.dxpl},
                        static_cast<std::byte*>(memory) + blocks.byte_offset(i));
    });
    return generation == hdf5::data_changes();
}

bool write_in_blocks(const Request& request, const void* memory) {
    const std::uint64_t bytes = divisible_bytes(request);
    if (bytes <= kEncodedBytes) {
        return false;
    }
    const hdf5::LockGuard guard;
    require_extent(request);
    const CreationFacts& creation = request.dataset.creation();
    const std::uint64_t wanted = write_bytes(request, creation);
    if (bytes <= wanted || is_filled_before(request, creation)) {
        return false;
    }
    const Blocks blocks(request, bytes, wanted, chunk_length(&creation));
    core::serial_for(blocks.count(), [&](std::size_t i) {
        const Selection part = blocks.selection(i);
        call_write({request.dataset, part, request.memory_type, request.dxpl},
                   static_cast<const std::byte*>(memory) + blocks.byte_offset(i));
    });
    return true;
}

bool write_converted(const Request& request, const void* memory) {
    const std::uint64_t bytes = divisible_bytes(request);
    if (bytes < 2 * kConvertedBytes) {
        return false;
    }
    const hdf5::LockGuard guard;
    require_extent(request);
    if (is_stored_by_one_call(request)) {
        return false;
    }
    const auto conversion =
        conversion_apart(hdf5::describe_type(request.memory_type), request.dataset.type());
    if (!conversion) {
        return false;
    }
    try {
        write_converted_parts(request, memory, bytes, *conversion);
    } catch (const std::bad_alloc&) {  // libhdf5 needs less
        return false;
    }
    return true;
}

}  // namespace hyperslab::engine
