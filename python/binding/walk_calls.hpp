// Calling Python for each thing that a walk below a group finds (object/walk.hpp).
//
// No lock is held during a call; what it raises simply propagates.
#pragma once

#include <string>

#include "binding.hpp"
#include "object/walk.hpp"

namespace hyperslab::python {

/// Calls `call(walk, path)` for each thing until `enough(result)`. \returns the last result, or
/// None
template <class Call, class Enough>
nb::object call_until(object::Walk& walk, Call&& call, Enough&& enough) {
    nb::object result = nb::none();
    for (; !walk.done(); without_gil([&] { walk.step(); })) {
        if (without_gil([&] { return walk.look(); })) {
            result = call(walk, walk.path());
            if (enough(result)) {
                break;
            }
        }
    }
    return result;
}

template <class Call>
nb::object call_until_not_none(object::Walk& walk, Call&& call) {
    return call_until(
        walk, std::forward<Call>(call), [](nb::handle result) { return !result.is_none(); });
}

}  // namespace hyperslab::python
