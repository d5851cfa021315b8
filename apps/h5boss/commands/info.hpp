// h5boss info and h5boss count: what a file holds.
#pragma once

#include <string>
#include <vector>

namespace hyperslab::apps::h5boss {

struct InfoOptions {
    std::string file;                ///< or a folder, or an index
    std::string index;               ///< of it
    std::vector<std::string> place;  ///< PLATE MJD FIBER, or fewer of them
    bool json = false;
};

int info(const InfoOptions& options);

/// Prints the number of fibres in files, folders and indexes; one that comes twice counts once.
int count(const std::vector<std::string>& sources, const std::string& index, bool strict);

/// Blocks of eight heights that show a row of values, `width` of them, as on a terminal.
std::string sparkline(const std::vector<double>& values, std::size_t width);

}  // namespace hyperslab::apps::h5boss
