#include "ids/wrap.hpp"

#include "hdf5/api/h5i.hpp"
#include "ids/attr_id.hpp"
#include "ids/dataset_id.hpp"
#include "ids/file_id.hpp"
#include "ids/group_id.hpp"
#include "ids/prop_id.hpp"
#include "ids/space_id.hpp"
#include "ids/type_id.hpp"

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
