// Converts numbers of one type to numbers of another as libhdf5 does: integers and floats of either
// byte order, and halves.
//
// A conversion is a chain of one to four kernels. Longer chains work through blocks that stay in
// the processor's first cache, so the elements still pass memory once.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "core/cpu.hpp"
#include "datatype/number_kernels.hpp"
#include "hyperslab/datatype.hpp"

namespace hyperslab::datatype {

class NumberConversion {
public:
    /// The conversion between two number types. It is an empty optional for other types and for
    /// equal types.
    static std::optional<NumberConversion> between(
        const Datatype& from,
        const Datatype& to,
        core::InstructionSet set = core::instruction_set());

    /// Converts `count` numbers; the blocks do not overlap and need no alignment.
    void operator()(const std::byte* from, std::byte* to, std::size_t count) const;

private:
    NumberConversion(std::size_t from_size, std::size_t to_size)
        : from_size_(from_size), to_size_(to_size) {}
    void add(NumberKernel kernel) { stages_[length_++] = kernel; }
    void add_halves(NumberKind from, NumberKind to, bool native, core::InstructionSet set);
    void run_block(const std::byte* from, std::byte* to, std::size_t count) const;

    std::size_t from_size_;
    std::size_t to_size_;
    std::array<NumberKernel, 4> stages_{};
    std::size_t length_ = 0;
};

/// Numbers by which two ways to convert this type can be told apart: limits, values halfway between
/// two results, NaN, and several orders of these.
std::vector<std::byte> probe_values(const Datatype& type);

}  // namespace hyperslab::datatype
