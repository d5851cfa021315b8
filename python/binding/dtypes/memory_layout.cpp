#include "dtypes/memory_layout.hpp"

#include <algorithm>

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/error.hpp"
#include "support/shapes.hpp"

namespace hyperslab::python {
namespace {

// h5py leaves finding out to libhdf5, whose failure is an OSError, but for what libhdf5 keeps in
// heaps.
[[noreturn]] void throw_no_conversion(nb::handle dtype, const Datatype& file_type) {
    const std::string message = "No conversion path between NumPy's " +
                                nb::cast<std::string>(nb::repr(dtype)) + " and HDF5's " +
                                to_string(file_type);
    if (file_type.has_variable_length()) {
        throw nb::type_error(message.c_str());
    }
    throw Error(ErrorCode::io, message);
}

// h5py's arrays inside sequences carry no hint of strings, references or enumerations, but for the
// fields of records.
nb::object without_hint(const nb::object& dtype) {
    const char kind = dtype_kind(dtype);
    const bool hinted = kind == 'O' || kind == 'i' || kind == 'u';
    return hinted ? numpy().dtype(nb::object(dtype.attr("str"))) : dtype;
}

Step::Kind reference_step(ReferenceKind kind) {
    switch (kind) {
        case ReferenceKind::object:
            return Step::Kind::object_reference;
        case ReferenceKind::region:
            return Step::Kind::region_reference;
        case ReferenceKind::standard:
            break;
    }
    return Step::Kind::standard_reference;
}

// The file's type decides what an object is, as it does for h5py: the dtype's metadata are a hint.
ElementLayout object_layout(nb::handle dtype, const Datatype& file_type) {
    ElementLayout layout{.c_type = file_type,
                         .numpy_size = sizeof(PyObject*),
                         .dtype = nb::borrow(dtype),
                         .direct = false};
    Step step;
    switch (file_type.type_class()) {
        case TypeClass::string:
            if (!file_type.is_variable_string()) {
                throw_no_conversion(dtype, file_type);
            }
            step.kind = Step::Kind::string;
            step.set = file_type.character_set();
            break;
        case TypeClass::vlen: {
            step.kind = Step::Kind::sequence;
            const nb::object element_dtype = without_hint(dtype_from_type(file_type.base()));
            step.element = std::make_shared<const ElementLayout>(
                make_element_layout(element_dtype, file_type.base()));
            layout.c_type = Datatype::vlen(step.element->c_type);
            break;
        }
        case TypeClass::reference:
            step.kind = reference_step(file_type.reference_kind());
            break;
        default:
            throw_no_conversion(dtype, file_type);
    }
    layout.steps.push_back(std::move(step));
    return layout;
}

// libhdf5 cannot turn a string of a file's heap into one of fixed length: we do.
ElementLayout fixed_string_layout(nb::handle dtype, const Datatype& file_type) {
    const std::size_t size = dtype_itemsize(dtype);
    ElementLayout layout{
        .c_type = file_type, .numpy_size = size, .dtype = nb::borrow(dtype), .direct = false};
    layout.steps.push_back({.kind = Step::Kind::fixed_string, .size = size});
    return layout;
}

// Whether a part of the element is a fixed string in memory and a variable one in the file.
bool mixes_strings(nb::handle dtype, const Datatype& file_type) {
    if (!file_type.has_variable_length()) {
        return false;
    }
    if (dtype_kind(dtype) == 'S') {
        return file_type.is_variable_string();
    }
    const nb::object subdtype = dtype.attr("subdtype");
    if (!subdtype.is_none()) {
        return file_type.type_class() == TypeClass::array &&
               mixes_strings(nb::object(subdtype[0]), file_type.base());
    }
    const nb::object names = dtype.attr("names");
    if (names.is_none()) {
        return false;
    }
    for (const nb::handle name : names) {
        const CompoundMember* const member = file_type.find_member(nb::cast<std::string>(name));
        const nb::object field = nb::object(dtype.attr("fields"))[name];
        if (member != nullptr && mixes_strings(nb::object(field[0]), member->type)) {
            return true;
        }
    }
    return false;
}

// Adjacent plain bytes travel as one piece.
void add_step(std::vector<Step>& steps, Step step) {
    if (step.kind == Step::Kind::copy && !steps.empty()) {
        Step& last = steps.back();
        if (last.kind == Step::Kind::copy && last.c_offset + last.size == step.c_offset &&
            last.numpy_offset + last.size == step.numpy_offset) {
            last.size += step.size;
            return;
        }
    }
    steps.push_back(std::move(step));
}

void append_steps(std::vector<Step>& steps,
                  const ElementLayout& part,
                  std::size_t c_offset,
                  std::size_t numpy_offset) {
    if (part.direct) {
        add_step(steps,
                 {.kind = Step::Kind::copy,
                  .c_offset = c_offset,
                  .numpy_offset = numpy_offset,
                  .size = part.numpy_size});
        return;
    }
    for (Step step : part.steps) {
        step.c_offset += c_offset;
        step.numpy_offset += numpy_offset;
        add_step(steps, std::move(step));
    }
}

// C elements are packed: nothing but our own steps reads them field by field.
ElementLayout compound_layout(nb::handle dtype, const Datatype& file_type) {
    if (file_type.type_class() != TypeClass::compound) {
        throw_no_conversion(dtype, file_type);
    }
    ElementLayout layout{
        .numpy_size = dtype_itemsize(dtype), .dtype = nb::borrow(dtype), .direct = false};
    const nb::object fields = dtype.attr("fields");
    std::vector<CompoundMember> members;
    std::size_t end = 0;
    for (const nb::handle name : nb::object(dtype.attr("names"))) {
        const auto member_name = nb::cast<std::string>(name);
        const CompoundMember* const member = file_type.find_member(member_name);
        if (member == nullptr) {
            continue;  // not in the file: it keeps its bytes in memory
        }
        const nb::object field = fields[name];
        const ElementLayout part = make_element_layout(nb::object(field[0]), member->type);
        append_steps(layout.steps, part, end, nb::cast<std::size_t>(field[1]));
        members.push_back({member_name, end, part.c_type});
        end += part.c_type.size();
    }
    if (members.empty()) {
        throw_no_conversion(dtype, file_type);
    }
    layout.c_type = Datatype::compound(end, std::move(members));
    return layout;
}

ElementLayout array_layout(nb::handle dtype, nb::handle subdtype, const Datatype& file_type) {
    if (file_type.type_class() != TypeClass::array) {
        throw_no_conversion(dtype, file_type);
    }
    const Shape dims = shape_from_tuple(nb::object(subdtype[1]), "array shape");
    const auto element = std::make_shared<const ElementLayout>(
        make_element_layout(nb::object(subdtype[0]), file_type.base()));
    ElementLayout layout{.c_type = Datatype::array(element->c_type, dims),
                         .numpy_size = dtype_itemsize(dtype),
                         .dtype = nb::borrow(dtype),
                         .direct = false};
    layout.steps.push_back({.kind = Step::Kind::repeat,
                            .count = static_cast<std::size_t>(element_count(dims)),
                            .element = element});
    return layout;
}

}  // namespace

bool has_standard_references(const ElementLayout& layout) {
    return std::ranges::any_of(layout.steps, [](const Step& step) {
        return step.kind == Step::Kind::standard_reference ||
               (step.element != nullptr && has_standard_references(*step.element));
    });
}

ElementLayout make_element_layout(nb::handle dtype, const Datatype& file_type) {
    const bool mixed = mixes_strings(dtype, file_type);
    if (mixed && dtype_kind(dtype) == 'S') {
        return fixed_string_layout(dtype, file_type);
    }
    if (!mixed && !dtype_has_objects(dtype)) {
        if (file_type.type_class() == TypeClass::vlen || file_type.is_variable_string()) {
            throw_no_conversion(dtype, file_type);
        }
        return {.c_type = type_from_dtype(dtype, false),
                .numpy_size = dtype_itemsize(dtype),
                .dtype = nb::borrow(dtype)};
    }
    if (dtype_kind(dtype) == 'O') {
        return object_layout(dtype, file_type);
    }
    if (!nb::object(dtype.attr("names")).is_none()) {
        return compound_layout(dtype, file_type);
    }
    return array_layout(dtype, nb::object(dtype.attr("subdtype")), file_type);
}

MemoryLayout::MemoryLayout(ElementLayout element)
    : element_(std::move(element)),
      type_(hdf5::make_type(element_.c_type)),
      holds_references_(has_standard_references(element_)) {}

MemoryLayout::MemoryLayout(nb::handle dtype, const Datatype& file_type)
    : MemoryLayout(make_element_layout(dtype, file_type)) {}

MemoryLayout MemoryLayout::of_field(const std::string& name,
                                    nb::handle dtype,
                                    const Datatype& file_type) {
    const CompoundMember* const member = file_type.find_member(name);
    ElementLayout element =
        make_element_layout(dtype, member == nullptr ? file_type : member->type);
    element.c_type = Datatype::compound(element.c_type.size(), {{name, 0, element.c_type}});
    return MemoryLayout(std::move(element));
}

MemoryLayout MemoryLayout::of_text() {
    ElementLayout element{.c_type = Datatype::variable_string(CharacterSet::utf8),
                          .numpy_size = sizeof(PyObject*),
                          .dtype = numpy().dtype("O"),
                          .direct = false};
    element.steps.push_back({.kind = Step::Kind::string, .set = CharacterSet::utf8});
    return MemoryLayout(std::move(element));
}

MemoryLayout::MemoryLayout(nb::handle dtype, hdf5::Handle memory_type)
    : element_{.c_type = hdf5::describe_type(memory_type.id()),
               .numpy_size = dtype_itemsize(dtype),
               .dtype = nb::borrow(dtype)},
      type_(std::move(memory_type)) {}

}  // namespace hyperslab::python
