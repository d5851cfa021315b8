// Made-up plates, with all files that the survey's pipeline writes for one.
#pragma once

#include <cstdint>
#include <string>

#include "h5boss/formats/plate_id.hpp"

namespace hyperslab::apps::h5boss {

struct MadePlate {
    PlateId id;
    int fibers = 1000;
    int exposures = 4;
    std::uint64_t seed = 1;
};

/// Writes FOLDER/PLATE/spPlate-PLATE-MJD.fits and its siblings, of which those of the reduction lie
/// below. The same numbers give the same bytes.
/// \throws Error (io)
void make_plate(const std::string& folder, const MadePlate& plate);

}  // namespace hyperslab::apps::h5boss
