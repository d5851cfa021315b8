#include "engine/engine.hpp"

#include <atomic>
#include <cstdlib>
#include <string_view>

#include "engine/direct_engine.hpp"
#include "engine/io_stats.hpp"
#include "engine/library_engine.hpp"

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

std::atomic<EngineChoice>& choice() {
    static std::atomic<EngineChoice> choice{choice_of_environment()};
    return choice;
}

}  // namespace

EngineChoice engine_choice() { return choice().load(std::memory_order_relaxed); }
void set_engine_choice(EngineChoice chosen) { choice() = chosen; }

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
    kLibrary.read(request, target);
}

}  // namespace

void read(const Request& request, void* memory) { read_to(request, memory); }
void read(const Request& request, ElementSink& sink) { read_to(request, sink); }

void read_element(const Request& request, void* memory) {
    if (!request.dataset.nearby().fetch(request, memory)) {
        read(request, memory);
    }
}

void write(const Request& request, const void* memory) { kLibrary.write(request, memory); }

}  // namespace hyperslab::engine
