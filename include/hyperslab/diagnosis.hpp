// What hyperslab finds of a machine and of a place for files, and what to set there, as `hyperslab
// doctor` prints it.
//
//     for (const auto& [name, value] : hs::diagnose("/scratch").facts) {
//         std::cout << name << ": " << value << '\n';
//     }
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace hyperslab {

struct Diagnosis {
    /// What was found, as pairs of a name and a text.
    std::vector<std::pair<std::string, std::string>> facts{};
    /// What to do, in sentences; empty where there is nothing to do.
    std::vector<std::string> advice{};
};

/// \param path  a file or a folder; a file that is not there yet stands for its folder
/// \throws Error (not_found) when neither is there
Diagnosis diagnose(const std::string& path = ".");

}  // namespace hyperslab
