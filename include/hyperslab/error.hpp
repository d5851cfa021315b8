// The exception that hyperslab throws.
//
// Every failure is an Error (or a class derived from it): a sentence that says what was asked, of
// which object in which file, and why it failed; and a code that a program can act on. Nothing in
// hyperslab prints or aborts.
#pragma once

#include <stdexcept>
#include <string>

namespace hyperslab {

/// The kinds of failure that a caller may want to tell apart.
///
/// The Python package raises h5py's exception for each: the comment names it.
enum class ErrorCode {
    invalid_argument,  ///< a value that the call cannot use (ValueError)
    type_mismatch,     ///< a type that the call cannot use, no conversion path (TypeError)
    out_of_range,      ///< a position outside the extent (IndexError)
    not_found,         ///< there is no such object, link or attribute (KeyError)
    already_exists,    ///< the name is taken (ValueError)
    io,                ///< the operating system or the file format refused (OSError)
    closed,            ///< the object or its file has been closed (ValueError)
    unsupported,       ///< HDF5 or this build cannot do it (NotImplementedError)
    out_of_memory,     ///< an allocation failed (MemoryError)
    internal,          ///< anything else (RuntimeError)
};

class Error : public std::runtime_error {
public:
    Error(ErrorCode code, const std::string& message, int system_errno = 0)
        : std::runtime_error(message), code_(code), errno_(system_errno) {}

    ErrorCode code() const noexcept { return code_; }

    /// The operating system's error number when it is what failed, else 0.
    int system_errno() const noexcept { return errno_; }

private:
    ErrorCode code_;
    int errno_;
};

}  // namespace hyperslab
