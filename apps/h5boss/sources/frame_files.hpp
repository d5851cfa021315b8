// Single exposures of a plate: spCFrame files, with what else it takes to say how they were
// calibrated.
//
// A frame is of one camera (b or r) and one spectrograph (1 or 2): spCFrame-b1-00103138.fits. It
// has the pixels of the fibres of its spectrograph, and on the side more columns than the detector;
// the spFrame of the same name says how many are real, and gives the electrons. CALIB is what the
// flux is divided by the electrons, without the flat fields: flux / (spFrame flux * fiberflat *
// superflat), and 0 where that would be a division by zero.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "h5boss/formats/contents.hpp"
#include "h5boss/formats/report.hpp"

namespace hyperslab::apps::h5boss {

/// A file below a plate's folder by its name, with or without .gz, in the folder itself or in that
/// of the reduction; empty when it is not there.
std::string find_beside(const std::string& folder,
                        const std::string& reduction,
                        const std::string& name);

/// One frame that is wanted: camera 'b' or 'r', spectrograph 1 or 2, exposure.
struct FrameName {
    long exposure = 0;
    char camera = 'b';
    int spectrograph = 1;

    friend auto operator<=>(const FrameName&, const FrameName&) = default;
};

/// "b1-00103138" at any place in a text, as in names of files and of plans.
/// \returns whether there is one
bool parse_frame(const std::string& text, FrameName& frame);

/// The frames of some exposures of a plate, as spectra with the headers of their files.
/// \param fibers  of the whole plate; the first half of them is that of spectrograph 1
void add_frames(const std::string& folder,
                const std::string& reduction,
                const std::vector<FrameName>& frames,
                PlateContents& contents,
                Report& report);

}  // namespace hyperslab::apps::h5boss
