// Committed datatypes: types that live in a file under a name, for datasets to share.
#pragma once

#include "hyperslab/datatype.hpp"
#include "hyperslab/object.hpp"

namespace hyperslab {

/// A datatype that has a name in a file. Group::commit makes it. Source: H5Tcommit2.
class CommittedDatatype : public Object {
public:
    CommittedDatatype() = default;

    /// The object as a committed datatype.
    /// \throws Error (type_mismatch) when it is no datatype
    CommittedDatatype(const Object& object) : Object(object, ObjectKind::committed_datatype) {}

    Datatype datatype() const;

private:
    friend class object::Access;
    using Object::Object;
};

}  // namespace hyperslab

template <>
struct std::hash<hyperslab::CommittedDatatype> : std::hash<hyperslab::Object> {};
