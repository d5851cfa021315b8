// Converts the elements that a file holds to those that a caller wants, without libhdf5.
//
// What it converts is the same as libhdf5's to the bit; what it cannot convert so it does not
// offer. It knows elements, and nothing of where they come from. A conversion is a list of steps,
// one for each part of an element that is treated alike: a number has one step, a record one for
// each field or group of neighbouring fields. A step gathers its parts of many elements and
// converts them side by side.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "core/cpu.hpp"
#include "hyperslab/datatype.hpp"

namespace hyperslab::datatype {

class Conversion {
public:
    /// A conversion that copies elements of a size in bytes.
    explicit Conversion(std::size_t element_size)
        : from_size_(element_size), to_size_(element_size) {}

    /// The conversion between two types, or an empty optional when only libhdf5 can convert them.
    static std::optional<Conversion> between(const Datatype& from,
                                             const Datatype& to,
                                             core::InstructionSet set = core::instruction_set());

    bool is_copy() const { return steps_.empty(); }
    std::size_t from_size() const { return from_size_; }
    std::size_t to_size() const { return to_size_; }

    /// The pairs of number types that it converts, whose results depend on the processor and on
    /// libhdf5.
    const std::vector<std::pair<Datatype, Datatype>>& numbers() const { return numbers_; }

    /// Whether every byte of an element in memory is written.
    bool fills_elements() const;

    /// Converts `count` elements that lie side by side. The two blocks do not overlap and need no
    /// alignment. Parts of an element in memory that the file lacks keep their bytes.
    void operator()(const std::byte* from, std::byte* to, std::size_t count) const {
        (*this)(from, from_size_, to, count);
    }
    /// Converts `count` elements that begin every `stride` bytes in the file's form.
    void operator()(const std::byte* from,
                    std::size_t stride,
                    std::byte* to,
                    std::size_t count) const;

private:
    using Convert = std::function<void(const std::byte* from, std::byte* to, std::size_t count)>;

    /// A number of neighbouring parts of an element that are converted alike.
    struct Step {
        std::size_t from;  // place in the element, in bytes
        std::size_t to;
        std::size_t from_size;  // bytes of one part
        std::size_t to_size;
        std::size_t parts;
        Convert convert;  // null when the parts are copied

        void run(const std::byte* from_block,
                 std::size_t from_stride,
                 std::byte* to_block,
                 std::size_t to_stride,
                 std::size_t count) const;
        void convert_gathered(const std::byte* from_block,
                              std::size_t from_stride,
                              std::byte* to_block,
                              std::size_t to_stride,
                              std::size_t count) const;
    };

    /// Two types, and the places in their elements where they are.
    struct Place {
        const Datatype& from;
        const Datatype& to;
        std::size_t from_offset;
        std::size_t to_offset;
        std::size_t parts;
    };

    Conversion(std::size_t from_size, std::size_t to_size)
        : from_size_(from_size), to_size_(to_size) {}

    bool add(const Place& place, core::InstructionSet set);
    bool add_members(const Place& place, core::InstructionSet set);
    bool add_records(const Place& place, core::InstructionSet set);
    bool add_numbers(const Place& place, core::InstructionSet set);
    void add_copy(const Place& place);
    void add_step(const Place& place, Convert convert);

    std::size_t from_size_;
    std::size_t to_size_;
    std::vector<Step> steps_;
    std::vector<std::pair<Datatype, Datatype>> numbers_;
};

}  // namespace hyperslab::datatype
