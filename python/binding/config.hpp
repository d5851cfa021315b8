// What `get_config()` holds, for the C++ side: h5py's process-wide settings.
#pragma once

#include <string>

namespace hyperslab::python {

struct Config {
    /// Fields of the compound that stands for complex numbers.
    std::string real_name = "r";
    std::string imaginary_name = "i";
    /// Members of the enumeration that stands for bool.
    std::string false_name = "FALSE";
    std::string true_name = "TRUE";
    /// Whether new objects remember the order in which things are made.
    bool track_order = false;
    /// Whether complex numbers are stored as HDF5 2's native type.
    bool native_complex = false;

    friend bool operator==(const Config&, const Config&) = default;
};

/// The one configuration. Read and changed with the interpreter's lock held.
inline Config& config() {
    static Config settings;
    return settings;
}

}  // namespace hyperslab::python
