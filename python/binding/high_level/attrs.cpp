// The functions behind AttributeManager.

#include <array>
#include <memory>
#include <optional>

#include "dtypes/element_buffer.hpp"
#include "dtypes/known_type.hpp"
#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "elements/transfer.hpp"
#include "hdf5/api/h5.hpp"
#include "hdf5/api/h5a.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "high_level/attribute_creation.hpp"
#include "hyperslab/error.hpp"
#include "ids/attr_id.hpp"
#include "ids/python_classes.hpp"
#include "ids/type_id.hpp"
#include "support/bindings.hpp"
#include "support/names.hpp"
#include "support/shapes.hpp"
#include "support/steps.hpp"

namespace hyperslab::python {
namespace {

namespace h5a = hdf5::h5a;
namespace h5s = hdf5::h5s;
using hdf5::Handle;

/// An attribute's dataspace and type, asked for once.
struct AttributeFacts {
    h5s::ExtentClass extent = h5s::ExtentClass::simple;
    Shape shape{};
    Datatype type{};

    friend bool operator==(const AttributeFacts&, const AttributeFacts&) = default;
};

/// An open attribute, which must not be kept from one step to the next: while its handle is open,
/// libhdf5 finds that attribute under the name, even when it has been deleted or replaced.
struct OpenAttribute {
    Handle handle;
    AttributeFacts facts;
};

OpenAttribute open_attribute(hdf5::Id object, const std::string& name) {
    const hdf5::LockGuard guard;
    OpenAttribute attribute{h5a::open(object, name), {}};
    const Handle space = h5a::space(attribute.handle.id());
    attribute.facts.extent = h5s::extent_class(space.id());
    if (attribute.facts.extent == h5s::ExtentClass::simple) {
        attribute.facts.shape = h5s::dims(space.id());
    }
    attribute.facts.type = hdf5::describe_type(h5a::type(attribute.handle.id()).id());
    return attribute;
}

// Finds an attribute; an empty optional when there is none. One that cannot be opened is an error.
// The caller is in a step.
std::optional<OpenAttribute> find_attribute(hdf5::Id object, const std::string& name) {
    try {
        return open_attribute(object, name);
    } catch (const Error&) {
        if (!name.empty() && hdf5::h5i::valid(object) && h5a::exists(object, name)) {
            throw;
        }
        return std::nullopt;
    }
}

// Attributes are read as text. Unlike datasets, they are not read for their bytes.
const TextDecoding& attribute_text = *new TextDecoding{"utf-8", "surrogateescape"};

// Alone or as the elements of an array type.
bool has_variable_strings(const Datatype& type) {
    const Datatype& element = type.type_class() == TypeClass::array ? type.base() : type;
    return element.type_class() == TypeClass::string && element.is_variable_string();
}

nb::object read_small_scalar(const OpenAttribute& attribute, KnownType& known) {
    std::array<std::byte, KnownType::kSmallElement> element{};
    h5a::read(attribute.handle.id(), known.layout().type(), element.data());
    return known.scalar(element.data());
}

// One string becomes a Python object without an array around it.
nb::object read_string(const OpenAttribute& attribute, const MemoryLayout& layout) {
    char* text = nullptr;
    h5a::read(attribute.handle.id(), layout.type(), &text);
    const std::unique_ptr<char, decltype(&hdf5::free_memory)> allocated(text, &hdf5::free_memory);
    PyObject* made = nullptr;
    layout.to_numpy(reinterpret_cast<const std::byte*>(&text),
                    reinterpret_cast<std::byte*>(&made),
                    &attribute_text);
    return nb::steal(made);
}

nb::object read_array(const OpenAttribute& attribute, KnownType& known) {
    nb::object array = zeros_array(attribute.facts.shape, known.dtype());
    const ArrayView view(array);
    const bool text = has_variable_strings(attribute.facts.type);
    read_attribute_into(attribute.handle.id(),
                        known.layout(),
                        element_count(attribute.facts.shape),
                        view.data(),
                        text ? &attribute_text : nullptr);
    return view.ndim() == 0 ? scalar_of(array) : array;
}

nb::object read_opened(const OpenAttribute& attribute) {
    const AttributeFacts& facts = attribute.facts;
    const std::shared_ptr<KnownType> known = known_type(facts.type);
    if (facts.extent == h5s::ExtentClass::null) {
        return classes().empty(known->dtype());
    }
    if (facts.extent == h5s::ExtentClass::scalar) {
        if (facts.type.is_variable_string()) {
            return read_string(attribute, known->layout());
        }
        if (known->has_small_scalars()) {
            return read_small_scalar(attribute, *known);
        }
    }
    return read_array(attribute, *known);
}

// Reading is one step although Python objects are made in it, because no code of the caller runs
// meanwhile. Attributes are small, so the interpreter's lock is not given up.

nb::object read(const ObjectID& object, nb::handle name) {
    const std::string attribute = encode_name(name);
    const hdf5::LockGuard guard;
    return read_opened(open_attribute(object.id(), attribute));
}

// The value of an attribute, or the default when there is none.
nb::object get(const ObjectID& object, nb::handle name, nb::handle missing) {
    const std::string attribute = encode_name(name);
    const hdf5::LockGuard guard;
    const std::optional<OpenAttribute> found = find_attribute(object.id(), attribute);
    return found ? read_opened(*found) : nb::borrow(missing);
}

nb::object getitem(nb::handle attributes, nb::handle name) {
    const nb::object id = low_level(attributes);
    return read(nb::cast<const ObjectID&>(id), name);
}

void create(
    const ObjectID& object, nb::handle name, nb::handle data, nb::handle shape, nb::handle dtype) {
    AttributeToMake attribute(data, shape, dtype);
    make_attribute(object, encode_name(name), attribute, false);
}

bool create_missing(const ObjectID& object, nb::handle name, nb::handle data) {
    AttributeToMake attribute(data, nb::none(), nb::none());
    return make_attribute(object, encode_name(name), attribute, true);
}

bool has_shape(const AttributeFacts& attribute, nb::handle array, nb::handle dtype) {
    Shape whole = attribute.shape;
    const nb::object subdtype = dtype.attr("subdtype");
    if (!subdtype.is_none()) {
        const Shape inner = shape_from_tuple(nb::object(subdtype[1]), "array shape");
        whole.insert(whole.end(), inner.begin(), inner.end());
    }
    const ArrayView view(array);
    return view.shape() == whole || (view.size() == 1 && element_count(whole) == 1);
}

/// The array that an attribute is modified with, and how its elements travel.
struct Modification {
    nb::object array;
    MemoryLayout layout;
};

Modification modification_of(const AttributeFacts& attribute, nb::handle value) {
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
    const nb::object array_dtype = array.attr("dtype");
    const nb::object subdtype = dtype.attr("subdtype");
    if (!subdtype.is_none()) {
        const nb::object whole =
            numpy().dtype(nb::make_tuple(array_dtype, nb::object(subdtype[1])));
        return {std::move(array), MemoryLayout(whole, attribute.type)};
    }
    if (dtype_kind(array_dtype) == 'T') {
        return {array.attr("astype")("O"), MemoryLayout::of_text()};
    }
    return {std::move(array), MemoryLayout(array_dtype, attribute.type)};
}

std::optional<AttributeFacts> facts_of(hdf5::Id object, const std::string& name) {
    return in_one_step([&]() -> std::optional<AttributeFacts> {
        std::optional<OpenAttribute> found = find_attribute(object, name);
        return found ? std::optional(std::move(found->facts)) : std::nullopt;
    });
}

// The form of the value depends on the attribute, which may be replaced while the value is
// converted; then it is converted again.
void modify(const ObjectID& object, nb::handle name, nb::handle value) {
    const std::string attribute = encode_name(name);
    for (bool done = false; !done;) {
        const std::optional<AttributeFacts> facts = facts_of(object.id(), attribute);
        if (!facts) {
            done = create_missing(object, name, value);
            continue;
        }
        const Modification made = modification_of(*facts, value);
        const OutgoingElements elements(
            made.layout, element_count(facts->shape), ArrayView(made.array).data());
        done = in_one_step([&] {
            const std::optional<OpenAttribute> now = find_attribute(object.id(), attribute);
            if (!now || now->facts != *facts) {
                return false;
            }
            h5a::write(now->handle.id(), made.layout.type(), elements.data());
            return true;
        });
    }
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
    m.def("get", &get, nb::arg("object"), nb::arg("name").none(), nb::arg("default").none());
    m.def("getitem", &getitem, nb::arg("attributes").none(), nb::arg("name").none());
    m.def("create",
          &create,
          nb::arg("object").none(),
          nb::arg("name").none(),
          nb::arg("data").none(),
          nb::arg("shape").none(),
          nb::arg("dtype").none());
    m.def("update", &make_attributes, nb::arg("object").none(), nb::arg("values").none());
    m.def("create_missing",
          &create_missing,
          nb::arg("object"),
          nb::arg("name").none(),
          nb::arg("data").none());
    m.def("modify",
          &modify,
          nb::arg("object").none(),
          nb::arg("name").none(),
          nb::arg("value").none());
    m.def("names", &names, nb::arg("object").none());
}

}  // namespace hyperslab::python
