// How elements of a dataset become those of a memory type.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "datatype/conversion.hpp"
#include "engine/heap/heap_form.hpp"

namespace hyperslab::engine {

struct MemoryForm {
    datatype::Conversion conversion;
    std::vector<std::byte> fill_value;  ///< one element in memory; empty when there is none
    /// With strings or sequences: the two above are about elements as they lie in the file, which
    /// this turns into those in memory.
    std::optional<HeapForm> heap{};
};

}  // namespace hyperslab::engine
