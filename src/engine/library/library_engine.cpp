#include "engine/library/library_engine.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

#include "core/checked.hpp"
#include "engine/library/library_call.hpp"
#include "engine/library/list_spans.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/vlen_arena.hpp"

namespace hyperslab::engine {
namespace {

// Fields that the file lacks point to nothing.
std::unique_ptr<std::byte, decltype(&std::free)> zeroed_memory(std::uint64_t bytes) {
    auto* const memory = static_cast<std::byte*>(
        std::calloc(std::max<std::size_t>(core::checked_size(bytes), 1), 1));
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return {memory, &std::free};
}

}  // namespace

void read_by_library(const Request& request, void* memory) {
    const hdf5::LockGuard guard;
    require_extent(request);
    if (request.dataset.is_parallel() || !read_by_spans(request, memory)) {
        call_read(request, memory);
    }
}

// The sink is called without the lock, because it may wait for what the lock's holder has.
void read_by_library(const Request& request, ElementSink& sink) {
    const std::uint64_t count = request.selection.element_count();
    const std::size_t size = hdf5::h5t::size(request.memory_type);
    hdf5::VlenArena arena(request.dxpl);
    const auto elements = zeroed_memory(core::checked_multiply(count, size));
    read_by_library({request.dataset, request.selection, request.memory_type, arena.dxpl()},
                    elements.get());
    sink.take(0, elements.get(), count);
}

void write_by_library(const Request& request, const void* memory) { call_write(request, memory); }

}  // namespace hyperslab::engine
