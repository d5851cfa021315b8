#include "engine/engine.hpp"

#include "engine/library_engine.hpp"

namespace hyperslab::engine {

// One engine today. A faster one is asked first and falls back to this one by refusing.
const Engine& choose_engine(const Request& /*request*/) {
    static const LibraryEngine library;
    return library;
}

void read(const Request& request, void* memory) { choose_engine(request).read(request, memory); }

void write(const Request& request, const void* memory) {
    choose_engine(request).write(request, memory);
}

}  // namespace hyperslab::engine
