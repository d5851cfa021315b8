#include "ids/type_id.hpp"

#include "hdf5/types/h5t.hpp"

namespace hyperslab::python {
namespace {

template <class Type>
nb::object wrap_as(hdf5::Handle type, bool locked) {
    Type wrapped(std::move(type));
    wrapped.locked = locked;
    return nb::cast(std::move(wrapped));
}

nb::object wrap(hdf5::Handle type, bool locked) {
    using hdf5::h5t::Class;
    switch (hdf5::h5t::type_class(type.id())) {
        case Class::integer:
            return wrap_as<TypeIntegerID>(std::move(type), locked);
        case Class::floating:
            return wrap_as<TypeFloatID>(std::move(type), locked);
        case Class::time:
            return wrap_as<TypeTimeID>(std::move(type), locked);
        case Class::string:
            return wrap_as<TypeStringID>(std::move(type), locked);
        case Class::bitfield:
            return wrap_as<TypeBitfieldID>(std::move(type), locked);
        case Class::opaque:
            return wrap_as<TypeOpaqueID>(std::move(type), locked);
        case Class::compound:
            return wrap_as<TypeCompoundID>(std::move(type), locked);
        case Class::reference:
            return wrap_as<TypeReferenceID>(std::move(type), locked);
        case Class::enumeration:
            return wrap_as<TypeEnumID>(std::move(type), locked);
        case Class::vlen:
            return wrap_as<TypeVlenID>(std::move(type), locked);
        case Class::array:
            return wrap_as<TypeArrayID>(std::move(type), locked);
        case Class::complex:
            return wrap_as<TypeComplexID>(std::move(type), locked);
        case Class::no_class:
            break;
    }
    return wrap_as<TypeID>(std::move(type), locked);
}

}  // namespace

nb::object wrap_type(hdf5::Handle type) { return wrap(std::move(type), false); }

nb::object wrap_locked_type(hdf5::Id type) { return wrap(hdf5::Handle(type), true); }

}  // namespace hyperslab::python
