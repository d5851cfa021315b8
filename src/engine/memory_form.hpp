// How elements of a dataset become those of a memory type.
#pragma once

#include <cstddef>
#include <vector>

#include "datatype/conversion.hpp"

namespace hyperslab::engine {

struct MemoryForm {
    datatype::Conversion conversion;
    std::vector<std::byte> fill_value;  ///< one element in memory; empty when there is none
};

}  // namespace hyperslab::engine
