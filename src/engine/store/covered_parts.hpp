// How much of each chunk libhdf5 has been given, part beside part.
//
// libhdf5's chunk cache holds a chunk that is written in part until it needs the room, and then
// encodes it, on one core. Once all elements of a chunk have been written, there is no need to wait
// for that. What is remembered of a chunk is one interval along one axis, with all of the others.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace hyperslab::engine {

class CoveredParts {
public:
    /// Positions along one axis of a chunk, with all of the other axes.
    struct Part {
        std::size_t axis;
        std::uint64_t begin, end;
    };

    /// Notes that a part of a chunk has been written.
    /// \param length  of that axis in the chunk, inside the extent
    /// \returns whether the whole chunk has been written by now; then it is forgotten
    bool add(std::uint64_t chunk, const Part& part, std::uint64_t length) {
        if (parts_.size() >= kMaxChunks) {
            parts_.clear();
        }
        Part& known = parts_.try_emplace(chunk, part).first->second;
        const bool touches =
            known.axis == part.axis && part.begin <= known.end && known.begin <= part.end;
        known =
            touches
                ? Part{part.axis, std::min(known.begin, part.begin), std::max(known.end, part.end)}
                : part;
        if (known.begin != 0 || known.end < length) {
            return false;
        }
        parts_.erase(chunk);
        return true;
    }

private:
    static constexpr std::size_t kMaxChunks = 4096;

    std::unordered_map<std::uint64_t, Part> parts_{};
};

}  // namespace hyperslab::engine
