// h5boss plot: a picture of one spectrum.
#pragma once

#include <string>

namespace hyperslab::apps::h5boss {

struct PlotOptions {
    std::string file;   ///< or a folder, or an index
    std::string index;  ///< of it
    std::string plate;
    std::string mjd;
    std::string fiber;
    std::string output;  ///< .svg or .png
};

int plot(const PlotOptions& options);

}  // namespace hyperslab::apps::h5boss
