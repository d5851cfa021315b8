// Names of columns in tables (FLUX) and of stacks in v2 (flux).
#pragma once

#include <algorithm>
#include <string>

namespace hyperslab::apps::h5boss {

inline std::string upper_name(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return name;
}

inline std::string lower_name(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return name;
}

/// Whether a dataset beside v2's stacks says which fibres and pixels there are.
inline bool is_bookkeeping(const std::string& name) {
    return name == "fiberid" || name == "present";
}

}  // namespace hyperslab::apps::h5boss
