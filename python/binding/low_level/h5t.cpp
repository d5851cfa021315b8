// h5t: datatypes. Names and argument forms as in h5py.h5t.
//
// What is pure NumPy there (string_dtype, check_vlen_dtype, …) is Python here:
// hyperslab/_dtypes.py.

#include "hdf5/types/h5t.hpp"

#include <algorithm>
#include <limits>

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "hdf5/api/h5.hpp"
#include "hdf5/types/type_translation.hpp"
#include "ids/type_id.hpp"
#include "low_level/type_binding.hpp"
#include "support/bindings.hpp"
#include "support/integer.hpp"
#include "support/shapes.hpp"
#include "support/truth.hpp"

namespace hyperslab::python {
namespace {

namespace h5t = hdf5::h5t;

nb::object create(Int classtype, Size size) {
    const auto type_class = static_cast<h5t::Class>(int{classtype});
    const std::size_t bytes = size;
    if (type_class != h5t::Class::compound && type_class != h5t::Class::opaque) {
        throw nb::value_error("Class must be COMPOUND or OPAQUE.");
    }
    return wrap_type(h5t::create(type_class, bytes));
}

nb::object array_create(const TypeID& base, nb::handle dims_tpl) {
    if (!PyTuple_Check(dims_tpl.ptr())) {
        throw nb::value_error("dims_tpl must be a tuple.");
    }
    return wrap_type(h5t::array_create(base.id(), shape_from_tuple(dims_tpl, "dims_tpl")));
}

nb::object decode(const ByteString& buf) {
    return wrap_type(h5t::decode(std::as_bytes(std::span(buf.value))));
}

// The module, which holds the objects of the named types. It lives as long as the interpreter.
nb::handle this_module;

/// The object of a predefined type: NATIVE_INT32 is one object however it is come by.
nb::object named(const char* name) { return this_module.attr(name); }

// A number that is no datatype stays the caller's.
nb::object typewrap(Int64 number) {
    const hdf5::Id id = number;
    h5t::type_class(id);
    return wrap_type(hdf5::Handle(id));
}

// A type with a name is the object of that name. Any other type is new and may be changed.
nb::object py_create(nb::handle dtype_in, Truth logical, Truth aligned) {
    const Datatype type = type_from_dtype(dtype_in, logical, aligned);
    if (type == Datatype::opaque(sizeof(PyObject*), kPythonObjectTag)) {
        return named("PYTHON_OBJECT");
    }
    if (type == Datatype::opaque(2 * sizeof(std::size_t), kNumpyStringTag)) {
        return named("NUMPY_VLEN_STRING");
    }
    if (type == Datatype::reference(ReferenceKind::object)) {
        return named("STD_REF_OBJ");
    }
    if (type == Datatype::reference(ReferenceKind::region)) {
        return named("STD_REF_DSETREG");
    }
    if (type == Datatype::reference(ReferenceKind::standard)) {
        return named("STD_REF");
    }
    return wrap_type(hdf5::make_type(type));
}

/// Memory that a conversion may use: its size is known before libhdf5 writes there.
std::byte* conversion_memory(const ArrayView& view, std::size_t needed, const char* name) {
    if (!view.c_contiguous() || !view.writable()) {
        throw nb::type_error(
            (std::string(name) + " must be a writable C-contiguous array").c_str());
    }
    if (view.size() * view.itemsize() < needed) {
        throw nb::value_error((std::string(name) + " has " +
                               std::to_string(view.size() * view.itemsize()) +
                               " bytes, the conversion needs " + std::to_string(needed))
                                  .c_str());
    }
    return static_cast<std::byte*>(view.data());
}

std::size_t bytes_of(std::size_t count, std::size_t size) {
    if (size != 0 && count > std::numeric_limits<std::size_t>::max() / size) {
        throw nb::value_error("too many elements");
    }
    return count * size;
}

void convert(const TypeID& src,
             const TypeID& dst,
             Size n,
             nb::handle buf,
             nb::handle bkg,
             const ObjectID* dxpl) {
    const std::size_t result_size = h5t::size(dst.id());
    const std::size_t needed = bytes_of(n, std::max(h5t::size(src.id()), result_size));
    const ArrayView buffer(buf);
    std::byte* const data = conversion_memory(buffer, needed, "buf");
    std::vector<std::byte> copy;
    std::byte* background = nullptr;
    if (!bkg.is_none()) {
        const ArrayView given(bkg);
        background = conversion_memory(given, bytes_of(n, result_size), "bkg");
    } else if (h5t::detect_class(src.id(), h5t::Class::compound) ||
               h5t::detect_class(dst.id(), h5t::Class::compound)) {
        copy.assign(data, data + needed);
        background = copy.data();
    }
    h5t::convert(src.id(), dst.id(), n, data, background, id_or_default(dxpl));
}

nb::object find(const TypeID& src, const TypeID& dst) {
    const std::optional<h5t::Background> background = h5t::find_conversion(src.id(), dst.id());
    return background ? nb::object(nb::make_tuple(static_cast<int>(*background))) : nb::none();
}

void bind_making(nb::module_& m) {
    m.def("create",
          &create,
          nb::arg("classtype"),
          nb::arg("size"),
          "Create a COMPOUND or OPAQUE datatype of the given size in bytes. Source: H5Tcreate.");
    m.def(
        "open",
        [](const ObjectID& group, const ByteString& name, const ObjectID* tapl) {
            return wrap_type(h5t::open(group.id(), name.value, id_or_default(tapl)));
        },
        nb::arg("group"),
        nb::arg("name"),
        nb::arg("tapl") = nb::none(),
        "Open a datatype that was committed to a file. Source: H5Topen2.");
    m.def("array_create",
          &array_create,
          nb::arg("base"),
          nb::arg("dims_tpl").none(),
          "An array datatype: a fixed shape of elements. Source: H5Tarray_create2.");
    m.def(
        "enum_create",
        [](const TypeID& base) { return wrap_type(h5t::enum_create(base.id())); },
        nb::arg("base"),
        "An enumeration over an integer datatype. Source: H5Tenum_create.");
    m.def(
        "vlen_create",
        [](const TypeID& base) { return wrap_type(h5t::vlen_create(base.id())); },
        nb::arg("base"),
        "A variable-length sequence of elements. Source: H5Tvlen_create.");
    m.def("decode",
          &decode,
          nb::arg("buf"),
          "A datatype from the bytes that encode() makes. Source: H5Tdecode.");
}

void bind_converting(nb::module_& m) {
    m.def("typewrap",
          &typewrap,
          nb::arg("id_"),
          "The object for a datatype identifier's number; it takes over one reference.");
    m.def("py_create",
          &py_create,
          nb::arg("dtype_in").none(),
          nb::arg("logical").none() = 0,
          nb::arg("aligned").none() = 0,
          "The datatype of a NumPy dtype: byte for byte that of the array's memory or, if logical, "
          "the one that says what the values mean (strings, enumerations, references, sequences).");
    m.def(
        "convert",
        &convert,
        nb::arg("src"),
        nb::arg("dst"),
        nb::arg("n"),
        nb::arg("buf"),
        nb::arg("bkg") = nb::none(),
        nb::arg("dxpl") = nb::none(),
        "Convert n elements in place; buf holds them packed, whatever its dtype, and has room for "
        "the larger type. bkg holds what compound members keep that src lacks. "
        "Source: H5Tconvert.");
    m.def("find",
          &find,
          nb::arg("src"),
          nb::arg("dst"),
          "The kind of conversion between two types: None where there is none, else a tuple of "
          "BKG_NO, BKG_TEMP or BKG_YES. Source: H5Tfind.");
}

void bind_functions(nb::module_& m) {
    bind_making(m);
    bind_converting(m);
}

void bind_class_constants(nb::module_& m) {
    const auto value = [&](const char* name, auto code) { m.attr(name) = static_cast<int>(code); };
    value("NO_CLASS", h5t::Class::no_class);
    value("INTEGER", h5t::Class::integer);
    value("FLOAT", h5t::Class::floating);
    value("TIME", h5t::Class::time);
    value("STRING", h5t::Class::string);
    value("BITFIELD", h5t::Class::bitfield);
    value("OPAQUE", h5t::Class::opaque);
    value("COMPOUND", h5t::Class::compound);
    value("REFERENCE", h5t::Class::reference);
    value("ENUM", h5t::Class::enumeration);
    value("VLEN", h5t::Class::vlen);
    value("ARRAY", h5t::Class::array);
    if (hdf5::has_native_complex()) {
        value("COMPLEX", h5t::Class::complex);
    }
}

void bind_property_constants(nb::module_& m) {
    const auto value = [&](const char* name, auto code) { m.attr(name) = static_cast<int>(code); };
    value("SGN_NONE", h5t::Sign::unsigned_);
    value("SGN_2", h5t::Sign::twos_complement);
    value("ORDER_LE", h5t::Order::little);
    value("ORDER_BE", h5t::Order::big);
    value("ORDER_VAX", h5t::Order::vax);
    value("ORDER_NONE", h5t::Order::none);
    value("ORDER_NATIVE", kNativeOrder == ByteOrder::little ? h5t::Order::little : h5t::Order::big);
    value("DIR_DEFAULT", h5t::Direction::standard);
    value("DIR_ASCEND", h5t::Direction::ascend);
    value("DIR_DESCEND", h5t::Direction::descend);
    value("STR_NULLTERM", h5t::StringPad::null_terminated);
    value("STR_NULLPAD", h5t::StringPad::null_padded);
    value("STR_SPACEPAD", h5t::StringPad::space_padded);
    value("NORM_IMPLIED", h5t::Norm::implied);
    value("NORM_MSBSET", h5t::Norm::msb_set);
    value("NORM_NONE", h5t::Norm::none);
    value("CSET_ASCII", h5t::CharacterSet::ascii);
    value("CSET_UTF8", h5t::CharacterSet::utf8);
    value("PAD_ZERO", h5t::Pad::zero);
    value("PAD_ONE", h5t::Pad::one);
    value("PAD_BACKGROUND", h5t::Pad::background);
    value("BKG_NO", h5t::Background::no);
    value("BKG_TEMP", h5t::Background::temporary);
    value("BKG_YES", h5t::Background::yes);
    m.attr("VARIABLE") = h5t::kVariable;
}

void bind_predefined_types(nb::module_& m) {
    for (const h5t::PredefinedType& type : h5t::predefined_types()) {
        m.attr(type.name) =
            type.id == hdf5::kInvalidId ? nb::object(nb::int_(type.id)) : wrap_locked_type(type.id);
    }
}

}  // namespace

void bind_h5t(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5t");
    this_module = m;
    bind_type_classes(m);
    bind_class_constants(m);
    bind_property_constants(m);
    bind_predefined_types(m);
    bind_functions(m);
}

}  // namespace hyperslab::python
