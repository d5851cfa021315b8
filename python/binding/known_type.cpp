#include "known_type.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include "config.hpp"
#include "dataset_read.hpp"
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

bool has_fields(nb::handle dtype) { return !nb::object(dtype.attr("names")).is_none(); }

// Programs read the same few fields of many tables.
constexpr std::size_t kKeptSubsets = 8;

bool equal_names(const std::vector<nb::object>& a, const std::vector<nb::object>& b) {
    return std::ranges::equal(
        a, b, [](const nb::object& one, const nb::object& other) { return one.equal(other); });
}

}  // namespace

KnownType::KnownType(const Datatype& file_type)
    : file_type_(file_type), dtype_(dtype_from_type(file_type)), has_fields_(has_fields(dtype_)) {}

nb::object KnownType::dtype() const { return has_fields_ ? copied_dtype(dtype_) : dtype_; }

const MemoryLayout& KnownType::layout() {
    if (!layout_) {
        layout_ = std::make_unique<MemoryLayout>(dtype_, file_type_);
    }
    return *layout_;
}

FieldSubset KnownType::subset(const std::vector<nb::object>& names) {
    auto found = std::ranges::find_if(
        subsets_, [&](const FieldSubset& subset) { return equal_names(subset.names, names); });
    if (found == subsets_.end()) {
        FieldSubset made = make_subset(names);
        if (subsets_.size() == kKeptSubsets) {
            subsets_.clear();
        }
        found = subsets_.insert(subsets_.end(), std::move(made));
    }
    FieldSubset subset = *found;
    if (has_fields(subset.dtype)) {
        subset.dtype = copied_dtype(subset.dtype);
    }
    return subset;
}

FieldSubset KnownType::make_subset(const std::vector<nb::object>& names) const {
    nb::list list;
    for (const nb::object& name : names) {
        list.append(name);
    }
    const nb::object dtype = subset_dtype(dtype_, list);  // complains about what cannot be
    if (names.size() > 1) {
        return {names, dtype, std::make_shared<const MemoryLayout>(dtype, file_type_)};
    }
    // One field is read alone: an array of its own, not a view of records.
    const nb::object field = nb::object(dtype.attr("fields"))[names.front()][0];
    return {names,
            field,
            std::make_shared<const MemoryLayout>(
                MemoryLayout::of_field(nb::cast<std::string>(names.front()), field, file_type_))};
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
