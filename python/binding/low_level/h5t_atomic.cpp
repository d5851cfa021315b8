// h5t: the classes of numbers.

#include "hdf5/api/h5.hpp"
#include "hdf5/types/h5t.hpp"
#include "low_level/type_binding.hpp"
#include "support/integer.hpp"

namespace hyperslab::python {
namespace {

namespace h5t = hdf5::h5t;

int order_of(const TypeID& self) { return static_cast<int>(h5t::order(self.id())); }

constexpr const char* kOrderDoc =
    "The byte order: ORDER_LE, ORDER_BE or ORDER_NONE. Source: H5Tget_order.";

void bind_atomic(nb::module_& m) {
    bind_type_class<TypeAtomicID, TypeID>(
        m, "TypeAtomicID", "Numbers, and what lies in memory like one.")
        .def("get_order", &order_of, kOrderDoc)
        .def(
            "set_order",
            [](const TypeAtomicID& self, Int order) {
                h5t::set_order(self.id(), static_cast<h5t::Order>(int{order}));
            },
            nb::arg("order"),
            "Set the byte order. Source: H5Tset_order.")
        .def(
            "get_precision",
            [](const TypeAtomicID& self) { return h5t::precision(self.id()); },
            "The number of significant bits. Source: H5Tget_precision.")
        .def(
            "set_precision",
            [](const TypeAtomicID& self, Size precision) {
                h5t::set_precision(self.id(), precision);
            },
            nb::arg("precision"),
            "Set the significant bits. Source: H5Tset_precision.")
        .def(
            "get_offset",
            [](const TypeAtomicID& self) { return h5t::offset(self.id()); },
            "The first significant bit. Source: H5Tget_offset.")
        .def(
            "set_offset",
            [](const TypeAtomicID& self, Size offset) { h5t::set_offset(self.id(), offset); },
            nb::arg("offset"),
            "Set the first significant bit. Source: H5Tset_offset.")
        .def(
            "get_pad",
            [](const TypeAtomicID& self) {
                const h5t::Padding pad = h5t::pad(self.id());
                return nb::make_tuple(static_cast<int>(pad.low), static_cast<int>(pad.high));
            },
            "Padding below and above the significant bits: two of the PAD constants. Source: "
            "H5Tget_pad.")
        .def(
            "set_pad",
            [](const TypeAtomicID& self, Int lsb, Int msb) {
                h5t::set_pad(self.id(),
                             {static_cast<h5t::Pad>(int{lsb}), static_cast<h5t::Pad>(int{msb})});
            },
            nb::arg("lsb"),
            nb::arg("msb"),
            "Set both paddings. Source: H5Tset_pad.");
}

void bind_integer(nb::module_& m) {
    bind_type_class<TypeIntegerID, TypeAtomicID>(
        m, "TypeIntegerID", "Integers, signed and unsigned.")
        .def(
            "get_sign",
            [](const TypeIntegerID& self) { return static_cast<int>(h5t::sign(self.id())); },
            "The kind of sign: SGN_NONE for unsigned, SGN_2 for two's complement. Source: "
            "H5Tget_sign.")
        .def(
            "set_sign",
            [](const TypeIntegerID& self, Int sign) {
                h5t::set_sign(self.id(), static_cast<h5t::Sign>(int{sign}));
            },
            nb::arg("sign"),
            "Set whether integers are signed. Source: H5Tset_sign.");
}

nb::tuple fields_of(const TypeFloatID& self) {
    const h5t::Fields f = h5t::fields(self.id());
    return nb::make_tuple(f.sign_position,
                          f.exponent_position,
                          f.exponent_size,
                          f.mantissa_position,
                          f.mantissa_size);
}

void set_fields(const TypeFloatID& self, Size spos, Size epos, Size esize, Size mpos, Size msize) {
    h5t::set_fields(self.id(), {spos, epos, esize, mpos, msize});
}

void bind_float(nb::module_& m) {
    bind_type_class<TypeFloatID, TypeAtomicID>(m, "TypeFloatID", "Floating-point numbers.")
        .def("get_fields",
             &fields_of,
             "The places of the parts in bits: (sign position, exponent position and size, "
             "mantissa position and size). Source: H5Tget_fields.")
        .def("set_fields",
             &set_fields,
             nb::arg("spos"),
             nb::arg("epos"),
             nb::arg("esize"),
             nb::arg("mpos"),
             nb::arg("msize"),
             "Set where the parts lie. Source: H5Tset_fields.")
        .def(
            "get_ebias",
            [](const TypeFloatID& self) { return h5t::exponent_bias(self.id()); },
            "The exponent's bias. Source: H5Tget_ebias.")
        .def(
            "set_ebias",
            [](const TypeFloatID& self, Size ebias) { h5t::set_exponent_bias(self.id(), ebias); },
            nb::arg("ebias"),
            "Set the exponent's bias. Source: H5Tset_ebias.")
        .def(
            "get_norm",
            [](const TypeFloatID& self) { return static_cast<int>(h5t::norm(self.id())); },
            "How the mantissa is normalised: NORM_IMPLIED, NORM_MSBSET or NORM_NONE. Source: "
            "H5Tget_norm.")
        .def(
            "set_norm",
            [](const TypeFloatID& self, Int norm) {
                h5t::set_norm(self.id(), static_cast<h5t::Norm>(int{norm}));
            },
            nb::arg("norm"),
            "Set how the mantissa is normalised. Source: H5Tset_norm.")
        .def(
            "get_inpad",
            [](const TypeFloatID& self) { return static_cast<int>(h5t::inner_pad(self.id())); },
            "Padding between the parts. Source: H5Tget_inpad.")
        .def(
            "set_inpad",
            [](const TypeFloatID& self, Int pad_code) {
                h5t::set_inner_pad(self.id(), static_cast<h5t::Pad>(int{pad_code}));
            },
            nb::arg("pad_code"),
            "Set the padding between the parts. Source: H5Tset_inpad.");
}

}  // namespace

void bind_atomic_type_classes(nb::module_& m) {
    bind_type_class<TypeBitfieldID, TypeID>(m, "TypeBitfieldID", "Bits without a number's meaning.")
        .def("get_order", &order_of, kOrderDoc);
    bind_atomic(m);
    bind_integer(m);
    bind_float(m);
    if (hdf5::has_native_complex()) {
        bind_type_class<TypeComplexID, TypeAtomicID>(
            m, "TypeComplexID", "Complex numbers as HDF5 2 has them.");
    }
}

}  // namespace hyperslab::python
