// A file in memory for one test: it is gone with the object.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/handle.hpp"

namespace hyperslab::hdf5 {

/// `latest`: with the newest file format, in which groups can track creation order.
inline Handle scratch_file(bool latest = false) {
    static int count = 0;
    const Handle fapl(check({}, [&] { return H5Pcreate(H5P_FILE_ACCESS); }));
    check({}, [&] { return H5Pset_fapl_core(fapl.id(), 1 << 16, false); });
    if (latest) {
        check({}, [&] {
            return H5Pset_libver_bounds(fapl.id(), H5F_LIBVER_LATEST, H5F_LIBVER_LATEST);
        });
    }
    const std::string name = "scratch_" + std::to_string(++count) + ".h5";
    return Handle(
        check({}, [&] { return H5Fcreate(name.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, fapl.id()); }));
}

}  // namespace hyperslab::hdf5
