// Calling Python for each thing that a walk has found.
//
// The walk is over when this begins (hdf5/call/iteration.hpp): no lock is held, and what the
// callback raises simply propagates.
#pragma once

#include "support/binding.hpp"

namespace hyperslab::python {

/// Calls `call(item)` for each item until a call returns something other than None.
/// \returns that, or None
template <class Items, class Call>
nb::object call_until_not_none(Items&& items, Call&& call) {
    for (auto& item : items) {
        nb::object result = call(item);
        if (!result.is_none()) {
            return result;
        }
    }
    return nb::none();
}

}  // namespace hyperslab::python
