// From the elements that a file holds to those that a caller wants, by our own means.
//
// What it can do it does as libhdf5 would, to the bit; what it cannot do it does not offer. Knows
// elements side by side and nothing of where they come from. A conversion is a list of steps, one
// for each part of an element that is treated alike: a number has one, a record one for each field
// or group of neighbouring fields.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "hyperslab/datatype.hpp"

namespace hyperslab::datatype {

class Conversion {
public:
    /// Elements stay as they are.
    explicit Conversion(std::size_t element_size)
        : from_size_(element_size), to_size_(element_size) {}

    /// None when only libhdf5 knows how.
    static std::optional<Conversion> between(const Datatype& from, const Datatype& to);

    bool is_copy() const { return steps_.empty(); }
    std::size_t from_size() const { return from_size_; }
    std::size_t to_size() const { return to_size_; }

    /// Converts `count` elements; the two blocks do not overlap and need no alignment. Parts of an
    /// element in memory that the file does not have stay as they are.
    void operator()(const std::byte* from, std::byte* to, std::size_t count) const;

private:
    using Kernel = void (*)(const std::byte* from, std::byte* to, std::size_t count);

    struct Step {
        std::size_t from;  // place in the element
        std::size_t to;
        std::size_t size;  // of what is copied when there is no kernel
        Kernel kernel;
    };

    Conversion(std::size_t from_size, std::size_t to_size)
        : from_size_(from_size), to_size_(to_size) {}

    static Kernel find_kernel(const Datatype& from, const Datatype& to);
    bool add_steps(const Datatype& from,
                   const Datatype& to,
                   std::size_t from_offset,
                   std::size_t to_offset);
    void add_step(Step step);

    std::size_t from_size_;
    std::size_t to_size_;
    bool is_number_ = false;  // one step with a kernel, for all of the element
    std::vector<Step> steps_;
};

}  // namespace hyperslab::datatype
