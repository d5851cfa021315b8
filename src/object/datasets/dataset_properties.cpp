// The properties of a dataset.

#include <algorithm>
#include <cstring>
#include <memory>

#include "core/checked.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/dataset.hpp"
#include "object/elements/element_storage.hpp"
#include "object/elements/memory_type.hpp"
#include "object/handles/object_state.hpp"
#include "object/handles/transfer.hpp"

namespace hyperslab {

namespace h5d = hdf5::h5d;
namespace h5p = hdf5::h5p;
using object::dataset_state;
using object::id_of;

namespace {

hdf5::Handle creation_plist(const Dataset& dataset) { return h5d::create_plist(id_of(dataset)); }

FillValue text_fill_value(hdf5::Id dcpl, const Datatype& type) {
    const hdf5::Handle handle = hdf5::make_type(type);
    char* text = nullptr;
    h5p::get_fill_value(dcpl, handle.id(), &text);
    FillValue value = fill_value(std::string(text != nullptr ? text : ""));
    hdf5::h5t::reclaim(handle.id(), 1, &text);
    return value;
}

std::optional<FillValue> fill_value_of(hdf5::Id dcpl, const Datatype& type) {
    const bool text = type.type_class() == TypeClass::string && type.is_variable_string();
    if ((type.has_variable_length() && !text) ||
        h5p::fill_value_defined(dcpl) == h5p::FillValueStatus::undefined) {
        return std::nullopt;
    }
    if (text) {
        return text_fill_value(dcpl, type);
    }
    FillValue value{type, std::vector<std::byte>(type.size())};
    const hdf5::Handle handle = hdf5::make_type(type);
    h5p::get_fill_value(dcpl, handle.id(), value.bytes.data());
    return value;
}

std::optional<FillTime> fill_time_of(hdf5::Id dcpl) {
    switch (h5p::get_fill_time(dcpl)) {
        case h5p::FillTime::alloc:
            return FillTime::allocation;
        case h5p::FillTime::never:
            return FillTime::never;
        case h5p::FillTime::ifset:
            break;
    }
    return std::nullopt;  // the default
}

}  // namespace

// libhdf5 says it too, but does not say that it is the caller's mistake.
void object::require_within(const Shape& shape, const Shape& max_shape) {
    for (std::size_t d = 0; d < std::min(shape.size(), max_shape.size()); ++d) {
        if (shape[d] > max_shape[d]) {
            throw Error(ErrorCode::invalid_argument,
                        "A dataset of the maximum shape " + to_string(max_shape) +
                            " cannot be resized to " + to_string(shape));
        }
    }
}

Shape Dataset::shape() const {
    const hdf5::LockGuard guard;
    return dataset_state(*this).open().extent()->dims;
}

Shape Dataset::max_shape() const {
    const hdf5::LockGuard guard;
    return dataset_state(*this).open().extent()->max_dims;
}

std::uint64_t Dataset::size() const {
    const hdf5::LockGuard guard;
    const std::shared_ptr<const engine::Extent> extent = dataset_state(*this).open().extent();
    return extent->is_null() ? 0 : element_count(extent->dims);
}

std::uint64_t Dataset::bytes() const { return core::checked_multiply(size(), datatype().size()); }

std::uint64_t Dataset::storage_bytes() const { return h5d::storage_size(id_of(*this)); }

bool Dataset::is_scalar() const {
    const hdf5::LockGuard guard;
    return dataset_state(*this).open().extent()->is_scalar();
}

bool Dataset::is_null() const {
    const hdf5::LockGuard guard;
    return dataset_state(*this).open().extent()->is_null();
}

Datatype Dataset::datatype() const {
    const hdf5::LockGuard guard;
    return dataset_state(*this).open().type();
}

Layout Dataset::layout() const { return static_cast<Layout>(dataset_state(*this).open().layout()); }

Shape Dataset::chunks() const {
    const hdf5::LockGuard guard;
    return layout() == Layout::chunked ? h5p::get_chunk(creation_plist(*this).id()) : Shape{};
}

std::vector<Filter> Dataset::filters() const {
    const hdf5::LockGuard guard;
    return h5p::get_filters(creation_plist(*this).id());
}

std::optional<FillValue> Dataset::fill_value() const {
    const hdf5::LockGuard guard;
    return fill_value_of(creation_plist(*this).id(), datatype());
}

std::vector<ExternalFile> Dataset::external() const {
    const hdf5::LockGuard guard;
    std::vector<ExternalFile> files;
    for (h5p::ExternalFile& file : h5p::get_external_files(creation_plist(*this).id())) {
        files.push_back({std::move(file.name), file.offset, file.bytes});
    }
    return files;
}

DatasetOptions Dataset::options() const {
    const hdf5::LockGuard guard;
    const hdf5::Handle dcpl = creation_plist(*this);
    DatasetOptions options;
    options.chunks = chunks();
    options.compact = layout() == Layout::compact;
    // Asking for a maximum shape makes a dataset chunked, so only where it differs.
    if (max_shape() != shape()) {
        options.max_shape = max_shape();
    }
    options.filters = filters();
    if (h5p::fill_value_defined(dcpl.id()) == h5p::FillValueStatus::user_defined) {
        options.fill_value = fill_value_of(dcpl.id(), datatype());
    }
    options.fill_time = fill_time_of(dcpl.id());
    options.external = external();
    options.track_times = h5p::get_obj_track_times(dcpl.id());
    if (h5p::get_attr_creation_order(dcpl.id()) != 0) {
        options.track_attribute_order = true;
    }
    return options;
}

void Dataset::resize(const Shape& shape) const {
    const hdf5::LockGuard guard;
    object::DatasetState& state = dataset_state(*this);
    object::naming(state, [&] {
        if (layout() != Layout::chunked) {
            throw Error(ErrorCode::type_mismatch, "Only chunked datasets can be resized");
        }
        object::require_within(shape, max_shape());
        object::changing(state, [&] { h5d::set_extent(state.id(), shape); });
    });
}

void Dataset::resize(std::size_t axis, std::uint64_t length) const {
    const hdf5::LockGuard guard;
    Shape wanted = shape();
    if (axis >= wanted.size()) {
        object::naming(dataset_state(*this), [&] {
            throw Error(ErrorCode::invalid_argument,
                        "Invalid axis " + std::to_string(axis) + " of a dataset of rank " +
                            std::to_string(wanted.size()));
        });
    }
    wanted[axis] = length;
    resize(wanted);
}

void Dataset::flush() const { h5d::flush(id_of(*this)); }

void Dataset::refresh() const {
    const hdf5::LockGuard guard;
    h5d::refresh(id_of(*this));
}

FillValue fill_value(const std::string& text) {
    const auto* const bytes = reinterpret_cast<const std::byte*>(text.c_str());
    return {Datatype::fixed_string(text.size() + 1),
            std::vector<std::byte>(bytes, bytes + text.size() + 1)};
}

ElementArray element_of(const FillValue& value) {
    const hdf5::LockGuard guard;
    const hdf5::Handle stored = hdf5::make_type(value.type);
    const Datatype native = object::native_type(value.type);
    const hdf5::Handle memory_type = hdf5::make_type(native);
    // libhdf5 converts in place, in a buffer that holds the larger of the two.
    std::vector<std::byte> bytes = value.bytes;
    bytes.resize(std::max(value.type.size(), native.size()));
    hdf5::h5t::convert(stored.id(), memory_type.id(), 1, bytes.data());
    const auto storage = std::make_shared<detail::ElementStorage>(native, Shape{});
    std::memcpy(storage->buffer().data(), bytes.data(), native.size());
    return ElementArray(storage);
}

}  // namespace hyperslab
