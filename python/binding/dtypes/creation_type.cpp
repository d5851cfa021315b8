#include "dtypes/creation_type.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "dtypes/numpy_dtype.hpp"
#include "hdf5/types/type_translation.hpp"

namespace hyperslab::python {
namespace {

using Known = std::shared_ptr<const CreationType>;

// NumPy has one dtype object for each of its numbers, so it is known by its address; there are few.
class KnownNumbers {
public:
    Known find(nb::handle dtype) {
        const nb::ft_lock_guard guard(mutex_);
        const auto found = std::ranges::find_if(
            types_, [&](const Known& type) { return type->dtype().is(dtype); });
        return found == types_.end() ? nullptr : *found;
    }

    void add(Known type) {
        const nb::ft_lock_guard guard(mutex_);
        types_.push_back(std::move(type));
    }

private:
    nb::ft_mutex mutex_;
    std::vector<Known> types_;
};

// Never destroyed: it holds Python objects, and the interpreter goes before static objects do.
KnownNumbers& known_numbers = *new KnownNumbers;

// What booleans and complex numbers are stored as is a matter of configuration.
bool is_number_of_numpy(nb::handle dtype) {
    const char kind = dtype_kind(dtype);
    return (kind == 'i' || kind == 'u' || kind == 'f') &&
           nb::cast<int>(nb::object(dtype.attr("isbuiltin"))) == 1 &&
           nb::object(dtype.attr("metadata")).is_none();
}

}  // namespace

CreationType::CreationType(nb::object dtype)
    : dtype_(std::move(dtype)), type_(hdf5::make_type(type_from_dtype(dtype_, true))) {}

CreationType::CreationType(nb::object dtype, hdf5::Handle type)
    : dtype_(std::move(dtype)), type_(std::move(type)) {}

std::shared_ptr<const MemoryLayout> CreationType::layout_of(nb::handle dtype) const {
    return layout_ != nullptr && dtype_.is(dtype)
               ? layout_
               : std::make_shared<const MemoryLayout>(dtype, hdf5::describe_type(id()));
}

void CreationType::keep_layout() { layout_ = layout_of(dtype_); }

std::shared_ptr<const CreationType> creation_type(nb::handle dtype) {
    if (Known known = known_numbers.find(dtype)) {
        return known;
    }
    auto made = std::make_shared<CreationType>(nb::borrow(dtype));
    if (is_number_of_numpy(dtype)) {
        made->keep_layout();
        known_numbers.add(made);
    }
    return made;
}

}  // namespace hyperslab::python
