#include "wrap.hpp"

#include "attr_id.hpp"
#include "dataset_id.hpp"
#include "file_id.hpp"
#include "group_id.hpp"
#include "hdf5/api/h5i.hpp"
#include "prop_id.hpp"
#include "space_id.hpp"
#include "type_id.hpp"

namespace hyperslab::python {

nb::object wrap_identifier(hdf5::Handle identifier) {
    const hdf5::h5i::Type type = hdf5::h5i::type(identifier.id());
    switch (type) {
        case hdf5::h5i::Type::file:
            return nb::cast(FileID(std::move(identifier)));
        case hdf5::h5i::Type::group:
            return nb::cast(GroupID(std::move(identifier)));
        case hdf5::h5i::Type::dataset:
            return nb::cast(DatasetID(std::move(identifier)));
        case hdf5::h5i::Type::attribute:
            return nb::cast(AttrID(std::move(identifier)));
        case hdf5::h5i::Type::dataspace:
            return nb::cast(SpaceID(std::move(identifier)));
        case hdf5::h5i::Type::datatype:
            return wrap_type(std::move(identifier));
        case hdf5::h5i::Type::property_list:
            return wrap_property_list(std::move(identifier));
        default:
            throw nb::value_error(
                ("Unrecognized type code " + std::to_string(static_cast<int>(type))).c_str());
    }
}

}  // namespace hyperslab::python
