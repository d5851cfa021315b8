#include "high_level/attribute_creation.hpp"

#include <unordered_map>
#include <utility>
#include <vector>

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "elements/new_object_array.hpp"
#include "elements/outer_shape.hpp"
#include "hdf5/api/h5a.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5s.hpp"
#include "ids/python_classes.hpp"
#include "ids/type_id.hpp"
#include "object/attributes/attribute_io.hpp"
#include "support/integer_argument.hpp"
#include "support/names.hpp"
#include "support/shapes.hpp"
#include "support/steps.hpp"

namespace hyperslab::python {
namespace {

namespace h5a = hdf5::h5a;
namespace h5s = hdf5::h5s;
using hdf5::Handle;

void require_fitting(const Shape& shape, const Shape& data_shape) {
    if (element_count(shape) != element_count(data_shape)) {
        throw nb::value_error("Shape of new attribute conflicts with shape of data");
    }
}

// An array type takes the last dimensions of the data.
Shape required_outer_shape(const Shape& shape, const Shape& inner) {
    if (auto outer = outer_shape(shape, inner)) {
        return *std::move(outer);
    }
    throw nb::value_error(("Array dtype shape " + to_string(inner) +
                           " is incompatible with data shape " + to_string(shape))
                              .c_str());
}

}  // namespace

AttributeToMake::AttributeToMake(nb::handle data, nb::handle shape, nb::handle dtype) {
    if (shape.is_none() && dtype.is_none()) {
        scalar_ = PlainScalar::of(data);
    }
    if (scalar_) {
        type_ = scalar_->type();
        shape_.emplace();
        return;
    }
    if (is_empty_object(data)) {
        take_type(dtype, nb::object(data.attr("dtype")));
        return;
    }
    array_ = array_for_new_object(data, dtype);
    take_type(dtype, nb::object(array_.attr("dtype")));
    take_shape(shape);
}

void AttributeToMake::take_type(nb::handle dtype, nb::handle found) {
    if (nb::isinstance(dtype, classes().datatype)) {
        const nb::object id = low_level(dtype);
        type_ = std::make_shared<const CreationType>(
            nb::object(dtype.attr("dtype")), Handle::borrow(nb::cast<const TypeID&>(id).id()));
    } else {
        type_ = creation_type(dtype.is_none() ? nb::borrow(found) : to_dtype(dtype));
    }
}

void AttributeToMake::take_shape(nb::handle shape) {
    const Shape data_shape = ArrayView(array_).shape();
    shape_ = shape.is_none()             ? data_shape
             : PyLong_Check(shape.ptr()) ? Shape{integer_argument<std::uint64_t>(shape)}
                                         : shape_from_tuple(nb::tuple(nb::borrow(shape)), "shape");
    nb::object element = type_->dtype();
    const nb::object subdtype = element.attr("subdtype");
    if (!subdtype.is_none()) {
        shape_ =
            required_outer_shape(*shape_, shape_from_tuple(nb::object(subdtype[1]), "array shape"));
        element = subdtype[0];
    } else {
        require_fitting(*shape_, data_shape);
    }
    array_ = numpy().asarray(array_, nb::arg("dtype") = element, nb::arg("order") = "C");
}

void AttributeToMake::convert() {
    if (!array_.is_valid()) {
        return;
    }
    if (dtype_kind(type_->dtype()) == 'T') {
        array_ = array_.attr("astype")("O");
        layout_ = std::make_shared<const MemoryLayout>(MemoryLayout::of_text());
    } else {
        layout_ = type_->layout_of(type_->dtype());
    }
    elements_ = std::make_unique<const OutgoingElements>(
        *layout_, element_count(*shape_), ArrayView(array_).data());
}

Handle AttributeToMake::make_space() const {
    return shape_ ? h5s::create_simple(*shape_) : h5s::create(h5s::ExtentClass::null);
}

void AttributeToMake::write(hdf5::Id attribute) const {
    if (scalar_) {
        scalar_->write(attribute);
    } else if (elements_ != nullptr) {
        h5a::write(attribute, layout_->type(), elements_->data());
    }
}

namespace {

// An existing attribute stays until the new one is complete, and other threads see one or the
// other.
bool replace(hdf5::Id object,
             const std::string& name,
             const AttributeToMake& attribute,
             bool only_if_missing) {
    return in_one_step([&] {
        if (only_if_missing && h5a::exists(object, name)) {
            return false;
        }
        const Handle space = attribute.make_space();
        object::replace_attribute(object, {name, attribute.type(), space.id(), [&](hdf5::Id made) {
                                               attribute.write(made);
                                           }});
        return true;
    });
}

// In a file that is only read creating fails, before anybody looks at the elements.
void require_writable(hdf5::Id object, const std::string& name, const AttributeToMake& attribute) {
    if ((hdf5::h5f::intent(hdf5::h5i::file(object).id()) & hdf5::h5f::kReadWrite) == 0) {
        replace(object, name, attribute, false);
    }
}

void convert(hdf5::Id object, const std::string& name, AttributeToMake& attribute) {
    try {
        attribute.convert();
    } catch (...) {
        require_writable(object, name, attribute);
        throw;
    }
}

}  // namespace

bool make_attribute(const ObjectID& object,
                    const std::string& name,
                    AttributeToMake& attribute,
                    bool only_if_missing) {
    convert(object.id(), name, attribute);
    return replace(object.id(), name, attribute, only_if_missing);
}

void make_attributes(const ObjectID& object, nb::handle values) {
    std::vector<std::string> names;
    std::vector<AttributeToMake> attributes;
    std::unordered_map<std::string, std::size_t> places;  // of two values for a name the later one
    for (const nb::handle item : nb::object(values.attr("items")())) {
        const auto pair = nb::cast<nb::tuple>(item);
        std::string name = encode_name(pair[0]);
        const nb::object value = pair[1];
        AttributeToMake attribute(value, nb::none(), nb::none());
        convert(object.id(), name, attribute);
        const auto [place, is_new] = places.try_emplace(name, names.size());
        if (is_new) {
            names.push_back(std::move(name));
            attributes.push_back(std::move(attribute));
        } else {
            attributes[place->second] = std::move(attribute);
        }
    }
    in_one_step([&] {
        std::vector<Handle> spaces;
        std::vector<object::NewAttribute> made;
        for (std::size_t i = 0; i < names.size(); ++i) {
            const AttributeToMake& attribute = attributes[i];
            spaces.push_back(attribute.make_space());
            made.push_back(
                {names[i], attribute.type(), spaces.back().id(), [&attribute](hdf5::Id id) {
                     attribute.write(id);
                 }});
        }
        object::replace_attributes(object.id(), made);
    });
}

}  // namespace hyperslab::python
