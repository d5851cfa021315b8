// The one way by which values of datasets are read and written.
//
// A request names a dataset, a selection in it and the type of the elements in memory; the memory
// is always one block in C order, shaped like the selection. Engines fulfil requests. The library
// engine can do all of them; an engine that cannot refuses with a reason, and the next is asked.
#pragma once

#include <string>

#include "engine/open_dataset.hpp"
#include "hyperslab/selection.hpp"

namespace hyperslab::engine {

struct Request {
    OpenDataset& dataset;
    const Selection& selection;
    /// HDF5 type of the elements in memory.
    hdf5::Id memory_type;
    hdf5::Id dxpl = hdf5::kDefault;
};

class Engine {
public:
    virtual ~Engine() = default;

    virtual const char* name() const = 0;

    /// Why this engine will not take a request; empty when it will.
    virtual std::string refusal(const Request& request) const = 0;

    virtual void read(const Request& request, void* memory) const = 0;
    virtual void write(const Request& request, const void* memory) const = 0;
};

/// Reads `selection.memory_shape()` elements into a block of memory.
void read(const Request& request, void* memory);

/// Writes as many.
void write(const Request& request, const void* memory);

/// The engine that a request goes to.
const Engine& choose_engine(const Request& request);

}  // namespace hyperslab::engine
