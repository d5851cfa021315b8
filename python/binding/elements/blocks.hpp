// Blocks of rows that come one after the other, from an iterator or a generator.
#pragma once

#include <cstddef>

#include "support/binding.hpp"

namespace hyperslab::python {

/// Whether something is an iterator and nothing that NumPy makes an array of: what it gives are
/// blocks of rows.
bool is_block_iterator(nb::handle data);

/// The next block, or a null object after the last one.
nb::object next_block(nb::handle iterator);

/// Throws the exception that is being handled again, with the block's number in its message.
[[noreturn]] void rethrow_for_block(std::size_t number);

/// Calls take(block) for each. What it throws says which block it was about.
/// \param number  of the first one
template <class Take>
void for_each_block(nb::handle iterator, Take&& take, std::size_t number = 0) {
    for (;; ++number) {
        const nb::object block = next_block(iterator);
        if (!block.is_valid()) {
            return;
        }
        try {
            take(block);
        } catch (...) {
            rethrow_for_block(number);
        }
    }
}

}  // namespace hyperslab::python
