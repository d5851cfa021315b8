#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <vector>

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "dtypes/reference.hpp"
#include "support/config.hpp"
#include "support/shapes.hpp"

namespace hyperslab::python {
namespace {

// A NumPy float and its range: bits of the mantissa, largest and smallest exponent.
struct NumpyFloat {
    std::size_t size;
    std::size_t mantissa;
    long max_exponent;
    long min_exponent;
    const char* name;
};

// In NumPy's order of type codes. The x87 mantissa counts its explicit leading bit.
constexpr int kLongDigits = std::numeric_limits<long double>::digits;
constexpr std::array kFloats{
    NumpyFloat{2, 10, 16, -14, "f2"},
    NumpyFloat{4, 23, 128, -126, "f4"},
    NumpyFloat{8, 52, 1024, -1022, "f8"},
    NumpyFloat{sizeof(long double),
               kLongDigits == 64 ? 64 : kLongDigits - 1,
               std::numeric_limits<long double>::max_exponent,
               std::numeric_limits<long double>::min_exponent - 1,
               "g"},
};

bool holds(const NumpyFloat& candidate, const Datatype& type) {
    const FloatLayout& f = type.float_layout();
    if (f.exponent_size >= 8 * sizeof(long) - 1) {
        return false;
    }
    const auto bias = static_cast<long>(f.exponent_bias);
    const long max_exponent = (1L << f.exponent_size) - bias - 1;
    return candidate.size >= type.size() && f.mantissa_size <= candidate.mantissa &&
           max_exponent <= candidate.max_exponent && 1 - bias >= candidate.min_exponent;
}

std::string order_code(const Datatype& type) {
    switch (type.order()) {
        case ByteOrder::little:
            return "<";
        case ByteOrder::big:
            return ">";
        case ByteOrder::none:
            return "|";
        case ByteOrder::vax:
            break;
    }
    throw nb::key_error("NumPy has no VAX byte order");
}

nb::object plain_dtype(const std::string& code) { return numpy().dtype(nb::cast(code)); }

nb::object float_dtype(const Datatype& type) {
    for (const NumpyFloat& candidate : kFloats) {
        if (holds(candidate, type)) {
            return plain_dtype(candidate.name).attr("newbyteorder")(order_code(type));
        }
    }
    const FloatLayout& f = type.float_layout();
    const nb::tuple fields = nb::make_tuple(f.sign_position,
                                            f.exponent_position,
                                            f.exponent_size,
                                            f.mantissa_position,
                                            f.mantissa_size);
    throw nb::value_error(("Insufficient precision in available types to represent " +
                           nb::cast<std::string>(nb::str(fields)))
                              .c_str());
}

nb::object tagged(nb::handle base, const char* key, nb::handle value) {
    nb::dict metadata;
    metadata[key] = value;
    return numpy().dtype(base, nb::arg("metadata") = metadata);
}

nb::object string_dtype(const Datatype& type) {
    const bool utf8 = type.character_set() == CharacterSet::utf8;
    if (type.is_variable_string()) {
        PyTypeObject& python_type = utf8 ? PyUnicode_Type : PyBytes_Type;
        return tagged(nb::str("O"), "vlen", reinterpret_cast<PyObject*>(&python_type));
    }
    return tagged(nb::cast("S" + std::to_string(type.size())),
                  "h5py_encoding",
                  nb::str(utf8 ? "utf-8" : "ascii"));
}

nb::object opaque_dtype(const Datatype& type) {
    constexpr std::string_view kPrefix = "NUMPY:";
    if (type.tag().starts_with(kPrefix)) {
        return tagged(nb::cast(type.tag().substr(kPrefix.size())), "h5py_opaque", nb::bool_(true));
    }
    return plain_dtype("V" + std::to_string(type.size()));
}

/// The complex dtype that a compound {r, i} stands for, or null.
nb::object complex_dtype(const Datatype& type) {
    const auto& members = type.members();
    if (members.size() != 2 || members[0].name != config().real_name ||
        members[1].name != config().imaginary_name ||
        members[0].type.type_class() != TypeClass::floating ||
        members[1].type.type_class() != TypeClass::floating) {
        return {};
    }
    const nb::object real = float_dtype(members[0].type);
    if (!real.equal(float_dtype(members[1].type))) {
        return {};
    }
    const std::size_t size = dtype_itemsize(real);
    if (size != 4 && size != 8 && size != 16) {
        return {};
    }
    const auto code = nb::cast<std::string>(real.attr("str"));
    return plain_dtype(code.substr(0, 1) + "c" + std::to_string(2 * size));
}

nb::object name_text(const std::string& name) {
    return nb::steal(
        PyUnicode_DecodeUTF8(name.data(), static_cast<Py_ssize_t>(name.size()), "strict"));
}

/// The places of the members of a record in NumPy. They are those in the file, but behind each
/// member that takes more bytes in NumPy (a bfloat16, a long double of 12 bytes) everything moves
/// on by the difference.
struct Placement {
    std::vector<std::size_t> offsets;
    std::size_t size;
};

Placement placed(const Datatype& type, const nb::list& formats) {
    const auto& members = type.members();
    std::vector<std::size_t> in_order(members.size());
    std::iota(in_order.begin(), in_order.end(), 0U);
    std::ranges::sort(in_order, {}, [&](std::size_t i) { return members[i].offset; });
    Placement placement{std::vector<std::size_t>(members.size()), type.size()};
    std::size_t shift = 0;
    for (const std::size_t i : in_order) {
        placement.offsets[i] = members[i].offset + shift;
        const std::size_t needed = dtype_itemsize(formats[i]);
        shift += needed - std::min(needed, members[i].type.size());
    }
    placement.size += shift;
    return placement;
}

nb::object compound_dtype(const Datatype& type) {
    if (nb::object complex = complex_dtype(type); complex.is_valid()) {
        return complex;
    }
    nb::list names;
    nb::list formats;
    for (const CompoundMember& member : type.members()) {
        nb::object name = name_text(member.name);
        if (!name.is_valid()) {
            throw nb::python_error();
        }
        names.append(name);
        formats.append(dtype_from_type(member.type));
    }
    const Placement placement = placed(type, formats);
    nb::dict description;
    description["names"] = names;
    description["formats"] = formats;
    description["offsets"] = nb::cast(placement.offsets);
    description["itemsize"] = placement.size;
    return numpy().dtype(description);
}

bool is_boolean(const Datatype& type) {
    const auto& members = type.enum_members();
    if (members.size() != 2) {
        return false;
    }
    const std::size_t no = members[0].value == 0 ? 0 : 1;
    return members[no] == EnumMember{config().false_name, 0} &&
           members[1 - no] == EnumMember{config().true_name, 1};
}

nb::object enum_dtype(const Datatype& type) {
    if (is_boolean(type)) {
        return plain_dtype("bool");
    }
    nb::dict values;
    for (const EnumMember& member : type.enum_members()) {
        nb::object name = name_text(member.name);
        if (!name.is_valid()) {
            PyErr_Clear();
            name = to_bytes(member.name);
        }
        values[name] = type.base().is_signed() ? nb::cast(member.value)
                                               : nb::cast(static_cast<std::uint64_t>(member.value));
    }
    return tagged(dtype_from_type(type.base()), "enum", values);
}

nb::object reference_dtype(const Datatype& type) {
    switch (type.reference_kind()) {
        case ReferenceKind::object:
            return tagged(nb::str("O"), "ref", nb::type<Reference>());
        case ReferenceKind::region:
            return tagged(nb::str("O"), "ref", nb::type<RegionReference>());
        case ReferenceKind::standard:
            break;
    }
    return tagged(nb::str("O"), "ref", nb::type<StandardReference>());
}

nb::object native_complex_dtype(const Datatype& type) {
    const std::size_t size = type.size();
    if (size != 8 && size != 16 && size != 2 * sizeof(long double)) {
        throw nb::type_error(("No NumPy equivalent for TypeComplexID of size " +
                              std::to_string(size) + " bytes found")
                                 .c_str());
    }
    return plain_dtype("c" + std::to_string(size)).attr("newbyteorder")(order_code(type));
}

}  // namespace

nb::object dtype_from_type(const Datatype& type) {
    switch (type.type_class()) {
        case TypeClass::integer:
            return plain_dtype(order_code(type) + (type.is_signed() ? "i" : "u") +
                               std::to_string(type.size()));
        case TypeClass::bitfield:
            return plain_dtype(order_code(type) + "u" + std::to_string(type.size()));
        case TypeClass::floating:
            return float_dtype(type);
        case TypeClass::string:
            return string_dtype(type);
        case TypeClass::opaque:
            return opaque_dtype(type);
        case TypeClass::compound:
            return compound_dtype(type);
        case TypeClass::enumeration:
            return enum_dtype(type);
        case TypeClass::reference:
            return reference_dtype(type);
        case TypeClass::vlen:
            return tagged(nb::str("O"), "vlen", dtype_from_type(type.base()));
        case TypeClass::array:
            return numpy().dtype(
                nb::make_tuple(dtype_from_type(type.base()), tuple_from_shape(type.array_dims())));
        case TypeClass::complex:
            return native_complex_dtype(type);
        case TypeClass::time:
            break;
    }
    throw nb::type_error("No NumPy equivalent for TypeTimeID exists");
}

}  // namespace hyperslab::python
