// Walks through a dataset's elements in order, and reports where each axis begins and ends.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <cstddef>

#include "shared/dataset_view.hpp"

namespace hyperslab::apps {

/// Gets the reports of a walk. An axis inside another one has a larger depth.
class ArraySink {
public:
    virtual ~ArraySink() = default;
    virtual void begin(std::size_t depth) = 0;
    virtual void end(std::size_t depth) = 0;
    virtual void element(const Element& element) = 0;
    /// Elements or rows are left out here.
    virtual void gap(std::size_t depth) = 0;
};

/// \param shorten  of long axes only the beginning and the end, when there are many elements
void walk(const DatasetView& view, bool shorten, ArraySink& sink);

/// Walks through elements in memory, which are never shortened.
void walk(const ElementArray& array, ArraySink& sink);

}  // namespace hyperslab::apps
