// NumPy as this binding uses it: its Python functions, the array interface protocol, and of its C
// API what is the same in all versions.
//
// The layout of NumPy's C structs changes between versions, and one build has to serve all of them.
// So an array's shape and strides are reached through `__array_struct__`, which is documented and
// stable, and works for every dtype (the buffer protocol does not). Two facts are taken from the
// ABI, on which extension modules built years ago rely: a function never moves in the table of C
// functions, of which those that make arrays are used; and an array begins with the pointer to its
// memory, behind the head that every object has. Both save half of the time of a small read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "hyperslab/shape.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// NumPy's functions and types, looked up once.
struct NumPy {
    /// A number of dimensions, their lengths, the dtype (of which a reference is taken over), and 0
    /// for C order.
    using MakeArray = PyObject* (*)(int, const std::intptr_t*, PyObject*, int);

    nb::object module;
    nb::object ndarray;  ///< the array type
    nb::object generic;  ///< base of the scalar types
    nb::object dtype;    ///< the dtype type
    nb::object empty;
    nb::object zeros;
    nb::object asarray;
    nb::object array_struct;  ///< the name of an array's interface
    nb::object of_float;      ///< the dtypes of Python's own values: float64
    nb::object of_int;        ///< int64
    nb::object of_bool;
    nb::object of_text;    ///< objects that are str, stored with variable length
    MakeArray make_zeros;  ///< PyArray_Zeros
    MakeArray make_empty;  ///< PyArray_Empty
};

/// Looks NumPy up; called by the import.
void find_numpy();

const NumPy& numpy();

bool is_array(nb::handle object);
bool is_dtype(nb::handle object);

/// numpy.dtype(description), or the object itself when it is a dtype.
nb::object to_dtype(nb::handle description);

/// A new array in C order; its memory is not initialised, or zeroed.
nb::object empty_array(const Shape& shape, nb::handle dtype);
nb::object zeros_array(const Shape& shape, nb::handle dtype);

/// An array of zeros that is so large that its memory comes from the system, in large pages. NumPy
/// asks for large pages itself, but not in all versions when it makes zeros.
nb::object mapped_zeros_array(const Shape& shape, nb::handle dtype);

/// An empty array of a single dimension, and the address of its memory, for code that makes many.
nb::object empty_row(std::size_t count, nb::handle dtype, void*& data);

/// The address of the memory of an array.
void* memory_of(nb::handle array);

/// An array's memory. Valid while the view lives.
class ArrayView {
public:
    /// \throws TypeError when the object is not a NumPy array
    explicit ArrayView(nb::handle array);

    void* data() const { return data_; }
    std::size_t itemsize() const { return itemsize_; }
    std::size_t size() const;
    Shape shape() const;
    int ndim() const { return static_cast<int>(shape_.size()); }
    std::span<const std::intptr_t> strides() const { return strides_; }
    bool c_contiguous() const { return (flags_ & 1) != 0; }
    bool aligned() const { return (flags_ & 0x100) != 0; }
    bool writable() const { return (flags_ & 0x400) != 0; }

private:
    nb::object interface_;  // the capsule owns what the spans point to
    void* data_ = nullptr;
    std::size_t itemsize_ = 0;
    int flags_ = 0;
    std::span<const std::intptr_t> shape_;
    std::span<const std::intptr_t> strides_;
};

/// An array of HDF5 sizes (uint64) with a copy of the values.
nb::object array_of_sizes(std::span<const std::uint64_t> values, const Shape& shape);

/// Any nested sequence as a C-contiguous array of the dtype.
nb::object as_contiguous(nb::handle object, const char* dtype);

}  // namespace hyperslab::python
