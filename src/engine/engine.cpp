#include "engine/engine.hpp"

#include <atomic>
#include <cstdlib>
#include <string>
#include <string_view>
#include <type_traits>

#include "engine/bad_chunk.hpp"
#include "engine/block_reads.hpp"
#include "engine/direct_engine.hpp"
#include "engine/direct_write.hpp"
#include "engine/io_stats.hpp"
#include "engine/library_engine.hpp"
#include "engine/progress.hpp"
#include "hdf5/types/h5t.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

const LibraryEngine kLibrary;
const DirectEngine kDirect;

EngineChoice choice_of_environment() {
    const char* const text = std::getenv("HYPERSLAB_ENGINE");
    const std::string_view name = text != nullptr ? text : "";
    return name == "library"  ? EngineChoice::library
           : name == "direct" ? EngineChoice::direct
                              : EngineChoice::automatic;
}

std::atomic<EngineChoice> choice{choice_of_environment()};

// One call of libhdf5 tells nothing on its way: parts of it do, for a thread that wants to be told.
void read_telling(const Request& request, void* memory) {
    if (progress_of_thread() == nullptr) {
        kLibrary.read(request, memory);
        return;
    }
    ToldRead told(request.selection.element_count() * hdf5::h5t::size(request.memory_type));
    if (!read_in_blocks(request, memory)) {
        kLibrary.read(request, memory);
    }
    told.finish();
}

std::string bad_chunk(const Request& request) {
    try {
        return find_bad_chunk(request);
    } catch (const std::exception&) {  // what failed first is what is told
        return {};
    }
}

// libhdf5 says that something is wrong; we can say with which chunk.
void read_by_library(const Request& request, void* memory) {
    try {
        read_telling(request, memory);
    } catch (const Error& error) {
        const std::string where = error.code() == ErrorCode::io ? bad_chunk(request) : "";
        if (where.empty()) {
            throw;  // as it is: it may be more than an Error, of a Python file object
        }
        throw Error(error.code(), error.what() + ("; " + where), error.system_errno());
    }
}

}  // namespace

EngineChoice engine_choice() { return choice.load(std::memory_order_relaxed); }
void set_engine_choice(EngineChoice chosen) { choice = chosen; }

Refusal direct_refusal(const Request& request) {
    const EngineChoice chosen = engine_choice();
    return chosen == EngineChoice::library
               ? Refusal::forced
               : kDirect.refusal_of(request, chosen == EngineChoice::direct);
}

const Engine& choose_engine(const Request& request) {
    if (direct_refusal(request) == Refusal::none) {
        return kDirect;
    }
    return kLibrary;
}

namespace {

template <class Target>
void read_to(const Request& request, Target&& target) {
    const EngineChoice chosen = engine_choice();
    const Refusal refusal = chosen == EngineChoice::library
                                ? Refusal::forced
                                : kDirect.try_read(request, target, chosen == EngineChoice::direct);
    if (refusal == Refusal::none) {
        return;
    }
    IoStats& stats = io_stats();
    stats.library_reads.fetch_add(1, std::memory_order_relaxed);
    stats.refusals[static_cast<std::size_t>(refusal)].fetch_add(1, std::memory_order_relaxed);
    if constexpr (std::is_same_v<std::remove_cvref_t<Target>, void*>) {
        read_by_library(request, target);
    } else {
        kLibrary.read(request, target);
    }
}

}  // namespace

void read(const Request& request, void* memory) {
    if (!request.dataset.nearby().fetch_few(request, memory)) {
        read_to(request, memory);
    }
}
void read(const Request& request, ElementSink& sink) { read_to(request, sink); }

void read_element(const Request& request, void* memory) {
    if (!request.dataset.nearby().fetch(request, memory)) {
        read(request, memory);
    }
}

void write(const Request& request, const void* memory) {
    const EngineChoice chosen = engine_choice();
    const Refusal refusal = chosen == EngineChoice::library
                                ? Refusal::forced
                                : try_direct_write(request, memory, chosen == EngineChoice::direct);
    IoStats& stats = io_stats();
    if (refusal == Refusal::none) {
        stats.direct_writes.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    stats.library_writes.fetch_add(1, std::memory_order_relaxed);
    kLibrary.write(request, memory);
}

}  // namespace hyperslab::engine
