// The settings of `get_config()` for the C++ side: those of h5py, for the whole process.
#pragma once

#include <functional>
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

/// The configuration as it is now. It does not change and is there for good: after a change there
/// is another one, and equal ones are one.
const Config& config();

/// `change` gets a copy, which is then the configuration. It must not run Python code.
void change_config(const std::function<void(Config&)>& change);

}  // namespace hyperslab::python
