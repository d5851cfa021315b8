// The catalogues of a made-up plate.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "h5boss/formats/plate_id.hpp"
#include "h5boss/synthetic/fits_stream.hpp"
#include "h5boss/synthetic/sky_object.hpp"

namespace hyperslab::apps::h5boss {

struct PlateFacts {
    PlateId id{};
    std::uint64_t seed = 0;
    double ra = 0;  ///< of its middle, in degrees
    double dec = 0;
    std::string reduction{};
    const std::vector<SkyObject>* objects = nullptr;  ///< of its fibres, from 1 on
};

/// A seed for one of many things of a plate.
inline std::uint64_t seed_for(std::uint64_t plate, std::uint64_t what) {
    return plate + what * 0x9e3779b97f4a7c15U;
}

/// Writes rows [first, first + rows) of a catalogue as an HDU. Columns that mean something have
/// values that go with the objects; the others have small numbers.
/// \param with_fibers  whether the table has its column FIBERID, which the photometry lacks
void write_made_table(FitsStream& fits,
                      const PlateFacts& plate,
                      const std::string& catalogue,
                      std::size_t first,
                      std::size_t rows,
                      bool with_fibers);

}  // namespace hyperslab::apps::h5boss
