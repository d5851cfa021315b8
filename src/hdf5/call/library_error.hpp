// The Error that is made of libhdf5's error stack.
#pragma once

#include <string>

#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {

/// The code is that of the outermost frame, where this has one. What the inner frames say beside it
/// is kept, because libhdf5 has an outermost frame of its own for each kind of object.
class LibraryError final : public Error {
public:
    LibraryError(ErrorCode code, const std::string& message, int system_errno, bool name_taken)
        : Error(code, message, system_errno), name_taken_(name_taken) {}

    /// Whether the call failed because there is something of that name already.
    bool name_taken() const noexcept { return name_taken_; }

private:
    bool name_taken_;
};

}  // namespace hyperslab::hdf5
