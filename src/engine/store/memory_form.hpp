// How elements of a dataset become elements of a memory type.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "datatype/conversion.hpp"
#include "engine/heap/heap_form.hpp"

namespace hyperslab::engine {

struct MemoryForm {
    datatype::Conversion conversion;
    std::vector<std::byte> fill_value;  ///< of one element in memory; empty without a fill value
    /// The form of elements with strings or sequences. Then the two members above are about
    /// elements as they lie in the file, which this form converts to elements in memory.
    std::optional<HeapForm> heap{};
};

}  // namespace hyperslab::engine
