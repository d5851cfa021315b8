#include <algorithm>
#include <numeric>
#include <utility>

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "dtypes/reference.hpp"
#include "support/config.hpp"
#include "support/shapes.hpp"

namespace hyperslab::python {
namespace {

std::string text_of(nb::handle object) { return nb::cast<std::string>(nb::str(object)); }

ByteOrder order_of(nb::handle dtype) {
    const auto code = nb::cast<std::string>(dtype.attr("byteorder"));
    return code == "<" ? ByteOrder::little : code == ">" ? ByteOrder::big : kNativeOrder;
}

Datatype float_type(nb::handle dtype) {
    const std::size_t size = dtype_itemsize(dtype);
    const ByteOrder order = order_of(dtype);
    if (size == 2 || size == 4 || size == 8) {
        return Datatype::floating(size, order);
    }
    if (size == sizeof(long double)) {
        return Datatype::long_double(order);
    }
    throw nb::type_error(("Unsupported float type (" + text_of(dtype) + ")").c_str());
}

Datatype integer_type(nb::handle dtype) {
    return Datatype::integer(dtype_itemsize(dtype), dtype_kind(dtype) == 'i', order_of(dtype));
}

std::string name_bytes(nb::handle name) {
    if (PyBytes_Check(name.ptr())) {
        return {PyBytes_AS_STRING(name.ptr()),
                static_cast<std::size_t>(PyBytes_GET_SIZE(name.ptr()))};
    }
    return text_of(name);
}

// Members in the order of their names, as h5py stores them.
Datatype enum_type(nb::handle dtype, nb::handle values) {
    const Datatype base = integer_type(dtype);
    std::vector<EnumMember> members;
    for (const nb::handle name : nb::module_::import_("builtins").attr("sorted")(values)) {
        const nb::object value = index_object(nb::object(values[name]));
        const unsigned long long bits = PyLong_AsUnsignedLongLongMask(value.ptr());
        if (PyErr_Occurred() != nullptr) {
            throw nb::python_error();
        }
        members.push_back({name_bytes(name), static_cast<std::int64_t>(bits)});
    }
    return Datatype::enumeration(base, std::move(members));
}

Datatype boolean_type() {
    return Datatype::enumeration(Datatype::integer(1, true),
                                 {{config().false_name, 0}, {config().true_name, 1}});
}

Datatype complex_type(nb::handle dtype) {
    const std::size_t size = dtype_itemsize(dtype) / 2;
    const ByteOrder order = order_of(dtype);
    const Datatype part = size == sizeof(long double) ? Datatype::long_double(order)
                                                      : Datatype::floating(size, order);
    if (config().native_complex) {
        return Datatype::complex(part);
    }
    return Datatype::compound(
        2 * size, {{config().real_name, 0, part}, {config().imaginary_name, size, part}});
}

struct Field {
    std::string name;
    nb::object dtype;
    std::size_t offset;
};

// HDF5's types can be larger than NumPy's (a sequence has 16 bytes, an object pointer 8), so
// members move up where they would overlap. Nothing moves in a plain record.
Datatype compound_type(nb::handle dtype, bool logical, bool aligned) {
    std::vector<Field> fields;
    const nb::object by_name = dtype.attr("fields");
    for (const nb::handle name : nb::object(dtype.attr("names"))) {
        const nb::object field = by_name[name];
        fields.push_back({name_bytes(name), field[0], nb::cast<std::size_t>(field[1])});
    }
    std::vector<std::size_t> by_offset(fields.size());
    std::iota(by_offset.begin(), by_offset.end(), std::size_t{0});
    std::ranges::sort(by_offset, {}, [&](std::size_t i) { return std::pair(fields[i].offset, i); });

    std::vector<CompoundMember> members(fields.size());
    std::size_t end = 0;
    for (const std::size_t i : by_offset) {
        const Field& field = fields[i];
        const Datatype type = type_from_dtype(field.dtype, logical, aligned);
        const std::size_t offset = std::max(end, field.offset);
        if (aligned && (offset > field.offset || dtype_itemsize(field.dtype) != type.size())) {
            throw nb::type_error("Enforced alignment not compatible with HDF5 type");
        }
        members[i] = {field.name, offset, type};
        end = offset + type.size();
    }
    const std::size_t itemsize = dtype_itemsize(dtype);
    if (aligned && end > itemsize) {
        throw nb::type_error("Enforced alignment not compatible with HDF5 type");
    }
    return Datatype::compound(std::max(end, itemsize), std::move(members));
}

Datatype array_type(nb::handle subdtype, bool logical) {
    const Shape dims = shape_from_tuple(nb::object(subdtype[1]), "array shape");
    return Datatype::array(type_from_dtype(nb::object(subdtype[0]), logical), dims);
}

Datatype tagged_opaque_type(nb::handle dtype) {
    const auto code = nb::cast<std::string>(nb::object(dtype.attr("descr"))[0][1]);
    return Datatype::opaque(dtype_itemsize(dtype), "NUMPY:" + code);
}

Datatype fixed_string_type(nb::handle dtype) {
    const nb::object encoding = dtype_metadata(dtype, "h5py_encoding");
    const bool utf8 = encoding.is_valid() && encoding.equal(nb::str("utf-8"));
    return Datatype::fixed_string(dtype_itemsize(dtype),
                                  utf8 ? CharacterSet::utf8 : CharacterSet::ascii,
                                  StringPadding::null_padded);
}

Datatype object_type(nb::handle dtype, bool logical) {
    if (!logical) {
        return Datatype::opaque(sizeof(PyObject*), kPythonObjectTag);
    }
    const nb::object vlen = dtype_metadata(dtype, "vlen");
    if (vlen.is_valid() && vlen.is(reinterpret_cast<PyObject*>(&PyBytes_Type))) {
        return Datatype::variable_string(CharacterSet::ascii);
    }
    if (vlen.is_valid() && vlen.is(reinterpret_cast<PyObject*>(&PyUnicode_Type))) {
        return Datatype::variable_string(CharacterSet::utf8);
    }
    if (vlen.is_valid() && !vlen.is_none()) {
        return Datatype::vlen(type_from_dtype(vlen, logical));
    }
    const nb::object reference = dtype_metadata(dtype, "ref");
    if (reference.is_valid() && reference.is(nb::type<Reference>())) {
        return Datatype::reference(ReferenceKind::object);
    }
    if (reference.is_valid() && reference.is(nb::type<RegionReference>())) {
        return Datatype::reference(ReferenceKind::region);
    }
    if (reference.is_valid() && reference.is(nb::type<StandardReference>())) {
        return Datatype::reference(ReferenceKind::standard);
    }
    if (reference.is_valid() && !reference.is_none()) {
        throw nb::type_error("Unrecognized reference code");
    }
    throw nb::type_error(("Object dtype " + nb::cast<std::string>(nb::repr(dtype)) +
                          " has no native HDF5 equivalent")
                             .c_str());
}

}  // namespace

nb::object dtype_metadata(nb::handle dtype, const char* key) {
    const nb::object metadata = dtype.attr("metadata");
    if (metadata.is_none()) {
        return {};
    }
    nb::object value = nb::steal(PyMapping_GetItemString(metadata.ptr(), key));
    if (!value.is_valid()) {
        PyErr_Clear();
    }
    return value;
}

char dtype_kind(nb::handle dtype) { return nb::cast<std::string>(dtype.attr("kind"))[0]; }

std::size_t dtype_itemsize(nb::handle dtype) {
    return nb::cast<std::size_t>(dtype.attr("itemsize"));
}

bool dtype_has_objects(nb::handle dtype) { return nb::cast<bool>(dtype.attr("hasobject")); }

Datatype type_from_dtype(nb::handle description, bool logical, bool aligned) {
    const nb::object dtype = to_dtype(description);
    aligned = aligned || nb::cast<bool>(dtype.attr("isalignedstruct"));
    const nb::object opaque = dtype_metadata(dtype, "h5py_opaque");
    if (opaque.is_valid() && nb::cast<bool>(nb::bool_(opaque))) {
        return tagged_opaque_type(dtype);
    }
    switch (dtype_kind(dtype)) {
        case 'f':
            return float_type(dtype);
        case 'i':
        case 'u': {
            const nb::object values = logical ? dtype_metadata(dtype, "enum") : nb::object();
            return values.is_valid() && !values.is_none() ? enum_type(dtype, values)
                                                          : integer_type(dtype);
        }
        case 'c':
            return complex_type(dtype);
        case 'b':
            return boolean_type();
        case 'S':
            return fixed_string_type(dtype);
        case 'O':
            return object_type(dtype, logical);
        case 'T':
            return logical ? Datatype::variable_string(CharacterSet::utf8)
                           : Datatype::opaque(2 * sizeof(std::size_t), kNumpyStringTag);
        case 'V': {
            if (!nb::object(dtype.attr("names")).is_none()) {
                return compound_type(dtype, logical, aligned);
            }
            const nb::object subdtype = dtype.attr("subdtype");
            if (!subdtype.is_none()) {
                return array_type(subdtype, logical);
            }
            return Datatype::opaque(dtype_itemsize(dtype));
        }
        default:
            throw nb::type_error(
                ("No conversion path for dtype: " + nb::cast<std::string>(nb::repr(dtype)))
                    .c_str());
    }
}

}  // namespace hyperslab::python
