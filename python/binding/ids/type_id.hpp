// TypeID and its subclasses: one for each class of HDF5 datatype.
#pragma once

#include "ids/object_id.hpp"

namespace hyperslab::python {

struct TypeID : ObjectID {
    using ObjectID::ObjectID;
};

struct TypeArrayID : TypeID {
    using TypeID::TypeID;
};
struct TypeOpaqueID : TypeID {
    using TypeID::TypeID;
};
struct TypeStringID : TypeID {
    using TypeID::TypeID;
};
struct TypeVlenID : TypeID {
    using TypeID::TypeID;
};
struct TypeTimeID : TypeID {
    using TypeID::TypeID;
};
struct TypeBitfieldID : TypeID {
    using TypeID::TypeID;
};
struct TypeReferenceID : TypeID {
    using TypeID::TypeID;
};

struct TypeAtomicID : TypeID {
    using TypeID::TypeID;
};
struct TypeIntegerID : TypeAtomicID {
    using TypeAtomicID::TypeAtomicID;
};
struct TypeFloatID : TypeAtomicID {
    using TypeAtomicID::TypeAtomicID;
};
struct TypeComplexID : TypeAtomicID {
    using TypeAtomicID::TypeAtomicID;
};

struct TypeCompositeID : TypeID {
    using TypeID::TypeID;
};
struct TypeCompoundID : TypeCompositeID {
    using TypeCompositeID::TypeCompositeID;
};
struct TypeEnumID : TypeCompositeID {
    using TypeCompositeID::TypeCompositeID;
};

/// The Python object for a datatype, of the subclass that its class asks for.
nb::object wrap_type(hdf5::Handle type);

/// The Python object for a type that is never closed (hdf5/types/h5t.hpp, predefined_types()).
nb::object wrap_locked_type(hdf5::Id type);

}  // namespace hyperslab::python
