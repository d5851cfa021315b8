// The property list that elements are being read with.
//
// libhdf5 passes it to a conversion function of ours, but not when the function is called for
// members of records or arrays.
#pragma once

#include <utility>

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

class CurrentTransfer {
public:
    /// Sets the list for the time of one call of libhdf5, under the library lock.
    explicit CurrentTransfer(Id dxpl) : before_(std::exchange(dxpl_, dxpl)) {}
    ~CurrentTransfer() { dxpl_ = before_; }
    CurrentTransfer(const CurrentTransfer&) = delete;
    CurrentTransfer& operator=(const CurrentTransfer&) = delete;

    /// The list, or kDefault when nothing is being read.
    static Id dxpl() { return dxpl_; }

private:
    inline static Id dxpl_ = kDefault;

    Id before_;
};

}  // namespace hyperslab::hdf5
