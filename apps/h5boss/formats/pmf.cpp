#include "h5boss/formats/pmf.hpp"

#include <hyperslab/error.hpp>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace hyperslab::apps::h5boss {
namespace {

std::vector<std::string> words_of(std::string line) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream stream(line);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) {
        words.push_back(word);
    }
    return words;
}

/// Whether a line names columns: all its words begin with a letter.
bool is_heading(const std::vector<std::string>& words) {
    return std::all_of(words.begin(), words.end(), [](const std::string& word) {
        return std::isalpha(static_cast<unsigned char>(word[0])) != 0;
    });
}

}  // namespace

std::vector<FiberId> read_pmf(const std::string& path, Report& report) {
    std::ifstream file(path);
    if (!file) {
        throw Error(ErrorCode::io, "Cannot read '" + path + "': " + std::strerror(errno), errno);
    }
    std::vector<FiberId> fibers;
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        const std::vector<std::string> words = words_of(line);
        if (words.empty() || words[0][0] == '#' || (number == 1 && is_heading(words))) {
            continue;
        }
        const auto plate = number_of(words[0]);
        const auto mjd = words.size() == 3 ? number_of(words[1]) : std::nullopt;
        const auto fiber = words.size() == 3 ? number_of(words[2]) : std::nullopt;
        if (!plate || !mjd || !fiber) {
            throw Error(ErrorCode::invalid_argument,
                        "'" + path + "', line " + std::to_string(number) +
                            ": three numbers are needed, plate, MJD and fibre, not '" +
                            line.substr(0, 60) + "'");
        }
        fibers.push_back({{*plate, *mjd}, *fiber});
    }
    if (fibers.empty()) {
        throw Error(ErrorCode::invalid_argument, "'" + path + "' names no fibre");
    }
    std::sort(fibers.begin(), fibers.end());
    for (std::size_t i = 1; i < fibers.size(); ++i) {
        if (fibers[i] == fibers[i - 1]) {
            report.note("fibre " + to_string(fibers[i]) + " is in the list more than once");
        }
    }
    fibers.erase(std::unique(fibers.begin(), fibers.end()), fibers.end());
    return fibers;
}

}  // namespace hyperslab::apps::h5boss
