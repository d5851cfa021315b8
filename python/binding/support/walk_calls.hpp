// Calling Python for each thing that a walk below a group finds (object/walk.hpp).
//
// No lock is held during a call, and its exceptions propagate.
#pragma once

#include <string>

#include "object/groups/walk.hpp"
#include "support/binding.hpp"
#include "support/steps.hpp"

namespace hyperslab::python {

/// Calls `call(walk, path)` for each thing until `enough(result)`. `learn(walk)` finds out what the
/// call needs to know, without Python, in one step with finding the thing.
/// \returns the last result, or None
template <class Learn, class Call, class Enough>
nb::object call_until(object::Walk& walk, Learn&& learn, Call&& call, Enough&& enough) {
    nb::object result = nb::none();
    const auto look = [&] {
        const bool there = walk.look();
        if (there) {
            learn(walk);
        }
        return there;
    };
    for (; !walk.done(); without_gil([&] { walk.step(); })) {
        if (in_one_step(look)) {
            result = call(walk, walk.path());
            if (enough(result)) {
                break;
            }
        }
    }
    return result;
}

template <class Learn, class Call>
nb::object call_until_not_none(object::Walk& walk, Learn&& learn, Call&& call) {
    return call_until(
        walk, std::forward<Learn>(learn), std::forward<Call>(call), [](nb::handle result) {
            return !result.is_none();
        });
}

template <class Call>
nb::object call_until_not_none(object::Walk& walk, Call&& call) {
    return call_until_not_none(walk, [](object::Walk&) {}, std::forward<Call>(call));
}

}  // namespace hyperslab::python
