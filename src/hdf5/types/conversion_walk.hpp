// How a conversion function of libhdf5 walks through its buffer.
//
// libhdf5 converts in place. With a stride, an element is read and written at one and the same
// place. Without, elements lie packed before and after: when they grow, the walk goes from the last
// to the first, so that no element is overwritten before it was read.
#pragma once

#include <cstddef>

namespace hyperslab::hdf5 {

struct ConversionWalk {
    std::byte* buffer;
    std::size_t count;
    std::size_t stride;  ///< 0: packed
    std::size_t source_size;
    std::size_t destination_size;

    /// The place of the i-th element before the conversion. It is for conversions that read all
    /// elements before they write.
    const std::byte* source(std::size_t i) const {
        return buffer + i * (stride != 0 ? stride : source_size);
    }
    std::byte* destination(std::size_t i) const {
        return buffer + i * (stride != 0 ? stride : destination_size);
    }

    /// Calls `convert(in, out)` for each element until one returns false; the two may overlap, so
    /// `in` has to be read before `out` is written.
    /// \returns whether all were converted
    template <class Convert>
    bool for_each(Convert&& convert) const {
        const std::size_t in_step = stride != 0 ? stride : source_size;
        const std::size_t out_step = stride != 0 ? stride : destination_size;
        const bool backwards = out_step > in_step;
        for (std::size_t n = 0; n < count; ++n) {
            const std::size_t i = backwards ? count - 1 - n : n;
            if (!convert(buffer + i * in_step, buffer + i * out_step)) {
                return false;
            }
        }
        return true;
    }
};

}  // namespace hyperslab::hdf5
