#include "h5boss/formats/plate_id.hpp"

#include <charconv>
#include <cstdio>

namespace hyperslab::apps::h5boss {

std::string to_string(const PlateId& id) {
    return std::to_string(id.plate) + "/" + std::to_string(id.mjd);
}

std::string to_string(const FiberId& id) {
    return to_string(id.plate) + "/" + std::to_string(id.fiber);
}

std::string file_name(const PlateId& id) {
    char name[48];
    std::snprintf(name, sizeof name, "%04d-%05d.hdf5", id.plate, id.mjd);
    return name;
}

std::optional<int> number_of(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && !text.empty() && text.front() != '-' ? std::optional(value) : std::nullopt;
}

}  // namespace hyperslab::apps::h5boss
