// The property list that elements are being read with.
//
// libhdf5 gives it to a conversion function of ours that it calls itself, and forgets it when the
// call comes from a conversion of records or arrays.
#pragma once

#include <utility>

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

class CurrentTransfer {
public:
    /// Under the library lock, for as long as the call of libhdf5 lasts.
    explicit CurrentTransfer(Id dxpl) : before_(std::exchange(dxpl_, dxpl)) {}
    ~CurrentTransfer() { dxpl_ = before_; }
    CurrentTransfer(const CurrentTransfer&) = delete;
    CurrentTransfer& operator=(const CurrentTransfer&) = delete;

    /// kDefault when nothing is being read.
    static Id dxpl() { return dxpl_; }

private:
    inline static Id dxpl_ = kDefault;

    Id before_;
};

}  // namespace hyperslab::hdf5
