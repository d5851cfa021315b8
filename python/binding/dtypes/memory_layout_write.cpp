// NumPy elements to C elements.

#include <cstring>

#include "dtypes/memory_layout.hpp"
#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "dtypes/reference.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"

namespace hyperslab::python {
namespace {

struct Sequence {  // hvl_t
    std::size_t length;
    void* values;
};

nb::handle object_at(const std::byte* slot) {
    PyObject* object = nullptr;
    std::memcpy(&object, slot, sizeof object);
    return object == nullptr ? nb::handle(Py_None) : nb::handle(object);
}

template <class Value>
void store(std::byte* to, const Value& value) {
    std::memcpy(to, &value, sizeof value);
}

// The bytes of a text. They live in the str itself, or in an encoded copy that is kept alive.
const char* text_bytes(nb::handle object, CharacterSet set, KeepAlive& keep, Py_ssize_t& length) {
    if (PyUnicode_Check(object.ptr())) {
        if (set == CharacterSet::ascii && !PyUnicode_IS_ASCII(object.ptr())) {
            object.attr("encode")("ascii");  // raises UnicodeEncodeError
        }
        const char* const text = PyUnicode_AsUTF8AndSize(object.ptr(), &length);
        if (text == nullptr) {
            throw nb::python_error();
        }
        keep.objects.push_back(nb::borrow(object));
        return text;
    }
    if (PyBytes_Check(object.ptr())) {
        length = PyBytes_GET_SIZE(object.ptr());
        keep.objects.push_back(nb::borrow(object));
        return PyBytes_AS_STRING(object.ptr());
    }
    throw nb::type_error("Can't implicitly convert non-string objects to strings");
}

const char* string_pointer(nb::handle object, CharacterSet set, KeepAlive& keep) {
    Py_ssize_t length = 0;
    const char* const text = text_bytes(object, set, keep, length);
    if (std::strlen(text) != static_cast<std::size_t>(length)) {
        throw nb::value_error("VLEN strings do not support embedded NULLs");
    }
    return text;
}

void convert(const ElementLayout& layout, const std::byte* numpy, std::byte* c, KeepAlive& keep);

std::vector<std::byte>& new_buffer(KeepAlive& keep, std::size_t bytes) {
    return keep.buffers.emplace_back(bytes);
}

// Another type of number than the file's: libhdf5 converts it, as it would in a plain array.
void* converted_values(const ElementLayout& element, nb::handle array, KeepAlive& keep) {
    const ArrayView view(array);
    const Datatype source = type_from_dtype(nb::object(array.attr("dtype")), false);
    const std::size_t count = view.size() * view.itemsize() / source.size();
    auto& buffer = new_buffer(keep, count * std::max(source.size(), element.c_type.size()));
    std::memcpy(buffer.data(), view.data(), count * source.size());
    const hdf5::Handle from = hdf5::make_type(source);
    const hdf5::Handle to = hdf5::make_type(element.c_type);
    hdf5::h5t::convert(from.id(), to.id(), count, buffer.data());
    return buffer.data();
}

Sequence sequence_of(const ElementLayout& element, nb::handle object, KeepAlive& keep) {
    if (object.is_none() || PyUnicode_Check(object.ptr()) || PyBytes_Check(object.ptr())) {
        throw nb::type_error("A variable-length element must be an array or a sequence");
    }
    nb::object array = is_array(object) ? nb::borrow(object)
                                        : numpy().asarray(object, nb::arg("dtype") = element.dtype);
    array = numpy().module.attr("ascontiguousarray")(array);
    const bool of_objects = !element.direct;
    // Objects are found by the element dtype's offsets, which follow the file's type.
    if (of_objects && !nb::object(array.attr("dtype")).equal(element.dtype)) {
        array = array.attr("astype")(element.dtype);
    }
    const ArrayView view(array);
    if (view.ndim() == 0 || (of_objects && view.ndim() != 1)) {
        throw nb::type_error("A variable-length element must be one-dimensional");
    }
    const std::size_t length = static_cast<std::size_t>(view.shape()[0]);
    keep.objects.push_back(array);
    if (of_objects) {
        auto& buffer = new_buffer(keep, length * element.c_type.size());
        const auto* const from = static_cast<const std::byte*>(view.data());
        for (std::size_t i = 0; i < length; ++i) {
            convert(element,
                    from + i * view.itemsize(),
                    buffer.data() + i * element.c_type.size(),
                    keep);
        }
        return {length, buffer.data()};
    }
    if (nb::object(array.attr("dtype")).equal(element.dtype)) {
        return {length, view.data()};
    }
    return {length, converted_values(element, array, keep)};
}

void store_object_reference(nb::handle object, std::byte* to) {
    if (object.is_none()) {
        std::memset(to, 0, Reference::kSize);
        return;
    }
    const Reference* reference = nullptr;
    if (!nb::try_cast(object, reference) || reference == nullptr) {
        throw nb::type_error("Can't convert incompatible object to HDF5 object reference");
    }
    if (reference->is_region()) {
        throw nb::type_error("Can't convert dataset region reference to object reference");
    }
    std::memcpy(to, reference->data(), Reference::kSize);
}

void store_region_reference(nb::handle object, std::byte* to) {
    if (object.is_none()) {
        std::memset(to, 0, RegionReference::kSize);
        return;
    }
    const RegionReference* reference = nullptr;
    if (!nb::try_cast(object, reference) || reference == nullptr) {
        throw nb::type_error("Can't convert incompatible object to HDF5 region reference");
    }
    std::memcpy(to, reference->data(), RegionReference::kSize);
}

void store_standard_reference(nb::handle object, std::byte* to, KeepAlive& keep) {
    if (object.is_none()) {
        std::memset(to, 0, hdf5::h5r::kStandardSize);
        return;
    }
    const StandardReference* reference = nullptr;
    if (!nb::try_cast(object, reference) || reference == nullptr) {
        throw nb::type_error("Can't convert incompatible object to HDF5 standard reference");
    }
    keep.references.push_back(reference->value);
    keep.references.back().put_into(to);
}

void apply(const Step& step, const std::byte* numpy, std::byte* c, KeepAlive& keep) {
    const std::byte* const from = numpy + step.numpy_offset;
    std::byte* const to = c + step.c_offset;
    switch (step.kind) {
        case Step::Kind::copy:
            std::memcpy(to, from, step.size);
            break;
        case Step::Kind::string:
            store(to, string_pointer(object_at(from), step.set, keep));
            break;
        case Step::Kind::fixed_string: {
            auto& text = new_buffer(keep, step.size + 1);  // ends with a zero
            std::memcpy(text.data(), from, step.size);
            store(to, text.data());
            break;
        }
        case Step::Kind::sequence:
            store(to, sequence_of(*step.element, object_at(from), keep));
            break;
        case Step::Kind::object_reference:
            store_object_reference(object_at(from), to);
            break;
        case Step::Kind::region_reference:
            store_region_reference(object_at(from), to);
            break;
        case Step::Kind::standard_reference:
            store_standard_reference(object_at(from), to, keep);
            break;
        case Step::Kind::repeat:
            for (std::size_t i = 0; i < step.count; ++i) {
                convert(*step.element,
                        from + i * step.element->numpy_size,
                        to + i * step.element->c_type.size(),
                        keep);
            }
            break;
    }
}

void convert(const ElementLayout& layout, const std::byte* numpy, std::byte* c, KeepAlive& keep) {
    for (const Step& step : layout.steps) {
        apply(step, numpy, c, keep);
    }
}

}  // namespace

void MemoryLayout::from_numpy(const std::byte* numpy, std::byte* c, KeepAlive& keep) const {
    convert(element_, numpy, c, keep);
}

}  // namespace hyperslab::python
