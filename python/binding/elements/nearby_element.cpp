#include "elements/nearby_element.hpp"

#include <array>
#include <span>

namespace hyperslab::python {
namespace {

// The usual ranks; elements of others are read in the usual way.
constexpr std::size_t kMaxPositions = 4;

/// Positions given as plain integers.
class Positions {
public:
    explicit Positions(PyObject* args) {
        if (PyLong_CheckExact(args)) {
            add(args);
        } else if (PyTuple_CheckExact(args) &&
                   PyTuple_GET_SIZE(args) <= static_cast<Py_ssize_t>(kMaxPositions)) {
            const Py_ssize_t size = PyTuple_GET_SIZE(args);
            for (Py_ssize_t i = 0; i < size && plain_; ++i) {
                add(PyTuple_GET_ITEM(args, i));
            }
        }
    }

    /// The positions; empty when an argument is no position.
    std::span<const std::int64_t> values() const {
        return std::span(values_).first(plain_ ? count_ : 0);
    }

private:
    void add(PyObject* position) {
        int overflow = 0;
        plain_ = PyLong_CheckExact(position) != 0;
        if (plain_) {
            values_[count_++] = PyLong_AsLongLongAndOverflow(position, &overflow);
            plain_ = overflow == 0;
        }
    }

    std::array<std::int64_t, kMaxPositions> values_;
    std::size_t count_ = 0;
    bool plain_ = true;
};

}  // namespace

nb::object nearby_element(DatasetID& dataset, nb::handle args) {
    engine::OpenDataset* const open = dataset.open_before();
    if (!dataset.handle || open == nullptr || dataset.dxpl() != hdf5::kDefault) {
        return {};
    }
    const Positions positions(args.ptr());
    if (positions.values().empty()) {
        return {};
    }
    KnownType& type = dataset.known();
    if (!type.has_small_scalars()) {
        return {};
    }
    std::array<std::byte, KnownType::kSmallElement> element;
    if (!open->nearby().find(positions.values(), type.layout().type(), element.data())) {
        return {};
    }
    return type.scalar(element.data());
}

}  // namespace hyperslab::python
