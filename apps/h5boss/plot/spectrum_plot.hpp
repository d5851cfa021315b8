// A picture of a spectrum: flux, error and model, lines of the sky, emission lines at the redshift.
#pragma once

#include <string>

#include "h5boss/formats/table.hpp"
#include "h5boss/plot/canvas.hpp"

namespace hyperslab::apps::h5boss {

struct PlotLabels {
    std::string title;
    double redshift = 0;  ///< NaN: unknown, and no emission lines are drawn
};

/// \param pixels  WAVE and FLUX, and if they are there IVAR and MODEL
/// \throws Error (not_found) when there is no pixel
void draw_spectrum(Canvas& canvas, const Table& pixels, const PlotLabels& labels);

}  // namespace hyperslab::apps::h5boss
