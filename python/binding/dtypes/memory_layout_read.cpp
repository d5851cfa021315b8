// C elements to NumPy elements.

#include <cstring>

#include "dtypes/memory_layout.hpp"
#include "dtypes/numpy_api.hpp"
#include "dtypes/reference.hpp"

namespace hyperslab::python {
namespace {

struct Sequence {  // hvl_t
    std::size_t length;
    const std::byte* values;
};

template <class Value>
Value load(const std::byte* from) {
    Value value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

// A slot of an object array owns a reference, or is null when the array is fresh.
void store_object(std::byte* slot, nb::object object) {
    PyObject* const old = load<PyObject*>(slot);
    PyObject* const fresh = object.release().ptr();
    std::memcpy(slot, &fresh, sizeof fresh);
    Py_XDECREF(old);
}

// Makes one Python object of a string: bytes, or text. The usual encodings have functions of their
// own, because Python would search for them by name each time.
class StringMaker {
public:
    explicit StringMaker(const TextDecoding* decoding) : decoding_(decoding) {
        if (decoding != nullptr &&
            (decoding->encoding == "utf-8" || decoding->encoding == "utf8")) {
            decode_ = PyUnicode_DecodeUTF8;
        } else if (decoding != nullptr && decoding->encoding == "ascii") {
            decode_ = PyUnicode_DecodeASCII;
        }
    }

    nb::object operator()(const char* text) const {
        const char* const begin = text == nullptr ? "" : text;
        PyObject* const object = make(begin, static_cast<Py_ssize_t>(std::strlen(begin)));
        if (object == nullptr) {
            throw nb::python_error();
        }
        return nb::steal(object);
    }

private:
    PyObject* make(const char* begin, Py_ssize_t length) const {
        if (decoding_ == nullptr) {
            return PyBytes_FromStringAndSize(begin, length);
        }
        const char* const errors = decoding_->errors.c_str();
        return decode_ != nullptr
                   ? decode_(begin, length, errors)
                   : PyUnicode_Decode(begin, length, decoding_->encoding.c_str(), errors);
    }

    const TextDecoding* decoding_;
    PyObject* (*decode_)(const char*, Py_ssize_t, const char*) = nullptr;
};

void convert(const ElementLayout& layout,
             const std::byte* c,
             std::byte* numpy,
             const TextDecoding* text);

nb::object sequence_array(const ElementLayout& element,
                          const Sequence& sequence,
                          const TextDecoding* text) {
    const std::size_t count = sequence.values == nullptr ? 0 : sequence.length;
    if (element.direct) {
        void* data = nullptr;
        nb::object row = empty_row(count, element.dtype, data);
        if (count != 0) {
            std::memcpy(data, sequence.values, count * element.numpy_size);
        }
        return row;
    }
    nb::object array = zeros_array({count}, element.dtype);
    auto* const to = static_cast<std::byte*>(ArrayView(array).data());
    for (std::size_t i = 0; i < count; ++i) {
        convert(element,
                sequence.values + i * element.c_type.size(),
                to + i * element.numpy_size,
                text);
    }
    return array;
}

void apply(const Step& step, const std::byte* c, std::byte* numpy, const TextDecoding* text) {
    const std::byte* const from = c + step.c_offset;
    std::byte* const to = numpy + step.numpy_offset;
    switch (step.kind) {
        case Step::Kind::copy:
            std::memcpy(to, from, step.size);
            break;
        case Step::Kind::string:
            store_object(to, StringMaker(text)(load<const char*>(from)));
            break;
        case Step::Kind::fixed_string: {
            const char* const string = load<const char*>(from);
            const std::size_t length = string == nullptr ? 0 : ::strnlen(string, step.size);
            if (length != 0) {
                std::memcpy(to, string, length);
            }
            std::memset(to + length, 0, step.size - length);
            break;
        }
        case Step::Kind::sequence:
            store_object(to, sequence_array(*step.element, load<Sequence>(from), text));
            break;
        case Step::Kind::object_reference:
            store_object(to, nb::cast(Reference::object(from)));
            break;
        case Step::Kind::region_reference:
            store_object(to, nb::cast(RegionReference::region(from)));
            break;
        case Step::Kind::standard_reference:
            store_object(to,
                         nb::cast(StandardReference{hdf5::h5r::StandardReference::copy_of(from)}));
            break;
        case Step::Kind::repeat:
            for (std::size_t i = 0; i < step.count; ++i) {
                convert(*step.element,
                        from + i * step.element->c_type.size(),
                        to + i * step.element->numpy_size,
                        text);
            }
            break;
    }
}

void convert(const ElementLayout& layout,
             const std::byte* c,
             std::byte* numpy,
             const TextDecoding* text) {
    for (const Step& step : layout.steps) {
        apply(step, c, numpy, text);
    }
}

// Converts elements that are single strings.
void convert_strings(const std::byte* c,
                     std::uint64_t count,
                     std::byte* numpy,
                     const TextDecoding* text) {
    const StringMaker make(text);
    for (std::uint64_t i = 0; i < count; ++i) {
        store_object(numpy + i * sizeof(PyObject*), make(load<const char*>(c + i * sizeof(char*))));
    }
}

}  // namespace

void MemoryLayout::to_numpy(const std::byte* c, std::byte* numpy, const TextDecoding* text) const {
    convert(element_, c, numpy, text);
}

void MemoryLayout::to_numpy(const std::byte* c,
                            std::uint64_t count,
                            std::byte* numpy,
                            const TextDecoding* text) const {
    if (c_size() == sizeof(char*) && element_.steps.size() == 1 &&
        element_.steps[0].kind == Step::Kind::string) {
        convert_strings(c, count, numpy, text);
        return;
    }
    for (std::uint64_t i = 0; i < count; ++i) {
        to_numpy(c + i * c_size(), numpy + i * numpy_size(), text);
    }
}

}  // namespace hyperslab::python
