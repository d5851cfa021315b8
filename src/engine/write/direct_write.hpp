// The direct engine, writing: chunks are encoded on all cores and stored by libhdf5 as they are.
//
// The calling thread holds the library lock for the whole write, which is one step for other
// threads, and stores what is ready in the order of the file while helpers encode the next chunks.
// Chunks that are written in part are read, decoded and written anew. What is refused, and what
// fails on its way to the file, is libhdf5's to write.
#pragma once

#include <optional>

#include "engine/plan/request.hpp"
#include "engine/write/plan_write.hpp"

namespace hyperslab::engine {

/// How a write past libhdf5 has ended.
struct DirectWrite {
    enum class End { done, refused };

    End end = End::refused;
    /// Where libhdf5 had better write because its chunk cache has room for the chunks: these.
    std::optional<WritePlan> cached{};
};

/// Writes, if plan_write() has a plan and its chunks can be made. Otherwise libhdf5 has to write.
/// \param eager  also where that is not worth while
/// \throws Error when storing fails, and whatever ends a loop between two turns
DirectWrite write_directly(const Request& request, const void* memory, bool eager);

}  // namespace hyperslab::engine
