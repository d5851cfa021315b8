#include "dtypes/creation_type.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "hdf5/types/type_translation.hpp"
#include "support/config.hpp"

namespace hyperslab::python {
namespace {

using Known = std::shared_ptr<const CreationType>;

// NumPy has one dtype object for each of its numbers, so it is known by its address; there are few.
// What booleans and complex numbers are stored as is a matter of configuration.
class CachedTypes {
public:
    Known find(nb::handle dtype) {
        const nb::ft_lock_guard guard(mutex_);
        const auto found = std::ranges::find_if(types_, [&](const CachedType& known) {
            return known.type->dtype().is(dtype) && known.config == &config();
        });
        return found == types_.end() ? nullptr : found->type;
    }

    void add(Known type, const Config& made_with) {
        const nb::ft_lock_guard guard(mutex_);
        types_.push_back({std::move(type), &made_with});
    }

private:
    struct CachedType {
        Known type;
        const Config* config;
    };

    nb::ft_mutex mutex_;
    std::vector<CachedType> types_;
};

// Never destroyed: it holds Python objects, and the interpreter goes before static objects do.
CachedTypes& known_types = *new CachedTypes;

bool is_number_of_numpy(nb::handle dtype) {
    const char kind = dtype_kind(dtype);
    return std::string_view("biufc").find(kind) != std::string_view::npos &&
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
    if (Known known = known_types.find(dtype)) {
        return known;
    }
    const Config& made_with = config();
    auto made = std::make_shared<CreationType>(nb::borrow(dtype));
    if (is_number_of_numpy(dtype) || dtype.is(numpy().of_text)) {
        made->keep_layout();
        known_types.add(made, made_with);
    }
    return made;
}

}  // namespace hyperslab::python
