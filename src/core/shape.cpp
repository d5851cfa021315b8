#include "hyperslab/shape.hpp"

#include "core/checked.hpp"

namespace hyperslab {

std::uint64_t element_count(const Shape& shape) { return core::checked_product(shape); }

std::string to_string(const Shape& shape) {
    std::string text = "(";
    for (std::size_t d = 0; d < shape.size(); ++d) {
        text += (d == 0 ? "" : ", ") + std::to_string(shape[d]);
    }
    return text + (shape.size() == 1 ? ",)" : ")");
}

}  // namespace hyperslab
