// GroupIter: an iterator over the names of a group's members.
//
// The names are taken at the first step, by creation order where the group tracks it. After the
// last one the group is let go.
#pragma once

#include <string>
#include <vector>

#include "binding.hpp"

namespace hyperslab::python {

class GroupIter {
public:
    /// \throws Error when the group is closed
    GroupIter(nb::object group, bool reversed);

    /// The next name. \throws StopIteration
    nb::bytes next();

private:
    void take_names();

    nb::object group_;
    bool reversed_;
    bool started_ = false;
    std::vector<std::string> names_{};
    std::size_t position_ = 0;
};

}  // namespace hyperslab::python
