// Virtual datasets: arrays whose elements lie in other datasets, of this file or others.
//
//     hs::VirtualLayout layout({4, 100}, hs::NativeType<float>::datatype());
//     for (int i = 0; i < 4; ++i) {
//         layout.map(hs::at(i), {names[i], "data", {100}});
//     }
//     file.create_virtual_dataset("all", layout);
//
// One that grows with its source: both say so by an end that is kUnlimited.
//
//     hs::VirtualLayout growing({0, 4}, type, hs::Shape{hs::kUnlimited, 4});
//     growing.map({hs::slice(0, hs::kUnlimited), hs::all},
//                 {"run.h5", "x", {0, 4}, {hs::multi_block(0, 1, hs::kUnlimited), hs::all}});
#pragma once

#include <cstddef>
#include <cstdint>
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
    Shape shape;  ///< the shape of the whole source dataset
    /// The elements of the source; all by default.
    IndexExpression selection{};
};

/// A mapping of elements of a virtual dataset to the elements of a source.
struct VirtualMapping {
    Selection virtual_selection;
    std::string file;
    std::string dataset;
    /// The selection in the source. In a file that does not hold the source's extent it is over a
    /// row of as many elements.
    Selection source_selection;
    /// Whether it grows with the source. The selections are then those of the present extents.
    bool unlimited = false;
    /// The axes that have no end then. The source has none when "%b" in a name counts sources.
    std::optional<std::size_t> unlimited_axis{};
    std::optional<std::size_t> source_unlimited_axis{};
};

namespace object {
class VirtualSpaces;
}

class VirtualLayout {
public:
    VirtualLayout(Shape shape, Datatype type, std::optional<Shape> max_shape = std::nullopt);

    /// Maps the elements that an expression selects to a source. A slice or multi_block to
    /// kUnlimited has no end where the layout's maximum shape has none.
    /// \throws Error (invalid_argument) when the source selects another number of elements; when
    ///         only one of the two has no end, and the source has no "%b" in its names; for two
    ///         axes without end
    VirtualLayout& map(const IndexExpression& where, const VirtualSource& source);

    const Shape& shape() const { return shape_; }
    const Datatype& datatype() const { return type_; }
    const std::optional<Shape>& max_shape() const { return max_shape_; }
    const std::vector<VirtualMapping>& mappings() const { return mappings_; }

private:
    /// The pattern of a selection along an axis without end, as in H5Sselect_hyperslab.
    struct Endless {
        std::size_t axis;
        std::uint64_t start, stride, block;
    };
    struct Ends {
        std::optional<Endless> virtual_;
        std::optional<Endless> source;
        Shape source_shape;
    };
    friend class object::VirtualSpaces;

    VirtualLayout& add(VirtualMapping mapping, Ends ends);

    Shape shape_;
    Datatype type_;
    std::optional<Shape> max_shape_;
    std::vector<VirtualMapping> mappings_;
    std::vector<Ends> ends_;  // one for each mapping
};

}  // namespace hyperslab
