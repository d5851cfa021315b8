// The engine that leaves everything to libhdf5: H5Dread and H5Dwrite.
#pragma once

#include "engine/engine.hpp"

namespace hyperslab::engine {

class LibraryEngine final : public Engine {
public:
    const char* name() const override { return "library"; }
    std::string refusal(const Request& /*request*/) const override { return {}; }
    void read(const Request& request, void* memory) const override;
    /// All of them at once.
    void read(const Request& request, ElementSink& sink) const override;
    void write(const Request& request, const void* memory) const override;
};

/// Selects in a dataspace what a selection says.
void apply_selection(const Selection& selection, hdf5::Id space);

}  // namespace hyperslab::engine
