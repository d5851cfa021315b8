// ObjInfo: what libhdf5 knows about an object, in the nested form of its struct H5O_info_t.
#pragma once

#include "hdf5/api/h5o.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

struct ObjInfoBase {};

struct ObjInfoFields : ObjInfoBase {
    ObjInfoFields() = default;
    explicit ObjInfoFields(const hdf5::h5o::Info& from) : info(from) {}

    hdf5::h5o::Info info{};
};

struct ObjInfo : ObjInfoFields {
    ObjInfo() = default;
    ObjInfo(const hdf5::h5o::Info& from)
        : ObjInfoFields(from) {}  // implicit: it has the same contents
};

/// ObjInfo and the classes of its parts.
void bind_object_info(nb::module_& m);

}  // namespace hyperslab::python
