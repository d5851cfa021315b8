// The one way by which values of datasets are read and written.
//
// A request names a dataset, a selection in it and the type of the elements in memory; the memory
// is always one block in C order, shaped like the selection. Engines fulfil requests. The library
// engine can do all of them; the direct engine is asked first and refuses, with a reason, what it
// is not sure of.
#pragma once

#include <exception>
#include <memory>
#include <string>

#include "engine/element_sink.hpp"
#include "engine/open_dataset.hpp"
#include "engine/refusal.hpp"
#include "hyperslab/selection.hpp"

namespace hyperslab::engine {

struct Request {
    OpenDataset& dataset;
    const Selection& selection;
    /// HDF5 type of the elements in memory.
    hdf5::Id memory_type;
    hdf5::Id dxpl = hdf5::kDefault;
    /// Makes what keeps the memory of a read alive. With it, a read that is interrupted does not
    /// wait for threads that still write there; without, it does.
    std::shared_ptr<void> (*keep_memory)(void* owner) = nullptr;
    void* memory_owner = nullptr;
    /// The memory of a read is fresh from the system, all zeros: touching it costs more than that,
    /// so elements that were never written and are zeros are left alone.
    bool memory_is_zeroed = false;
};

/// Thrown by whoever reads or writes when the dataset's extent is not, or no longer, that of the
/// selection: other threads resize. The caller selects again.
struct ExtentChanged : std::exception {
    const char* what() const noexcept override { return "the dataset has been resized"; }
};

class Engine {
public:
    virtual ~Engine() = default;

    virtual const char* name() const = 0;

    /// Why this engine will not take a request; empty when it will.
    virtual std::string refusal(const Request& request) const = 0;

    virtual void read(const Request& request, void* memory) const = 0;
    virtual void read(const Request& request, ElementSink& sink) const = 0;
    virtual void write(const Request& request, const void* memory) const = 0;
};

/// Reads `selection.memory_shape()` elements into a block of memory. They are of one moment.
/// \throws ExtentChanged
void read(const Request& request, void* memory);

/// The same for elements that point to others, strings and sequences.
void read(const Request& request, ElementSink& sink);

/// Reads one element, and maybe those around it (nearby_elements.hpp).
void read_element(const Request& request, void* memory);

/// Writes `selection.memory_shape()` elements.
/// \throws ExtentChanged
void write(const Request& request, const void* memory);

/// Which engine reads: the direct one where it is worth while (at first, unless the environment
/// variable HYPERSLAB_ENGINE names another), only the library, or the direct one wherever it can.
enum class EngineChoice { automatic, library, direct };

EngineChoice engine_choice();
void set_engine_choice(EngineChoice choice);

/// The engine that a read goes to.
const Engine& choose_engine(const Request& request);

/// Why a read does not go to the direct engine.
Refusal direct_refusal(const Request& request);

}  // namespace hyperslab::engine
