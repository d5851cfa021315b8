#include "engine/facts/engine_choice.hpp"

#include <atomic>
#include <cstdlib>
#include <string_view>

namespace hyperslab::engine {
namespace {

EngineChoice choice_of_environment() {
    const char* const text = std::getenv("HYPERSLAB_ENGINE");
    const std::string_view name = text != nullptr ? text : "";
    return name == "library"  ? EngineChoice::library
           : name == "direct" ? EngineChoice::direct
                              : EngineChoice::automatic;
}

std::atomic<EngineChoice> choice{choice_of_environment()};

}  // namespace

EngineChoice engine_choice() { return choice.load(std::memory_order_relaxed); }
void set_engine_choice(EngineChoice chosen) { choice = chosen; }

}  // namespace hyperslab::engine
