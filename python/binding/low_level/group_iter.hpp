// GroupIter: an iterator over the names of a group's members.
//
// The names are taken at the first step, by creation order where the group tracks it. After the
// last one the group is let go.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "support/binding.hpp"
#include "support/made_once.hpp"

namespace hyperslab::python {

class GroupIter {
public:
    /// \throws Error when the group is closed
    GroupIter(nb::object group, bool reversed);

    /// The next name. One thread at a time. \throws StopIteration
    nb::bytes next();

private:
    std::unique_ptr<std::vector<std::string>> take_names() const;

    nb::object group_;
    bool reversed_;
    MadeOnce<std::vector<std::string>> names_{};
    std::size_t position_ = 0;
};

}  // namespace hyperslab::python
