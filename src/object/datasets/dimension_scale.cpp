#include "hyperslab/dimension_scale.hpp"

#include "hdf5/api/h5ds.hpp"
#include "hdf5/call/lock.hpp"
#include "hyperslab/dataset.hpp"
#include "hyperslab/file.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab {

namespace h5ds = hdf5::h5ds;
using object::Access;
using object::id_of;

namespace {

std::string described(const Object& object) { return Access::state(object).description(); }

// libhdf5 refuses all of these without a word.
void require_may_have(const Object& dataset, const Dataset& scale) {
    const auto refuse = [&](const std::string& why) {
        throw Error(ErrorCode::invalid_argument,
                    "The " + described(scale) + " cannot be a scale of the " + described(dataset) +
                        ": " + why);
    };
    if (dataset == scale) {
        refuse("it is the same dataset");
    }
    if (h5ds::is_scale(id_of(dataset))) {
        refuse("that is a scale itself");
    }
    if (dataset.file() != scale.file()) {
        refuse("it is in another file");
    }
    const Dimensions own = scale.dims();
    for (std::size_t axis = 0; axis < own.size(); ++axis) {
        if (own[axis].size() != 0) {
            refuse("it has scales itself");
        }
    }
}

}  // namespace

std::string Dimension::label() const { return h5ds::label(id_of(dataset_), axis_); }

void Dimension::set_label(const std::string& label) const {
    object::changing(Access::state(dataset_),
                     [&] { h5ds::set_label(id_of(dataset_), axis_, label); });
}

std::size_t Dimension::size() const {
    return static_cast<std::size_t>(h5ds::scale_count(id_of(dataset_), axis_));
}

std::vector<Dataset> Dimension::scales() const {
    const hdf5::LockGuard guard;
    std::vector<Dataset> found;
    if (size() != 0) {
        for (hdf5::Handle& scale : h5ds::scales(id_of(dataset_), axis_)) {
            found.emplace_back(object::make_object(std::move(scale)));
        }
    }
    return found;
}

Dataset Dimension::scale(const std::string& name) const {
    const hdf5::LockGuard guard;
    for (const Dataset& scale : scales()) {
        if (scale.scale_name() == name) {
            return scale;
        }
    }
    throw Error(ErrorCode::not_found,
                "There is no scale '" + name + "' on axis " + std::to_string(axis_) + " of the " +
                    Access::state(dataset_).description());
}

bool Dimension::is_attached(const Dataset& scale) const {
    const hdf5::LockGuard guard;
    return scale.is_scale() && dataset_ != scale && !h5ds::is_scale(id_of(dataset_)) &&
           h5ds::is_attached(id_of(dataset_), id_of(scale), axis_);
}

void Dimension::attach(const Dataset& scale) const {
    const hdf5::LockGuard guard;
    object::changing(Access::state(dataset_), [&] {
        require_may_have(dataset_, scale);
        h5ds::attach_scale(id_of(dataset_), id_of(scale), axis_);
    });
}

void Dimension::detach(const Dataset& scale) const {
    const hdf5::LockGuard guard;
    object::changing(Access::state(dataset_), [&] {
        if (!is_attached(scale)) {
            throw Error(ErrorCode::not_found,
                        "The " + described(scale) + " is not attached to axis " +
                            std::to_string(axis_) + " of the " + described(dataset_));
        }
        h5ds::detach_scale(id_of(dataset_), id_of(scale), axis_);
    });
}

std::size_t Dimensions::size() const { return Dataset(dataset_).rank(); }

Dimension Dimensions::operator[](std::size_t axis) const {
    if (axis >= size()) {
        throw Error(ErrorCode::out_of_range,
                    "There is no axis " + std::to_string(axis) + " in the " +
                        Access::state(dataset_).description() + " of rank " +
                        std::to_string(size()));
    }
    return {dataset_, static_cast<unsigned>(axis)};
}

Dimensions Dataset::dims() const { return Dimensions(*this); }

bool Dataset::is_scale() const { return h5ds::is_scale(id_of(*this)); }

std::string Dataset::scale_name() const {
    const hdf5::LockGuard guard;
    return is_scale() ? h5ds::scale_name(id_of(*this)) : "";
}

void Dataset::make_scale(const std::string& name) const {
    object::changing(object::dataset_state(*this), [&] { h5ds::set_scale(id_of(*this), name); });
}

}  // namespace hyperslab
