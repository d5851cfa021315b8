// The elements that an index expression selects, of which parts can be read, so that a dataset of
// any size is printed with little memory.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace hyperslab::apps {

class DatasetView {
public:
    /// \throws Error for an expression that does not fit the dataset
    DatasetView(Dataset dataset,
                const std::vector<Index>& indices,
                std::vector<std::string> fields);

    const Dataset& dataset() const { return dataset_; }
    /// The names of the members that are read; empty for all.
    const std::vector<std::string>& fields() const { return fields_; }
    const Shape& shape() const { return shape_; }
    std::uint64_t size() const { return element_count(shape_); }

    /// The elements at positions of the first axes, of a stretch of the next, and all of the rest.
    ElementArray read(const Shape& positions, std::uint64_t first, std::uint64_t count) const;

    /// The one element of a view without axes.
    ElementArray read() const;

private:
    void add_axis(const Index& index, std::uint64_t length);

    Dataset dataset_;
    std::vector<std::string> fields_;
    std::vector<Index> indices_;          // one for every axis of the dataset
    std::vector<std::size_t> view_axes_;  // the axes that the view has
    Shape shape_;
};

}  // namespace hyperslab::apps
