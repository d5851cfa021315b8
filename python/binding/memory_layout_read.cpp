// C elements to NumPy elements.

#include <cstring>

#include "memory_layout.hpp"
#include "numpy_api.hpp"
#include "reference.hpp"

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

nb::object string_object(const char* text, const TextDecoding* decoding) {
    const char* const begin = text == nullptr ? "" : text;
    const auto length = static_cast<Py_ssize_t>(std::strlen(begin));
    PyObject* const object =
        decoding == nullptr
            ? PyBytes_FromStringAndSize(begin, length)
            : PyUnicode_Decode(begin, length, decoding->encoding.c_str(), decoding->errors.c_str());
    if (object == nullptr) {
        throw nb::python_error();
    }
    return nb::steal(object);
}

void convert(const ElementLayout& layout,
             const std::byte* c,
             std::byte* numpy,
             const TextDecoding* text);

nb::object sequence_array(const ElementLayout& element,
                          const Sequence& sequence,
                          const TextDecoding* text) {
    const std::size_t count = sequence.values == nullptr ? 0 : sequence.length;
    nb::object array =
        element.direct ? empty_array({count}, element.dtype) : zeros_array({count}, element.dtype);
    if (count == 0) {
        return array;
    }
    auto* const to = static_cast<std::byte*>(ArrayView(array).data());
    if (element.direct) {
        std::memcpy(to, sequence.values, count * element.numpy_size);
        return array;
    }
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
            store_object(to, string_object(load<const char*>(from), text));
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

}  // namespace

void MemoryLayout::to_numpy(const std::byte* c, std::byte* numpy, const TextDecoding* text) const {
    convert(element_, c, numpy, text);
}

}  // namespace hyperslab::python
