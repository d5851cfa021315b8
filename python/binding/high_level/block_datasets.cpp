#include "high_level/block_datasets.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "elements/blocks.hpp"
#include "elements/dataset_write.hpp"
#include "elements/new_object_array.hpp"
#include "engine/facts/progress.hpp"
#include "high_level/creation_arguments.hpp"
#include "high_level/dataset_creation.hpp"
#include "object/datasets/dataset_creation.hpp"
#include "support/names.hpp"
#include "support/shapes.hpp"
#include "support/steps.hpp"

namespace hyperslab::python {
namespace {

bool is_given(nb::handle keywords, const char* name) {
    PyObject* const value = PyDict_GetItemString(keywords.ptr(), name);
    return value != nullptr && value != Py_None;
}

Shape shape_of(nb::handle array) { return ArrayView(array).shape(); }

/// The first block, which decides what the arguments leave open.
class FirstBlock {
public:
    FirstBlock(nb::handle iterator, nb::handle dtype) {
        const nb::object block = next_block(iterator);
        if (!block.is_valid()) {
            return;
        }
        array_ = array_for_new_object(block, dtype);
        if (shape_of(array_).empty()) {
            throw nb::type_error(
                "Data of an iterator come in blocks, which are arrays of rows: the first one has "
                "no axis");
        }
    }

    bool exists() const { return array_.is_valid(); }
    const nb::object& array() const { return array_; }

private:
    nb::object array_{};
};

/// Rows on their way into a dataset.
class Rows {
public:
    /// \param shape  none: the dataset grows
    /// \param dtype  the caller's; None: that of the first block
    Rows(DatasetID& dataset, const std::optional<Shape>& shape, nb::handle dtype)
        : dataset_(dataset), shape_(shape), dtype_(dtype) {}

    void write(nb::handle block) {
        const nb::object array =
            is_array(block) ? nb::borrow(block) : array_for_new_object(block, dtype_);
        if (dtype_.is_none()) {
            require_kept(array);
        }
        if (!shape_) {
            append_to_dataset(dataset_, array, nb::int_(0));
            return;
        }
        const Shape shape = shape_of(array);
        const bool fits = shape.size() == shape_->size() &&
                          std::equal(shape.begin() + 1, shape.end(), shape_->begin() + 1) &&
                          shape.front() <= shape_->front() - written_;
        if (!fits) {
            throw nb::value_error(("its shape " + to_string(shape) + " does not fit in at row " +
                                   std::to_string(written_) + " of shape " + to_string(*shape_))
                                      .c_str());
        }
        write_rows(dataset_, written_, array);
        written_ += shape.front();
    }

    void require_complete() const {
        if (shape_ && written_ != shape_->front()) {
            throw nb::value_error(("The blocks of the data have " + std::to_string(written_) +
                                   " rows, and shape " + to_string(*shape_) + " has more")
                                      .c_str());
        }
    }

private:
    // The first block has decided for all; one that would lose by it is a mistake.
    void require_kept(const nb::object& array) const {
        const nb::object dtype = array.attr("dtype");
        const nb::handle stored = dataset_.dtype();
        if (dtype.is(stored) || dtype_kind(dtype) == 'O' || dtype_kind(dtype) == 'V') {
            return;
        }
        if (!nb::cast<bool>(numpy().module.attr("can_cast")(dtype, stored, "same_kind"))) {
            throw nb::type_error(("its dtype " + nb::cast<std::string>(nb::str(dtype)) +
                                  " is none that the first one's, " +
                                  nb::cast<std::string>(nb::str(stored)) +
                                  ", can hold; dtype= says which the dataset shall have")
                                     .c_str());
        }
    }

    DatasetID& dataset_;
    const std::optional<Shape>& shape_;
    nb::handle dtype_;
    std::uint64_t written_ = 0;
};

std::optional<Shape> given_shape(nb::handle shape) {
    if (shape.is_none()) {
        return std::nullopt;
    }
    Shape given = shape_argument(shape);
    if (given.empty()) {
        throw nb::value_error("A scalar has no rows that an iterator could give");
    }
    return given;
}

DatasetID make_empty(const ObjectID& location,
                     nb::handle name,
                     const std::optional<Shape>& shape,
                     nb::handle dtype,
                     const FirstBlock& first,
                     nb::handle keywords) {
    nb::object type = nb::borrow(dtype);
    if (first.exists() && dtype.is_none()) {
        type = first.array().attr("dtype");
    }
    if (shape) {
        return make_dataset(location, name, tuple_from_shape(*shape), type, nb::none(), keywords);
    }
    nb::dict more = nb::borrow<nb::dict>(nb::object(keywords.attr("copy")()));
    Shape rows = first.exists() ? shape_of(first.array()) : Shape{0};
    rows.front() = 0;
    if (!is_given(keywords, "maxshape")) {
        nb::list limits;
        limits.append(nb::none());
        for (std::size_t d = 1; d < rows.size(); ++d) {
            limits.append(rows[d]);
        }
        more["maxshape"] = nb::tuple(limits);
    }
    return make_dataset(location, name, tuple_from_shape(rows), type, nb::none(), more);
}

// All blocks have the type of the first one, as a rule.
std::optional<std::uint64_t> bytes_of(const std::optional<Shape>& whole, const FirstBlock& first) {
    if (!whole || !first.exists()) {
        return std::nullopt;
    }
    return element_count(*whole) *
           nb::cast<std::uint64_t>(nb::object(first.array().attr("itemsize")));
}

void forget(const ObjectID& location, nb::handle name) {
    if (!name.is_none()) {
        const std::string path = encode_name(name);
        in_one_step([&] { object::forget(location.id(), path); });
    }
}

}  // namespace

bool is_data_in_blocks(nb::handle dtype, nb::handle data, nb::handle keywords) {
    if (data.is_none() || !is_block_iterator(data)) {
        return false;
    }
    if (dtype.is_none() || is_given(keywords, "maxshape")) {
        return true;
    }
    // h5py stores what str() or bool() say of the iterator.
    const bool has_dtype = nb::hasattr(dtype, "dtype");  // a Datatype, or one of the low level
    const char kind = dtype_kind(has_dtype ? nb::object(dtype.attr("dtype")) : to_dtype(dtype));
    return kind != 'S' && kind != 'b' && kind != 'T';
}

DatasetID make_dataset_of_blocks(const ObjectID& location,
                                 nb::handle name,
                                 nb::handle shape,
                                 nb::handle dtype,
                                 nb::handle data,
                                 nb::handle keywords) {
    const std::optional<Shape> whole = given_shape(shape);
    const FirstBlock first(data, dtype);
    if (!first.exists() && dtype.is_none()) {
        throw nb::value_error("The iterator gives no block, and there is no dtype");
    }
    DatasetID made = make_empty(location, name, whole, dtype, first, keywords);
    try {
        engine::ProgressReport report(engine::ProgressKind::writing, bytes_of(whole, first));
        Rows rows(made, whole, dtype);
        if (first.exists()) {
            rows.write(first.array());
            for_each_block(data, [&](nb::handle block) { rows.write(block); }, 1);
        }
        rows.require_complete();
        report.finish();
    } catch (...) {
        forget(location, name);
        throw;
    }
    return made;
}

}  // namespace hyperslab::python
