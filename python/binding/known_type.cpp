#include "known_type.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include "config.hpp"
#include "numpy_api.hpp"
#include "numpy_dtype.hpp"

namespace hyperslab::python {
namespace {

// More kinds of types than most files have; a miss costs what every look-up would cost without.
constexpr std::size_t kKept = 64;

/// The types met last, in order; for one configuration, which decides what some types are.
struct KnownTypes {
    std::vector<std::shared_ptr<KnownType>> types;
    Config config;
};

KnownTypes& known_types() {
    // Never destroyed: it holds Python objects, and the interpreter goes before the statics do.
    static KnownTypes& made = *new KnownTypes;
    return made;
}

// numpy.dtype(dtype, copy=True) gives the dtype itself; another byte order, "ignore", gives a copy.
nb::object copied_dtype(nb::handle dtype) { return dtype.attr("newbyteorder")("|"); }

}  // namespace

KnownType::KnownType(const Datatype& file_type)
    : file_type_(file_type),
      dtype_(dtype_from_type(file_type)),
      has_fields_(!nb::object(dtype_.attr("names")).is_none()) {}

nb::object KnownType::dtype() const { return has_fields_ ? copied_dtype(dtype_) : dtype_; }

const MemoryLayout& KnownType::layout() {
    if (!layout_) {
        layout_ = std::make_unique<MemoryLayout>(dtype_, file_type_);
    }
    return *layout_;
}

bool KnownType::has_small_scalars() {
    if (scratch_.is_valid()) {
        return true;
    }
    const char kind = dtype_kind(dtype_);
    if (kind == 'V' || kind == 'O' || !layout().direct() || layout().numpy_size() > kSmallElement) {
        return false;
    }
    scratch_ = zeros_array({}, dtype_);
    scratch_data_ = ArrayView(scratch_).data();
    return true;
}

nb::object KnownType::scalar(const void* element) {
    std::memcpy(scratch_data_, element, layout_->numpy_size());
    return scalar_of(scratch_);
}

std::shared_ptr<KnownType> known_type(const Datatype& file_type) {
    KnownTypes& known = known_types();
    if (known.config != config()) {
        known.types.clear();
        known.config = config();
    }
    const auto found = std::ranges::find_if(
        known.types, [&](const auto& type) { return type->file_type() == file_type; });
    if (found != known.types.end()) {
        std::rotate(known.types.begin(), found, found + 1);
        return known.types.front();
    }
    auto made = std::make_shared<KnownType>(file_type);
    if (known.types.size() >= kKept) {
        known.types.pop_back();
    }
    known.types.insert(known.types.begin(), made);
    return made;
}

nb::object scalar_of(nb::handle array) {
    static PyObject* const empty = PyTuple_New(0);
    nb::object scalar = nb::steal(PyObject_GetItem(array.ptr(), empty));
    if (!scalar.is_valid()) {
        throw nb::python_error();
    }
    return scalar;
}

}  // namespace hyperslab::python
