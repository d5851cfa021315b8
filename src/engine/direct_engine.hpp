// The engine that reads past libhdf5: on all cores, and with the library lock held only while it
// finds out where the bytes lie.
//
// What it takes it gives as the library engine would, to the bit. Whatever it is not sure of it
// refuses, and when something goes wrong or is written meanwhile, the library engine reads again
// and has the last word.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "engine/engine.hpp"
#include "engine/read_plan.hpp"
#include "engine/refusal.hpp"

namespace hyperslab::engine {

class DirectEngine final : public Engine {
public:
    const char* name() const override { return "direct"; }
    std::string refusal(const Request& request) const override;
    void read(const Request& request, void* memory) const override;
    void read(const Request& request, ElementSink& sink) const override;
    void write(const Request& request, const void* memory) const override;

    /// \param eager  also reads what is not worth while
    /// \returns why it did not read
    Refusal try_read(const Request& request, void* memory, bool eager) const;
    Refusal try_read(const Request& request, ElementSink& sink, bool eager) const;

    /// How it would read, or none and why it would not; for explaining, so nothing is counted.
    std::optional<ReadPlan> plan(const Request& request, bool eager, Refusal& refusal) const;
    std::size_t threads_for(const ReadPlan& plan, const Selection& selection) const;

    /// Why it would not read; nothing is counted.
    Refusal refusal_of(const Request& request, bool eager) const;
};

}  // namespace hyperslab::engine
