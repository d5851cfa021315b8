// h5boss subset --virtual: a file of fibres that copies none of them.
//
// A fibre of v1 is an external link to its group. Catalogues, and the stacks of v2, are virtual
// datasets of the rows that are wanted. Headers are written anew, as they are small.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "h5boss/formats/plate_id.hpp"
#include "h5boss/formats/report.hpp"

namespace hyperslab::apps::h5boss {

/// Some fibres of a plate of a file.
struct PlatePiece {
    std::string path;
    PlateId id;
    std::vector<int> fibers;
};

/// \throws Error (unsupported) for a plate of v2 that several files have parts of
void write_virtual(const std::string& output, const std::vector<PlatePiece>& pieces);

}  // namespace hyperslab::apps::h5boss
