// Keeps what libhdf5 says about a failure through calls that its driver makes meanwhile.
#pragma once

#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5 {

/// Keeps the error stack for a scope. Every call of libhdf5 empties its error stack. When libhdf5
/// calls its driver to clean up, the stack holds the cause, which the error message must name.
class KeepErrorStack {
public:
    KeepErrorStack() : kept_(H5Eget_num(H5E_DEFAULT) > 0 ? H5Eget_current_stack() : kInvalidId) {}
    ~KeepErrorStack() {
        if (kept_ != kInvalidId) {
            H5Eset_current_stack(kept_);
        }
    }
    KeepErrorStack(const KeepErrorStack&) = delete;
    KeepErrorStack& operator=(const KeepErrorStack&) = delete;

private:
    Id kept_;
};

}  // namespace hyperslab::hdf5
