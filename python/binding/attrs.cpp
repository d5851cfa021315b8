// The functions behind AttributeManager.

#include <array>
#include <functional>
#include <memory>
#include <optional>

#include "attr_id.hpp"
#include "element_buffer.hpp"
#include "hdf5/h5a.hpp"
#include "hdf5/h5d.hpp"
#include "hdf5/h5f.hpp"
#include "hdf5/h5g.hpp"
#include "hdf5/h5i.hpp"
#include "hdf5/h5p.hpp"
#include "hdf5/h5s.hpp"
#include "hdf5/h5t.hpp"
#include "hdf5/library.hpp"
#include "hdf5/lock.hpp"
#include "hdf5/type_translation.hpp"
#include "high_level.hpp"
#include "integer_argument.hpp"
#include "known_type.hpp"
#include "numpy_api.hpp"
#include "numpy_dtype.hpp"
#include "object/attribute_io.hpp"
#include "outer_shape.hpp"
#include "transfer.hpp"
#include "type_id.hpp"

namespace hyperslab::python {
namespace {

namespace h5a = hdf5::h5a;
namespace h5s = hdf5::h5s;
using hdf5::Handle;

/// An attribute's dataspace and type, asked for once.
struct OpenAttribute {
    Handle handle;
    h5s::ExtentClass extent = h5s::ExtentClass::simple;
    Shape shape;
    Datatype type;
};

OpenAttribute open_attribute(hdf5::Id object, const std::string& name) {
    const hdf5::LockGuard guard;
    OpenAttribute attribute{.handle = h5a::open(object, name)};
    const Handle space = h5a::space(attribute.handle.id());
    attribute.extent = h5s::extent_class(space.id());
    if (attribute.extent == h5s::ExtentClass::simple) {
        attribute.shape = h5s::dims(space.id());
    }
    attribute.type = hdf5::describe_type(h5a::type(attribute.handle.id()).id());
    return attribute;
}

// Attributes are read as text: unlike datasets, nobody reads them to look at bytes.
const TextDecoding& attribute_text = *new TextDecoding{"utf-8", "surrogateescape"};

// Alone or as the elements of an array type.
bool has_variable_strings(const Datatype& type) {
    const Datatype& element = type.type_class() == TypeClass::array ? type.base() : type;
    return element.type_class() == TypeClass::string && element.is_variable_string();
}

// Small values came in with the object's header: the interpreter's lock is not worth giving up.
nb::object read_small_scalar(const OpenAttribute& attribute, KnownType& known) {
    std::array<std::byte, KnownType::kSmallElement> element{};
    h5a::read(attribute.handle.id(), known.layout().type(), element.data());
    return known.scalar(element.data());
}

// One string becomes a Python object without an array around it.
nb::object read_string(const OpenAttribute& attribute, const MemoryLayout& layout) {
    char* text = nullptr;
    without_gil([&] { h5a::read(attribute.handle.id(), layout.type(), &text); });
    const std::unique_ptr<char, decltype(&hdf5::free_memory)> allocated(text, &hdf5::free_memory);
    PyObject* made = nullptr;
    layout.to_numpy(reinterpret_cast<const std::byte*>(&text),
                    reinterpret_cast<std::byte*>(&made),
                    &attribute_text);
    return nb::steal(made);
}

nb::object read(const ObjectID& object, nb::handle name) {
    const std::string attribute_name = encode_name(name);
    const OpenAttribute attribute =
        without_gil([&] { return open_attribute(object.id(), attribute_name); });
    const std::shared_ptr<KnownType> known = known_type(attribute.type);
    if (attribute.extent == h5s::ExtentClass::null) {
        return classes().empty(known->dtype());
    }
    if (attribute.extent == h5s::ExtentClass::scalar) {
        if (attribute.type.is_variable_string()) {
            return read_string(attribute, known->layout());
        }
        if (known->has_small_scalars()) {
            return read_small_scalar(attribute, *known);
        }
    }
    nb::object array = zeros_array(attribute.shape, known->dtype());
    const ArrayView view(array);
    const bool text = has_variable_strings(attribute.type);
    read_attribute_into(attribute.handle.id(),
                        known->layout(),
                        element_count(attribute.shape),
                        view.data(),
                        text ? &attribute_text : nullptr);
    return view.ndim() == 0 ? scalar_of(array) : array;
}

nb::object getitem(nb::handle attributes, nb::handle name) {
    const nb::object id = low_level(attributes);
    return read(nb::cast<const ObjectID&>(id), name);
}

/// A new attribute's value, type and extent.
struct NewAttribute {
    nb::object array;  ///< null for a null dataspace
    nb::object dtype;  ///< whole elements, array types included
    Handle type;
    std::optional<Shape> shape;  ///< none for a null dataspace
};

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

NewAttribute new_attribute(nb::handle data, nb::handle shape, nb::handle dtype) {
    NewAttribute made;
    const bool empty = is_empty_object(data);
    if (!empty) {
        made.array = array_for_new_object(data, dtype);
    }
    const nb::object found =
        empty ? nb::object(data.attr("dtype")) : nb::object(made.array.attr("dtype"));
    if (nb::isinstance(dtype, classes().datatype)) {
        const nb::object id = low_level(dtype);
        made.dtype = dtype.attr("dtype");
        made.type = Handle::borrow(nb::cast<const TypeID&>(id).id());
    } else {
        made.dtype = dtype.is_none() ? found : to_dtype(dtype);
        made.type = hdf5::make_type(type_from_dtype(made.dtype, true));
    }
    if (empty) {
        return made;
    }
    const Shape data_shape = ArrayView(made.array).shape();
    made.shape = shape.is_none() ? data_shape
                 : PyLong_Check(shape.ptr())
                     ? Shape{integer_argument<std::uint64_t>(shape)}
                     : shape_from_tuple(nb::tuple(nb::borrow(shape)), "shape");
    const nb::object subdtype = made.dtype.attr("subdtype");
    nb::object element = made.dtype;
    if (!subdtype.is_none()) {
        made.shape = required_outer_shape(*made.shape,
                                          shape_from_tuple(nb::object(subdtype[1]), "array shape"));
        element = subdtype[0];
    } else {
        require_fitting(*made.shape, data_shape);
    }
    made.array = numpy().asarray(made.array, nb::arg("dtype") = element, nb::arg("order") = "C");
    return made;
}

// An existing attribute stays until the new one is complete, and other threads see one or the
// other.
void replace(hdf5::Id object,
             const std::string& name,
             const NewAttribute& value,
             const std::function<void(hdf5::Id)>& write) {
    without_gil([&] {
        const Handle space =
            value.shape ? h5s::create_simple(*value.shape) : h5s::create(h5s::ExtentClass::null);
        object::replace_attribute(object, name, value.type.id(), space.id(), write);
    });
}

// In a file that is only read creating fails, before anybody looks at the elements.
void require_writable(hdf5::Id object, const std::string& name, const NewAttribute& value) {
    if ((hdf5::h5f::intent(hdf5::h5i::file(object).id()) & hdf5::h5f::kReadWrite) == 0) {
        replace(object, name, value, [](hdf5::Id) {});
    }
}

void replace(hdf5::Id object,
             const std::string& name,
             const NewAttribute& value,
             const MemoryLayout& layout,
             nb::handle array) {
    std::optional<OutgoingElements> elements;
    try {
        elements.emplace(layout, element_count(*value.shape), ArrayView(array).data());
    } catch (...) {
        require_writable(object, name, value);
        throw;
    }
    replace(object, name, value, [&](hdf5::Id attribute) {
        h5a::write(attribute, layout.type(), elements->data());
    });
}

void create(
    const ObjectID& object, nb::handle name, nb::handle data, nb::handle shape, nb::handle dtype) {
    const std::string attribute_name = encode_name(name);
    const NewAttribute value = new_attribute(data, shape, dtype);
    if (!value.array.is_valid()) {
        replace(object.id(), attribute_name, value, [](hdf5::Id) {});
    } else if (dtype_kind(value.dtype) == 'T') {
        const nb::object texts = value.array.attr("astype")("O");
        replace(object.id(), attribute_name, value, MemoryLayout::of_text(), texts);
    } else {
        const MemoryLayout layout(value.dtype, hdf5::describe_type(value.type.id()));
        replace(object.id(), attribute_name, value, layout, value.array);
    }
}

bool has_shape(const OpenAttribute& attribute, nb::handle array, nb::handle dtype) {
    Shape whole = attribute.shape;
    const nb::object subdtype = dtype.attr("subdtype");
    if (!subdtype.is_none()) {
        const Shape inner = shape_from_tuple(nb::object(subdtype[1]), "array shape");
        whole.insert(whole.end(), inner.begin(), inner.end());
    }
    const ArrayView view(array);
    return view.shape() == whole || (view.size() == 1 && element_count(whole) == 1);
}

void modify(const ObjectID& object, nb::handle name, nb::handle value) {
    const std::string attribute_name = encode_name(name);
    if (!h5a::exists(object.id(), attribute_name)) {
        create(object, name, value, nb::none(), nb::none());
        return;
    }
    const OpenAttribute attribute = open_attribute(object.id(), attribute_name);
    if (attribute.extent == h5s::ExtentClass::null) {
        PyErr_SetString(PyExc_OSError, "Empty attributes can't be modified");
        throw nb::python_error();
    }
    const nb::object dtype = dtype_from_type(attribute.type);
    const nb::object wanted = is_array(value) ? nb::none() : dtype;
    nb::object array = numpy().asarray(value, nb::arg("dtype") = wanted, nb::arg("order") = "C");
    if (!has_shape(attribute, array, dtype)) {
        throw nb::type_error("Shape of data is incompatible with existing attribute");
    }
    AttrID id(Handle::borrow(attribute.handle.id()));
    const nb::object subdtype = dtype.attr("subdtype");
    if (subdtype.is_none()) {
        write_attribute(id, array, nb::none());
        return;
    }
    const nb::object whole =
        numpy().dtype(nb::make_tuple(nb::object(array.attr("dtype")), nb::object(subdtype[1])));
    write_attribute_from(id.id(),
                         MemoryLayout(whole, attribute.type),
                         element_count(attribute.shape),
                         ArrayView(array).data());
}

nb::list names(const ObjectID& object) {
    const std::vector<std::string> found = without_gil([&] {
        const hdf5::LockGuard guard;
        hdf5::h5i::require_open(object.id());
        return h5a::names(object.id(), {.index = h5a::own_order(object.id())});
    });
    nb::list result;
    for (const std::string& name : found) {
        result.append(decode_name(name));
    }
    return result;
}

}  // namespace

void bind_attrs(nb::module_& core) {
    nb::module_ m = core.def_submodule("attrs");
    m.def("read", &read, nb::arg("object").none(), nb::arg("name").none());
    m.def("getitem", &getitem, nb::arg("attributes").none(), nb::arg("name").none());
    m.def("create",
          &create,
          nb::arg("object").none(),
          nb::arg("name").none(),
          nb::arg("data").none(),
          nb::arg("shape").none(),
          nb::arg("dtype").none());
    m.def("modify",
          &modify,
          nb::arg("object").none(),
          nb::arg("name").none(),
          nb::arg("value").none());
    m.def("names", &names, nb::arg("object").none());
}

}  // namespace hyperslab::python
