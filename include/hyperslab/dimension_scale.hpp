// Dimension scales: what the axes of a dataset mean.
//
//     auto wave = file.create_dataset("wave", wavelengths);
//     wave.make_scale("wavelength");
//     flux.dims()[1].attach(wave);
//     flux.dims()[1].set_label("lambda");
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "hyperslab/object.hpp"

namespace hyperslab {

/// One axis of a dataset: its label and the scales attached to it.
class Dimension {
public:
    /// The label of the axis; empty when it has none.
    std::string label() const;
    void set_label(const std::string& label) const;

    /// The number of scales.
    std::size_t size() const;
    /// The scales, in the order in which they were attached.
    std::vector<Dataset> scales() const;
    /// The scale of that name.
    /// \throws Error (not_found)
    Dataset scale(const std::string& name) const;
    bool is_attached(const Dataset& scale) const;

    /// Attaches a scale. The dataset is made a scale first, if it is none. Source:
    /// H5DSattach_scale.
    void attach(const Dataset& scale) const;
    void detach(const Dataset& scale) const;

private:
    friend class Dimensions;

    Dimension(Object dataset, unsigned axis) : dataset_(std::move(dataset)), axis_(axis) {}

    Object dataset_;
    unsigned axis_;
};

/// The axes of a dataset. Made by Dataset::dims().
class Dimensions {
public:
    std::size_t size() const;
    /// \throws Error (out_of_range)
    Dimension operator[](std::size_t axis) const;

private:
    friend class Dataset;

    explicit Dimensions(Object dataset) : dataset_(std::move(dataset)) {}

    Object dataset_;
};

}  // namespace hyperslab
