// FileID: an open file. Also stands for the file's root group, so it is a GroupID.
#pragma once

#include "ids/group_id.hpp"

namespace hyperslab::python {

struct FileID : GroupID {
    using GroupID::GroupID;
};

}  // namespace hyperslab::python
