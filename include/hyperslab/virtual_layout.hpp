// Virtual datasets: arrays whose elements lie in other datasets, of this file or others.
//
//     hs::VirtualLayout layout({4, 100}, hs::NativeType<float>::datatype());
//     for (int i = 0; i < 4; ++i) {
//         layout.map(hs::at(i), {names[i], "data", {100}});
//     }
//     file.create_virtual_dataset("all", layout);
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hyperslab/datatype.hpp"
#include "hyperslab/index.hpp"
#include "hyperslab/selection.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab {

/// A dataset that a virtual one takes elements from. It need not exist yet.
struct VirtualSource {
    std::string file;  ///< "." for the file of the virtual dataset
    std::string dataset;
    Shape shape;  ///< of the whole source dataset
    /// Which elements of it; all by default.
    IndexExpression selection{};
};

/// Elements of a virtual dataset, and the elements of a source that they are.
struct VirtualMapping {
    Selection virtual_selection;
    std::string file;
    std::string dataset;
    /// When read from a file that does not say the source's extent: over a row of as many elements.
    Selection source_selection;
    /// It grows with the source: the selections are those of the extents of now.
    bool unlimited = false;
};

class VirtualLayout {
public:
    VirtualLayout(Shape shape, Datatype type, std::optional<Shape> max_shape = std::nullopt);

    /// Says where the elements that an expression selects are found.
    /// \throws Error (invalid_argument) when the source selects another number of elements
    VirtualLayout& map(const IndexExpression& where, const VirtualSource& source);

    const Shape& shape() const { return shape_; }
    const Datatype& datatype() const { return type_; }
    const std::optional<Shape>& max_shape() const { return max_shape_; }
    const std::vector<VirtualMapping>& mappings() const { return mappings_; }

private:
    Shape shape_;
    Datatype type_;
    std::optional<Shape> max_shape_;
    std::vector<VirtualMapping> mappings_;
};

}  // namespace hyperslab
