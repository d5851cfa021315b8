// The numbers by which spectra are known: plate, MJD, fibre.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace hyperslab::apps::h5boss {

struct PlateId {
    int plate = 0;
    int mjd = 0;

    friend auto operator<=>(const PlateId&, const PlateId&) = default;
};

struct FiberId {
    PlateId plate{};
    int fiber = 0;

    friend auto operator<=>(const FiberId&, const FiberId&) = default;
};

/// "3655/55240", which is also the path of the plate's group.
std::string to_string(const PlateId& id);
/// "3655/55240/2".
std::string to_string(const FiberId& id);

/// "3655-55240.hdf5": four digits or more, five digits or more.
std::string file_name(const PlateId& id);

/// A positive number of digits alone, as groups are named; an empty optional for anything else.
std::optional<int> number_of(std::string_view text);

}  // namespace hyperslab::apps::h5boss
