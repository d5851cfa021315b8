#include "engine/library/list_spans.hpp"

#include <cstddef>
#include <cstring>
#include <memory>
#include <vector>

#include "engine/library/library_call.hpp"
#include "hdf5/types/h5t.hpp"
#include "hyperslab/error.hpp"
#include "selection/runs.hpp"

namespace hyperslab::engine {
namespace {

namespace h5t = hdf5::h5t;
using selection::Run;

constexpr std::size_t kFewestRuns = 64;            // fewer runs are quick without spans
constexpr std::uint64_t kBufferBytes = 8U << 20U;  // the maximum of one stretch
constexpr std::uint64_t kLargestGapBytes = 4
                                           << 10;  // reading more than that costs more than a block
constexpr std::uint64_t kRunsPerSpan = 16;         // the minimum, on average

struct Span {
    std::uint64_t first;
    std::uint64_t length;     // positions of the axis
    std::size_t list_offset;  // the place of its first position in the list
    std::size_t list_count;
};

/// The elements row-major: `outer` times a row of the listed axis, whose positions have `inner`
/// bytes each.
struct Form {
    std::uint64_t outer = 1;
    std::uint64_t inner = 1;
};

bool multiply(std::uint64_t& product, std::uint64_t factor) {
    return !__builtin_mul_overflow(product, factor, &product);
}

// Returns false when the numbers do not fit.
bool measure(const Request& request, Form& form) {
    const Selection& selection = request.selection;
    form.inner = h5t::size(request.memory_type);
    bool fits = true;
    for (std::size_t d = 0; d < selection.rank(); ++d) {
        if (d != selection.list_axis()) {
            std::uint64_t& part = d < selection.list_axis() ? form.outer : form.inner;
            fits = fits && multiply(part, selection.count()[d]) &&
                   multiply(part, selection.block()[d]);
        }
    }
    std::uint64_t bytes = form.outer;
    return fits && multiply(bytes, form.inner) && bytes > 0;
}

std::vector<Span> find_spans(std::span<const std::uint64_t> list, const Form& form) {
    const std::uint64_t position_bytes = form.outer * form.inner;
    std::vector<Span> spans;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!spans.empty()) {
            Span& last = spans.back();
            const std::uint64_t length = list[i] - last.first + 1;
            const std::uint64_t gap = length - last.length - 1;
            const bool close = gap <= kLargestGapBytes / form.inner ||
                               length <= 2 * (std::uint64_t{last.list_count} + 1);
            if (length <= kBufferBytes / position_bytes && close) {
                last.length = length;
                ++last.list_count;
                continue;
            }
        }
        spans.push_back({list[i], 1, i, 1});
    }
    return spans;
}

// Elements with pointers are refused because they would have to be freed, and records because their
// gaps keep what was in memory before.
bool is_plain(hdf5::Id type) {
    const h5t::Class kind = h5t::type_class(type);
    return kind == h5t::Class::integer || kind == h5t::Class::floating ||
           kind == h5t::Class::enumeration || kind == h5t::Class::bitfield ||
           kind == h5t::Class::opaque;
}

Selection selection_of(const Selection& list, const Span& span) {
    Shape start(list.start().begin(), list.start().end());
    Shape count(list.count().begin(), list.count().end());
    Shape block(list.block().begin(), list.block().end());
    Shape stride(list.stride().begin(), list.stride().end());
    const std::size_t axis = list.list_axis();
    start[axis] = span.first;
    count[axis] = 1;
    block[axis] = span.length;
    stride[axis] = span.length;
    return Selection::hyperslab(list.extent(), start, stride, count, block);
}

void gather(const Request& request,
            const Form& form,
            const Span& span,
            const std::byte* from,
            std::byte* to) {
    const auto list = request.selection.list();
    const auto positions = list.subspan(span.list_offset, span.list_count);
    for (std::uint64_t o = 0; o < form.outer; ++o) {
        const std::byte* row = from + o * span.length * form.inner;
        std::byte* next = to + (o * list.size() + span.list_offset) * form.inner;
        for (const std::uint64_t position : positions) {
            std::memcpy(next, row + (position - span.first) * form.inner, form.inner);
            next += form.inner;
        }
    }
}

}  // namespace

bool read_by_spans(const Request& request, void* memory) {
    const Selection& selection = request.selection;
    if (selection.kind() != SelectionKind::list || selection.list().size() < kFewestRuns) {
        return false;
    }
    const std::vector<Run> runs = selection::coalesce(selection.list());
    Form form;
    if (runs.size() < kFewestRuns || !is_plain(request.memory_type) || !measure(request, form)) {
        return false;
    }
    const std::vector<Span> spans = find_spans(selection.list(), form);
    if (spans.size() > runs.size() / kRunsPerSpan) {
        return false;
    }
    std::uint64_t longest = 0;
    for (const Span& span : spans) {
        longest = std::max(longest, span.length);
    }
    const auto buffer = std::make_unique_for_overwrite<std::byte[]>(
        static_cast<std::size_t>(longest * form.outer * form.inner));
    try {
        for (const Span& span : spans) {
            const Selection part = selection_of(selection, span);
            call_read({request.dataset, part, request.memory_type, request.dxpl}, buffer.get());
            gather(request, form, span, buffer.get(), static_cast<std::byte*>(memory));
        }
    } catch (const Error&) {
        return false;
    }
    return true;
}

}  // namespace hyperslab::engine
