#include "ids/prop_id.hpp"

#include "hdf5/property_lists/h5p_class.hpp"

namespace hyperslab::python {
namespace {

namespace h5p = hdf5::h5p;
using h5p::ListClass;

template <class List>
nb::object wrap_as(hdf5::Handle list) {
    return nb::cast(List(std::move(list)));
}

}  // namespace

nb::object wrap_property_list(hdf5::Handle list) {
    switch (h5p::class_of(list.id()).value_or(ListClass::root)) {
        case ListClass::object_create:
            return wrap_as<PropOCID>(std::move(list));
        case ListClass::file_create:
            return wrap_as<PropFCID>(std::move(list));
        case ListClass::file_access:
            return wrap_as<PropFAID>(std::move(list));
        case ListClass::dataset_create:
            return wrap_as<PropDCID>(std::move(list));
        case ListClass::dataset_access:
            return wrap_as<PropDAID>(std::move(list));
        case ListClass::dataset_transfer:
            return wrap_as<PropDXID>(std::move(list));
        case ListClass::group_create:
            return wrap_as<PropGCID>(std::move(list));
        case ListClass::datatype_create:
            return wrap_as<PropTCID>(std::move(list));
        case ListClass::object_copy:
            return wrap_as<PropCopyID>(std::move(list));
        case ListClass::link_create:
            return wrap_as<PropLCID>(std::move(list));
        case ListClass::link_access:
            return wrap_as<PropLAID>(std::move(list));
        default:
            break;
    }
    throw nb::value_error(("No class found for ID " + std::to_string(list.id())).c_str());
}

}  // namespace hyperslab::python
