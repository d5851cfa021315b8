// H5T: the types that exist by name.
//
// Beside libhdf5's own types there are those that h5py makes for NumPy: quadruple precision, the
// machine's long double in either byte order, and two opaque types that mark memory only Python can
// read.

#include <algorithm>
#include <vector>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/types/h5t.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5t {
namespace {

Id locked(Handle type) {
    lock(type.id());
    return type.release();
}

Handle with_order(Id type, Order order) {
    Handle copied = copy(type);
    set_order(copied.id(), order);
    return copied;
}

Id quadruple(Order order) {
    Handle type = with_order(H5T_IEEE_F64LE, order);
    set_size(type.id(), 16);
    set_precision(type.id(), 128);
    set_fields(type.id(), {127, 112, 15, 0, 112});
    set_exponent_bias(type.id(), 16383);
    return locked(std::move(type));
}

#if !HYPERSLAB_HAS_FLOAT16_TYPES
Id half(Order order) {
    Handle type = with_order(H5T_IEEE_F32LE, order);
    set_fields(type.id(), {15, 10, 5, 0, 10});
    set_size(type.id(), 2);
    set_exponent_bias(type.id(), 15);
    return locked(std::move(type));
}
#endif

Id tagged(std::size_t size, const char* text) {
    Handle type = create(Class::opaque, size);
    set_tag(type.id(), text);
    return locked(std::move(type));
}

void add_floats(std::vector<PredefinedType>& types) {
    types.insert(types.end(),
                 {
#if HYPERSLAB_HAS_FLOAT16_TYPES
                     {"IEEE_F16BE", H5T_IEEE_F16BE},
                     {"IEEE_F16LE", H5T_IEEE_F16LE},
                     {"NATIVE_FLOAT16", H5T_NATIVE_FLOAT16},
#else
                     {"IEEE_F16BE", half(Order::big)},
                     {"IEEE_F16LE", half(Order::little)},
#endif
                     {"IEEE_F32BE", H5T_IEEE_F32BE},
                     {"IEEE_F32LE", H5T_IEEE_F32LE},
                     {"IEEE_F64BE", H5T_IEEE_F64BE},
                     {"IEEE_F64LE", H5T_IEEE_F64LE},
                     {"IEEE_F128BE", quadruple(Order::big)},
                     {"IEEE_F128LE", quadruple(Order::little)},
                     {"NATIVE_FLOAT", H5T_NATIVE_FLOAT},
                     {"NATIVE_DOUBLE", H5T_NATIVE_DOUBLE},
                     {"NATIVE_LDOUBLE", H5T_NATIVE_LDOUBLE},
                     {"LDOUBLE_BE", locked(with_order(H5T_NATIVE_LDOUBLE, Order::big))},
                     {"LDOUBLE_LE", locked(with_order(H5T_NATIVE_LDOUBLE, Order::little))},
                 });
}

void add_complex([[maybe_unused]] std::vector<PredefinedType>& types) {
#if HYPERSLAB_HAS_HDF5_2
    types.insert(types.end(),
                 {
                     {"COMPLEX_IEEE_F16BE", H5T_COMPLEX_IEEE_F16BE},
                     {"COMPLEX_IEEE_F16LE", H5T_COMPLEX_IEEE_F16LE},
                     {"COMPLEX_IEEE_F32BE", H5T_COMPLEX_IEEE_F32BE},
                     {"COMPLEX_IEEE_F32LE", H5T_COMPLEX_IEEE_F32LE},
                     {"COMPLEX_IEEE_F64BE", H5T_COMPLEX_IEEE_F64BE},
                     {"COMPLEX_IEEE_F64LE", H5T_COMPLEX_IEEE_F64LE},
                     {"NATIVE_FLOAT_COMPLEX", H5T_NATIVE_FLOAT_COMPLEX},
                     {"NATIVE_DOUBLE_COMPLEX", H5T_NATIVE_DOUBLE_COMPLEX},
                     {"NATIVE_LDOUBLE_COMPLEX", H5T_NATIVE_LDOUBLE_COMPLEX},
                 });
#endif
}

void add_standard(std::vector<PredefinedType>& types) {
    types.insert(types.end(),
                 {
                     {"STD_I8LE", H5T_STD_I8LE},       {"STD_I8BE", H5T_STD_I8BE},
                     {"STD_I16LE", H5T_STD_I16LE},     {"STD_I16BE", H5T_STD_I16BE},
                     {"STD_I32LE", H5T_STD_I32LE},     {"STD_I32BE", H5T_STD_I32BE},
                     {"STD_I64LE", H5T_STD_I64LE},     {"STD_I64BE", H5T_STD_I64BE},
                     {"STD_U8LE", H5T_STD_U8LE},       {"STD_U8BE", H5T_STD_U8BE},
                     {"STD_U16LE", H5T_STD_U16LE},     {"STD_U16BE", H5T_STD_U16BE},
                     {"STD_U32LE", H5T_STD_U32LE},     {"STD_U32BE", H5T_STD_U32BE},
                     {"STD_U64LE", H5T_STD_U64LE},     {"STD_U64BE", H5T_STD_U64BE},
                     {"STD_B8LE", H5T_STD_B8LE},       {"STD_B8BE", H5T_STD_B8BE},
                     {"STD_B16LE", H5T_STD_B16LE},     {"STD_B16BE", H5T_STD_B16BE},
                     {"STD_B32LE", H5T_STD_B32LE},     {"STD_B32BE", H5T_STD_B32BE},
                     {"STD_B64LE", H5T_STD_B64LE},     {"STD_B64BE", H5T_STD_B64BE},
                     {"STD_REF_OBJ", H5T_STD_REF_OBJ}, {"STD_REF_DSETREG", H5T_STD_REF_DSETREG},
                     {"STD_REF", H5T_STD_REF},
                 });
}

void add_native(std::vector<PredefinedType>& types) {
    types.insert(types.end(),
                 {
                     {"NATIVE_INT8", H5T_NATIVE_INT8},
                     {"NATIVE_INT16", H5T_NATIVE_INT16},
                     {"NATIVE_INT32", H5T_NATIVE_INT32},
                     {"NATIVE_INT64", H5T_NATIVE_INT64},
                     {"NATIVE_UINT8", H5T_NATIVE_UINT8},
                     {"NATIVE_UINT16", H5T_NATIVE_UINT16},
                     {"NATIVE_UINT32", H5T_NATIVE_UINT32},
                     {"NATIVE_UINT64", H5T_NATIVE_UINT64},
                     {"NATIVE_B8", H5T_NATIVE_B8},
                     {"NATIVE_B16", H5T_NATIVE_B16},
                     {"NATIVE_B32", H5T_NATIVE_B32},
                     {"NATIVE_B64", H5T_NATIVE_B64},
                 });
}

void add_others(std::vector<PredefinedType>& types) {
    types.insert(types.end(),
                 {
                     {"UNIX_D32LE", H5T_UNIX_D32LE},
                     {"UNIX_D32BE", H5T_UNIX_D32BE},
                     {"UNIX_D64LE", H5T_UNIX_D64LE},
                     {"UNIX_D64BE", H5T_UNIX_D64BE},
                     {"C_S1", H5T_C_S1},
                     {"FORTRAN_S1", H5T_FORTRAN_S1},
                     {"PYTHON_OBJECT", tagged(sizeof(void*), "PYTHON:OBJECT")},
                     {"NUMPY_VLEN_STRING", tagged(2 * sizeof(std::size_t), "NUMPY:STRING")},
                 });
}

// The list is never destroyed, because threads may still be at work at exit.
auto& found_types HYPERSLAB_GUARDED_BY(library_lock()) = *new std::vector<PredefinedType>;

}  // namespace

std::span<const PredefinedType> predefined_types() {
    const LockGuard guard;
    if (found_types.empty()) {
        std::vector<PredefinedType> made;
        add_floats(made);
        add_complex(made);
        add_standard(made);
        add_native(made);
        add_others(made);
        found_types = std::move(made);
    }
    return found_types;
}

Id predefined_type(std::string_view name) {
    const auto types = predefined_types();
    const auto found = std::find_if(
        types.begin(), types.end(), [&](const PredefinedType& type) { return type.name == name; });
    if (found == types.end()) {
        throw Error(ErrorCode::internal, "No datatype is called " + std::string(name));
    }
    return found->id;
}

}  // namespace hyperslab::hdf5::h5t
