// What libhdf5 has to say about a failure, kept through calls that its driver makes meanwhile.
#pragma once

#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5 {

/// Every call of libhdf5 empties its error stack. What stands there when libhdf5 calls its driver
/// is why it is cleaning up, and what whoever opens a file wants to read.
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
