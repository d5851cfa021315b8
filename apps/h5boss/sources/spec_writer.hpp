// One fibre of a plate as spec-PLATE-MJD-FIBER.fits.
#pragma once

#include <string>

#include "h5boss/formats/contents.hpp"

namespace hyperslab::apps::h5boss {

/// "spec-3655-55240-0002.fits".
std::string spec_name(const FiberId& id);

/// Writes the fibre to a file, which appears whole. Headers are those of the source where the plate
/// has them, card by card.
/// \throws Error (not_found) when the plate has no such fibre; (io)
void write_spec(const PlateContents& contents, int fiber, const std::string& path);

}  // namespace hyperslab::apps::h5boss
