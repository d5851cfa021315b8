#include "elements/new_object_array.hpp"

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "dtypes/reference.hpp"
#include "elements/selected_spaces.hpp"
#include "hdf5/api/h5r.hpp"
#include "ids/dataset_id.hpp"
#include "support/bindings.hpp"
#include "support/names.hpp"

namespace hyperslab::python {
namespace {

// Walks nested lists until two innermost items differ in type. The type is null while no item was
// seen.
class ItemTypes {
public:
    /// \returns false once the types are known to differ
    bool visit(nb::handle data) {
        if (is_array(data)) {
            return visit_array(data);
        }
        if (PyList_Check(data.ptr()) || PyTuple_Check(data.ptr())) {
            bool any = false;
            for (const nb::handle item : nb::borrow(data)) {
                any = true;
                if (!visit(item)) {
                    return false;
                }
            }
            return any || differ();
        }
        return add(nb::handle(reinterpret_cast<PyObject*>(Py_TYPE(data.ptr()))));
    }

    nb::object found() const { return differ_ || !type_.is_valid() ? nb::none() : type_; }

private:
    bool visit_array(nb::handle array) {
        const nb::object dtype = array.attr("dtype");
        if (dtype_kind(dtype) != 'O' || dtype_metadata(dtype, "vlen").is_valid()) {
            return add(nb::none());
        }
        bool any = false;
        for (const nb::handle item : nb::object(array.attr("flat"))) {
            any = true;
            if (!add(nb::handle(reinterpret_cast<PyObject*>(Py_TYPE(item.ptr()))))) {
                return false;
            }
        }
        return any || differ();
    }

    bool add(nb::handle type) {
        if (!type_.is_valid()) {
            type_ = nb::borrow(type);
        }
        return type_.is(type) || differ();
    }

    bool differ() {
        differ_ = true;
        return false;
    }

    nb::object type_;
    bool differ_ = false;
};

nb::object object_dtype(const char* key, nb::handle value) {
    nb::dict metadata;
    metadata[key] = value;
    return numpy().dtype("O", nb::arg("metadata") = metadata);
}

nb::object guess_dtype(nb::handle data) {
    const nb::object type = find_item_type(data);
    if (type.is(nb::type<RegionReference>()) || type.is(nb::type<Reference>()) ||
        type.is(nb::type<StandardReference>())) {
        return object_dtype("ref", type);
    }
    if (type.is(reinterpret_cast<PyObject*>(&PyBytes_Type)) ||
        type.is(reinterpret_cast<PyObject*>(&PyUnicode_Type))) {
        return object_dtype("vlen", type);
    }
    return nb::none();
}

bool is_half(nb::handle dtype) {
    return !dtype.is_none() && dtype_kind(dtype) == 'f' && dtype_itemsize(dtype) == 2;
}

}  // namespace

nb::object find_item_type(nb::handle data) {
    ItemTypes types;
    types.visit(data);
    return types.found();
}

nb::object array_for_new_object(nb::handle data, nb::handle specified_dtype) {
    nb::object dtype = nb::none();
    if (!specified_dtype.is_none()) {
        dtype = to_dtype(specified_dtype);
    }
    // Arrays are converted by libhdf5 when they are written, but for half floats, which it gets
    // wrong; lists are converted here, where their type is already known.
    nb::object as_dtype = nb::none();
    if (is_half(dtype) || (!dtype.is_none() && !is_array(data))) {
        as_dtype = std::move(dtype);
    } else if (!is_array(data) || dtype_has_objects(nb::object(data.attr("dtype")))) {
        as_dtype = guess_dtype(data);
    }
    nb::object array = numpy().asarray(data, nb::arg("dtype") = as_dtype, nb::arg("order") = "C");
    // An array that holds objects already keeps its own dtype, without the hint.
    return as_dtype.is_none() || array.attr("dtype").is(as_dtype)
               ? array
               : array.attr("view")(nb::arg("dtype") = as_dtype);
}

namespace {

// bytes as they are, text as UTF-8; with a link creation list also one that says which it is.
nb::object encoded_name(nb::handle name, nb::handle lcpl) {
    if (name.is_none()) {
        return lcpl.is_none() ? nb::none() : nb::object(nb::make_tuple(nb::none(), nb::none()));
    }
    nb::bytes bytes = to_bytes(encode_name(name));
    if (lcpl.is_none()) {
        return bytes;
    }
    const bool ascii = PyBytes_Check(name.ptr()) || nb::cast<bool>(name.attr("isascii")());
    const nb::object plist = lcpl.attr("copy")();
    plist.attr("set_char_encoding")(ascii ? 0 : 1);
    return nb::make_tuple(bytes, plist);
}

nb::object decoded_name(nb::handle name) {
    return PyBytes_Check(name.ptr()) ? decode_name(encode_name(name)) : nb::borrow(name);
}

nb::object make_region_reference(nb::handle id, nb::handle args) {
    DatasetID* dataset = nullptr;
    if (!nb::try_cast(id, dataset) || dataset == nullptr) {
        throw nb::type_error("Region references can only be made to datasets");
    }
    const SelectedSpace selected(args, dataset->open().extent()->dims);
    RegionReference reference;
    reference.value = hdf5::h5r::create_region(dataset->id(), ".", selected.id());
    return nb::cast(reference);
}

}  // namespace

void bind_base(nb::module_& core) {
    nb::module_ m = core.def_submodule("base");
    m.def("encode_name", &encoded_name, nb::arg("name").none(), nb::arg("lcpl").none());
    m.def("decode_name", &decoded_name, nb::arg("name").none());
    m.def("make_region_reference",
          &make_region_reference,
          nb::arg("id").none(),
          nb::arg("args").none());
    m.def("find_item_type", &find_item_type, nb::arg("data").none());
    m.def("guess_dtype", &guess_dtype, nb::arg("data").none());
    m.def("array_for_new_object",
          &array_for_new_object,
          nb::arg("data").none(),
          nb::arg("specified_dtype").none());
}

}  // namespace hyperslab::python
