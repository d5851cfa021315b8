#include "dtypes/known_type.hpp"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "support/config.hpp"

namespace hyperslab::python {
namespace {

// The number of types that are kept, which is more than most files have.
constexpr std::size_t kKept = 64;

/// The types met last, in order; for one configuration, which decides what some types are.
class KnownTypes {
public:
    std::shared_ptr<KnownType> find(const Datatype& file_type, const Config& now) {
        std::vector<std::shared_ptr<KnownType>> outdated;  // dies after the lock is let go
        const nb::ft_lock_guard guard(mutex_);
        if (config_ != &now) {
            outdated = std::exchange(types_, {});
            config_ = &now;
        }
        const auto found = std::ranges::find_if(
            types_, [&](const auto& type) { return type->file_type() == file_type; });
        if (found == types_.end()) {
            return nullptr;
        }
        std::rotate(types_.begin(), found, found + 1);
        return types_.front();
    }

    void add(std::shared_ptr<KnownType> type, const Config& made_for) {
        std::shared_ptr<KnownType> oldest;
        const nb::ft_lock_guard guard(mutex_);
        if (config_ != &made_for || &config() != &made_for) {
            return;  // it may be of either configuration
        }
        if (types_.size() >= kKept) {
            oldest = std::move(types_.back());
            types_.pop_back();
        }
        types_.insert(types_.begin(), std::move(type));
    }

private:
    nb::ft_mutex mutex_;
    std::vector<std::shared_ptr<KnownType>> types_;
    const Config* config_ = nullptr;
};

// The types that are kept. They are never destroyed: they hold Python objects, and the interpreter
// ends before static objects are destroyed.
KnownTypes& known_types = *new KnownTypes;

// numpy.dtype(dtype, copy=True) gives the dtype itself; another byte order, "ignore", gives a copy.
nb::object copied_dtype(nb::handle dtype) { return dtype.attr("newbyteorder")("|"); }

bool has_fields(nb::handle dtype) { return !nb::object(dtype.attr("names")).is_none(); }

// The number of subsets of fields that are kept. Programs read the same few fields of many tables.
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
    return layout_.get([this] { return std::make_unique<MemoryLayout>(dtype_, file_type_); });
}

FieldSubset KnownType::subset(const std::vector<nb::object>& names) {
    FieldSubset subset = kept_subset(names);
    if (has_fields(subset.dtype)) {
        subset.dtype = copied_dtype(subset.dtype);
    }
    return subset;
}

// Comparing names and making a subset may run Python code, so nothing is locked meanwhile. A subset
// that another thread keeps at the same time may get lost, and is made again.
FieldSubset KnownType::kept_subset(const std::vector<nb::object>& names) {
    const std::shared_ptr<const FieldSubsets> kept = [this] {
        const nb::ft_lock_guard guard(subsets_mutex_);
        return subsets_;
    }();
    const auto found = std::ranges::find_if(
        *kept, [&](const FieldSubset& subset) { return equal_names(subset.names, names); });
    if (found != kept->end()) {
        return *found;
    }
    auto more = std::make_shared<FieldSubsets>();
    if (kept->size() < kKeptSubsets) {
        *more = *kept;
    }
    more->push_back(make_subset(names));
    FieldSubset made = more->back();
    std::shared_ptr<const FieldSubsets> keep = std::move(more);
    const nb::ft_lock_guard guard(subsets_mutex_);
    subsets_.swap(keep);
    return made;
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
    if (scratch_.get_if() != nullptr) {
        return true;
    }
    const char kind = dtype_kind(dtype_);
    if (kind == 'V' || kind == 'O' || !layout().direct() || layout().numpy_size() > kSmallElement) {
        return false;
    }
    scratch_.get([this] { return std::make_unique<Scratch>(dtype_); });
    return true;
}

KnownType::Scratch::Scratch(nb::handle dtype)
    : array(zeros_array({}, dtype)), data(ArrayView(array).data()) {}

nb::object KnownType::scalar(const void* element) {
    Scratch& scratch = *scratch_.get_if();
    const nb::ft_lock_guard guard(scratch.mutex);
    std::memcpy(scratch.data, element, layout().numpy_size());
    return scalar_of(scratch.array);
}

nb::object subset_dtype(nb::handle dtype, nb::handle names) {
    const nb::object fields = dtype.attr("fields");
    if (nb::object(dtype.attr("names")).is_none()) {
        throw nb::value_error("Field names only allowed for compound types");
    }
    nb::list description;
    for (const nb::handle name : names) {
        if (!nb::cast<bool>(fields.attr("__contains__")(name))) {
            throw nb::value_error(
                ("Field " + nb::cast<std::string>(nb::str(name)) + " does not appear in this type.")
                    .c_str());
        }
        description.append(nb::make_tuple(name, nb::object(fields[name][0])));
    }
    return numpy().dtype(description);
}

std::shared_ptr<KnownType> known_type(const Datatype& file_type) {
    const Config& now = config();
    std::shared_ptr<KnownType> known = known_types.find(file_type, now);
    if (known == nullptr) {
        known = std::make_shared<KnownType>(file_type);
        known_types.add(known, now);
    }
    return known;
}

nb::object scalar_of(nb::handle array) {
    const nb::object empty = nb::steal(PyTuple_New(0));  // there is one for all
    nb::object scalar = nb::steal(PyObject_GetItem(array.ptr(), empty.ptr()));
    if (!scalar.is_valid()) {
        throw nb::python_error();
    }
    return scalar;
}

}  // namespace hyperslab::python
