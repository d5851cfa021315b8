#include "object/datasets/dataset_creation.hpp"

#include <algorithm>
#include <ranges>

#include "core/dialect.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5g.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5l.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/c_name.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/native_type.hpp"

namespace hyperslab::object {
namespace {

namespace h5p = hdf5::h5p;
using hdf5::Handle;
using hdf5::Id;

[[noreturn]] void throw_invalid(const std::string& message) {
    throw Error(ErrorCode::invalid_argument, message);
}

void require_no_storage_options(const DatasetOptions& options, const char* kind) {
    if (!options.chunks.empty() || options.guess_chunks || !options.filters.empty()) {
        throw Error(ErrorCode::type_mismatch,
                    std::string(kind) + " datasets don't support chunk/filter options");
    }
    if (options.max_shape && !options.max_shape->empty()) {
        throw Error(ErrorCode::type_mismatch, std::string(kind) + " datasets cannot be extended");
    }
}

void require_matching_ranks(const DatasetOptions& options, const Shape& shape) {
    if (!options.chunks.empty() && options.chunks.size() != shape.size()) {
        throw_invalid("'chunks' must have same rank as dataset shape");
    }
    if (options.max_shape && options.max_shape->size() != shape.size()) {
        throw_invalid(std::string(core::say("'max_shape'", "'maxshape'")) +
                      " must have same rank as dataset shape");
    }
}

void require_chunks_within(const DatasetOptions& options, const Shape& shape) {
    const Shape& limits = options.max_shape ? *options.max_shape : shape;
    for (std::size_t d = 0; d < std::min(limits.size(), options.chunks.size()); ++d) {
        if (options.chunks[d] > limits[d]) {
            throw_invalid("Chunk shape must not be greater than data shape in any dimension. " +
                          to_string(options.chunks) + " is not compatible with " +
                          to_string(shape));
        }
    }
}

Shape chunk_shape(const DatasetOptions& options, const Shape& shape, std::size_t element_size) {
    const bool resizable = options.max_shape && options.external.empty();
    const bool needed = options.guess_chunks || !options.filters.empty() || resizable;
    return options.chunks.empty() && needed ? guess_chunk_shape(shape, element_size)
                                            : options.chunks;
}

void set_fill(Id dcpl, const DatasetOptions& options, Id type) {
    if (options.fill_time) {
        h5p::set_fill_time(dcpl,
                           *options.fill_time == FillTime::allocation ? h5p::FillTime::alloc
                           : *options.fill_time == FillTime::never    ? h5p::FillTime::never
                                                                      : h5p::FillTime::ifset);
    }
    if (options.fill_value) {
        set_fill_value(dcpl, *options.fill_value, hdf5::describe_type(type));
    }
}

void set_times_and_order(Id dcpl, const DatasetOptions& options) {
    h5p::set_obj_track_times(dcpl, options.track_times);
    if (options.track_attribute_order) {
        h5p::set_attr_creation_order(dcpl,
                                     *options.track_attribute_order
                                         ? h5p::kCreationOrderTracked | h5p::kCreationOrderIndexed
                                         : 0);
    }
}

/// A list that is made once, under the library lock.
class LastingList {
public:
    template <class Make>
    Id get(Make&& make) {
        const hdf5::LockGuard guard;
        if (id_ == hdf5::kInvalidId) {
            id_ = make().release();
        }
        return id_;
    }

private:
    Id id_ = hdf5::kInvalidId;
};

LastingList plain_list;
LastingList ascii_list;
LastingList utf8_list;

// Most datasets are made with no options at all.
Id plain_dcpl() {
    return plain_list.get([] {
        Handle made = h5p::create(h5p::ListClass::dataset_create);
        h5p::set_obj_track_times(made.id(), false);
        h5p::set_attr_creation_order(made.id(), 0);
        return made;
    });
}

bool is_plain(const DatasetOptions& o) {
    return o.chunks.empty() && !o.guess_chunks && !o.max_shape && o.filters.empty() &&
           !o.fill_value && !o.fill_time && !o.allocation_time && o.external.empty() &&
           !o.compact && !o.track_times && !o.track_attribute_order.value_or(false);
}

Handle make_creation_plist(const DatasetOptions& options,
                           const std::optional<Shape>& shape,
                           Id type,
                           Id base) {
    Handle plist =
        base == hdf5::kDefault ? h5p::create(h5p::ListClass::dataset_create) : h5p::copy(base);
    set_creation_properties(plist.id(), options, shape, hdf5::h5t::size(type));
    set_fill(plist.id(), options, type);
    set_times_and_order(plist.id(), options);
    return plist;
}

Handle make_space(const NewDataset& dataset, const DatasetOptions& options) {
    if (!dataset.shape) {
        return hdf5::h5s::create(hdf5::h5s::ExtentClass::null);
    }
    return hdf5::h5s::create_simple(*dataset.shape, options.max_shape);
}

Handle make_link_plist(h5p::CharEncoding encoding) {
    Handle made = h5p::create(h5p::ListClass::link_create);
    h5p::set_create_intermediate_group(made.id(), true);
    h5p::set_char_encoding(made.id(), encoding);
    return made;
}

bool is_ascii(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

}  // namespace

Id link_plist(const std::string& name) {
    return is_ascii(name) ? ascii_list.get([] { return make_link_plist(h5p::CharEncoding::ascii); })
                          : utf8_list.get([] { return make_link_plist(h5p::CharEncoding::utf8); });
}

void set_creation_properties(Id dcpl,
                             const DatasetOptions& options,
                             const std::optional<Shape>& shape,
                             std::size_t element_size) {
    if (!shape || shape->empty()) {
        require_no_storage_options(options, shape ? "Scalar" : "Empty");
        return;
    }
    require_matching_ranks(options, *shape);
    const Shape chunks = chunk_shape(options, *shape, element_size);
    if (!chunks.empty()) {
        h5p::set_chunk(dcpl, chunks);
    } else if (options.compact) {
        h5p::set_layout(dcpl, h5p::Layout::compact);
    }
    if (options.allocation_time) {
        h5p::set_alloc_time(dcpl, static_cast<h5p::AllocTime>(*options.allocation_time));
    }
    for (const ExternalFile& file : options.external) {
        h5p::set_external(dcpl, {file.name, file.offset, file.bytes});
    }
    for (const Filter& filter : options.filters) {
        h5p::set_filter(dcpl, filter);
    }
}

// libhdf5 converts the value to the stored type, but not between kinds of strings.
void set_fill_value(Id dcpl, const FillValue& value, const Datatype& stored) {
    if (value.type.type_class() != TypeClass::string || stored.type_class() != TypeClass::string) {
        h5p::set_fill_value(dcpl, hdf5::make_type(value.type).id(), value.bytes.data());
        return;
    }
    const CharacterSet set = stored.character_set();
    if (!stored.is_variable_string()) {
        const Datatype type =
            value.type.is_variable_string()
                ? Datatype::variable_string(set)
                : Datatype::fixed_string(value.type.size(), set, value.type.string_padding());
        h5p::set_fill_value(dcpl, hdf5::make_type(type).id(), value.bytes.data());
        return;
    }
    std::string text;
    detail::load_text(value.bytes.data(), value.type, text);
    const char* const pointer = hdf5::c_name(text);
    h5p::set_fill_value(dcpl, hdf5::make_type(Datatype::variable_string(set)).id(), &pointer);
}

Handle make_access_plist(const DatasetOptions& options, Id base_dapl) {
    const bool wanted = !options.cache.empty() || !options.external_prefix.empty() ||
                        !options.virtual_prefix.empty();
    if (!wanted) {
        return {};
    }
    Handle plist = base_dapl == hdf5::kDefault ? h5p::create(h5p::ListClass::dataset_access)
                                               : h5p::copy(base_dapl);
    if (!options.external_prefix.empty()) {
        h5p::set_efile_prefix(plist.id(), options.external_prefix);
    }
    if (!options.virtual_prefix.empty()) {
        h5p::set_virtual_prefix(plist.id(), options.virtual_prefix);
    }
    if (!options.cache.empty()) {
        h5p::ChunkCache cache = h5p::get_chunk_cache(plist.id());
        cache.slots = options.cache.slots.value_or(cache.slots);
        cache.bytes = options.cache.bytes.value_or(cache.bytes);
        cache.preemption = options.cache.preemption.value_or(cache.preemption);
        h5p::set_chunk_cache(plist.id(), cache);
    }
    return plist;
}

std::optional<Handle> require_parent(Id location, std::string& name) {
    const std::size_t slash = name.rfind('/');
    if (slash == std::string::npos || name.find_first_not_of('/') > slash) {
        return std::nullopt;
    }
    const std::string parent = name.substr(0, slash);
    name.erase(0, slash + 1);
    const hdf5::LockGuard guard;
    if (!hdf5::h5l::path_valid(location, parent)) {
        return hdf5::h5g::create(location, parent, link_plist(parent));
    }
    Handle group = hdf5::h5o::open(location, parent);
    const hdf5::h5i::Type type = hdf5::h5i::type(group.id());
    if (type != hdf5::h5i::Type::group) {
        const bool is_dataset = type == hdf5::h5i::Type::dataset;
        throw Error(ErrorCode::type_mismatch,
                    std::string("Incompatible object (") + (is_dataset ? "Dataset" : "Datatype") +
                        ") already exists: '" + parent + "' is not a group");
    }
    return group;
}

Handle create_dataset(const NewDataset& dataset,
                      const DatasetOptions& options,
                      Id base_dcpl,
                      Id base_dapl) {
    const hdf5::LockGuard guard;
    if (dataset.shape) {
        require_chunks_within(options, *dataset.shape);
    }
    const bool plain = base_dcpl == hdf5::kDefault && is_plain(options);
    Handle dcpl;
    if (!plain) {
        dcpl = make_creation_plist(options, dataset.shape, dataset.type, base_dcpl);
    }
    const Handle dapl = make_access_plist(options, base_dapl);
    const Handle space = make_space(dataset, options);
    std::string name = dataset.name.value_or("");
    const std::optional<Handle> parent =
        dataset.name ? require_parent(dataset.location, name) : std::nullopt;
    return hdf5::h5d::create(parent ? parent->id() : dataset.location,
                             dataset.name ? hdf5::c_name(name) : nullptr,
                             dataset.type,
                             space.id(),
                             hdf5::kDefault,
                             plain ? plain_dcpl() : dcpl.id(),
                             dapl ? dapl.id() : base_dapl);
}

void forget(Id location, const std::string& name) noexcept {
    if (name.empty()) {
        return;
    }
    try {
        hdf5::h5l::remove(location, name);
    } catch (const std::exception&) {  // the first failure is the one that is reported
        return;
    }
}

NamesTogether::~NamesTogether() {
    for (const std::string* name : names_ | std::views::reverse) {
        forget(location_, *name);
    }
}

Handle open_dataset(Id location,
                    const std::string& name,
                    const DatasetOptions& options,
                    Id base_dapl) {
    const Handle dapl = make_access_plist(options, base_dapl);
    return hdf5::h5d::open(location, name, dapl ? dapl.id() : base_dapl);
}

}  // namespace hyperslab::object
