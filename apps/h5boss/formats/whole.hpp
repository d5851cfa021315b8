// Whether a file already has what would be written to it.
#pragma once

#include <string>

#include "h5boss/formats/contents.hpp"

namespace hyperslab::apps::h5boss {

/// Whether a file of that format has all fibres of a plate, all their spectra with as many pixels,
/// and all their rows of catalogues. Values are not compared. A file that cannot be read has
/// nothing.
bool holds(const std::string& path, const PlateContents& contents, Format format);

}  // namespace hyperslab::apps::h5boss
