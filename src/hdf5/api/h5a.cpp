#include "hdf5/api/h5a.hpp"

#include <algorithm>

#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5g.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/text.hpp"
#include "hdf5/changes/announce.hpp"
#include "hdf5/changes/name_removals.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5a {
namespace {

H5_index_t index_code(const Iteration& iteration) {
    return static_cast<H5_index_t>(iteration.index);
}

H5_iter_order_t order_code(const Iteration& iteration) {
    return static_cast<H5_iter_order_t>(iteration.order);
}

// libhdf5 need not look for the object itself.
bool is_location(const std::string& object, Id lapl) { return object == "." && lapl == kDefault; }

Info info_from(const H5A_info_t& raw) {
    return {raw.corder_valid, raw.corder, static_cast<int>(raw.cset), raw.data_size};
}

herr_t collect_name(hid_t, const char* name, const H5A_info_t*, void* names) noexcept {
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return H5_ITER_CONT;
}

herr_t collect_attribute(hid_t, const char* name, const H5A_info_t* info, void* found) noexcept {
    static_cast<std::vector<Attribute>*>(found)->push_back({name, info_from(*info)});
    return H5_ITER_CONT;
}

// The flag lies in the creation property list of whatever kind of object it is.
Handle creation_plist(Id object) {
    switch (h5i::type(object)) {
        case h5i::Type::file:
            return h5f::create_plist(object);
        case h5i::Type::group:
            return h5g::create_plist(object);
        case h5i::Type::dataset:
            return h5d::create_plist(object);
        case h5i::Type::datatype:
            return h5t::create_plist(object);
        default:
            return {};
    }
}

void iterate(Id object, const Iteration& iteration, H5A_operator2_t collect, void* found) {
    hsize_t position = iteration.start;
    check({object}, [&] {
        return H5Aiterate2(
            object, index_code(iteration), order_code(iteration), &position, collect, found);
    });
}

}  // namespace

Handle create(
    Id location, const std::string& name, Id type, Id space, const std::string& object, Id lapl) {
    announce(location, "H5Acreate", [&] {
        return in_quotes(name) + ", " + std::to_string(h5s::element_count(space)) + " times " +
               to_string(describe_type(type)) + ", of " + in_quotes(object);
    });
    if (is_location(object, lapl)) {
        return Handle(check({location}, [&] {
            return H5Acreate2(location, c_name(name), type, space, H5P_DEFAULT, H5P_DEFAULT);
        }));
    }
    return Handle(check({location, object}, [&] {
        return H5Acreate_by_name(
            location, c_name(object), c_name(name), type, space, H5P_DEFAULT, H5P_DEFAULT, lapl);
    }));
}

Handle create_as(Id object, const std::string& name, Id type, Id space, Id acpl) {
    return Handle(check({object}, [&] {
        return H5Acreate2(object, c_name(name), type, space, acpl, H5P_DEFAULT);
    }));
}

Handle open(Id location, const std::string& name, const std::string& object, Id lapl) {
    return Handle(check({location, object}, [&] {
        return H5Aopen_by_name(location, c_name(object), c_name(name), H5P_DEFAULT, lapl);
    }));
}

Handle open_if_there(Id object, const std::string& name) {
    const char* const text = c_name(name);
    const InsideLibrary inside;
    return Handle(H5Aopen(object, text, H5P_DEFAULT));
}

Handle open_by_index(Id location, const Iteration& iteration, const std::string& object, Id lapl) {
    return Handle(check({location, object}, [&] {
        return H5Aopen_by_idx(location,
                              c_name(object),
                              index_code(iteration),
                              order_code(iteration),
                              iteration.start,
                              H5P_DEFAULT,
                              lapl);
    }));
}

IndexType own_order(Id object) {
    const LockGuard guard;
    try {
        const Handle plist = creation_plist(object);
        const bool tracked = plist && h5p::get_attr_creation_order(plist.id()) != 0;
        return tracked ? IndexType::creation_order : IndexType::name;
    } catch (const Error&) {
        return IndexType::name;
    }
}

bool exists(Id location, const std::string& name, const std::string& object, Id lapl) {
    if (is_location(object, lapl)) {
        return check_true({location}, [&] { return H5Aexists(location, c_name(name)); });
    }
    return check_true({location, object}, [&] {
        return H5Aexists_by_name(location, c_name(object), c_name(name), lapl);
    });
}

void rename(Id location,
            const std::string& name,
            const std::string& new_name,
            const std::string& object,
            Id lapl) {
    announce(location, "H5Arename", [&] { return in_quotes(name) + " to " + in_quotes(new_name); });
    const LockGuard guard;
    count_name_removal();
    check({location, object}, [&] {
        return H5Arename_by_name(location, c_name(object), c_name(name), c_name(new_name), lapl);
    });
}

void remove(Id location, const std::string& name, const std::string& object, Id lapl) {
    announce(location, "H5Adelete", [&] { return in_quotes(name); });
    const LockGuard guard;
    count_name_removal();
    check({location, object},
          [&] { return H5Adelete_by_name(location, c_name(object), c_name(name), lapl); });
}

void remove_by_index(Id location, const Iteration& iteration, const std::string& object, Id lapl) {
    const LockGuard guard;
    count_name_removal();
    check({location, object}, [&] {
        return H5Adelete_by_idx(location,
                                c_name(object),
                                index_code(iteration),
                                order_code(iteration),
                                iteration.start,
                                lapl);
    });
}

Info info(Id attribute) {
    H5A_info_t raw{};
    check({attribute}, [&] { return H5Aget_info(attribute, &raw); });
    return info_from(raw);
}

Info info_by_name(Id location, const std::string& name, const std::string& object, Id lapl) {
    H5A_info_t raw{};
    check({location, object},
          [&] { return H5Aget_info_by_name(location, c_name(object), c_name(name), &raw, lapl); });
    return info_from(raw);
}

Info info_by_index(Id location, const Iteration& iteration, const std::string& object, Id lapl) {
    H5A_info_t raw{};
    check({location, object}, [&] {
        return H5Aget_info_by_idx(location,
                                  c_name(object),
                                  index_code(iteration),
                                  order_code(iteration),
                                  iteration.start,
                                  &raw,
                                  lapl);
    });
    return info_from(raw);
}

std::uint64_t count(Id object) {
    H5O_info2_t raw{};
    check({object}, [&] { return H5Oget_info3(object, &raw, H5O_INFO_NUM_ATTRS); });
    return raw.num_attrs;
}

std::vector<std::string> names(Id object, const Iteration& iteration) {
    std::vector<std::string> found;
    iterate(object, iteration, collect_name, &found);
    return found;
}

std::vector<Attribute> attributes(Id object, const Iteration& iteration) {
    std::vector<Attribute> found;
    iterate(object, iteration, collect_attribute, &found);
    return found;
}

std::string name(Id attribute) {
    return read_text({attribute},
                     [&](char* text, size_t size) { return H5Aget_name(attribute, size, text); });
}

Handle space(Id attribute) {
    return Handle(check({attribute}, [&] { return H5Aget_space(attribute); }));
}

Handle type(Id attribute) {
    return Handle(check({attribute}, [&] { return H5Aget_type(attribute); }));
}

// 0 is the size of an attribute without elements, and libhdf5's way to say that it failed.
std::uint64_t storage_size(Id attribute) {
    const LockGuard guard;
    space(attribute);
    const InsideLibrary inside;
    return H5Aget_storage_size(attribute);
}

std::uint64_t stored_bytes(Id attribute) {
    const InsideLibrary inside;
    return H5Aget_storage_size(attribute);
}

void read(Id attribute, Id memory_type, void* buffer) {
    check({attribute}, [&] { return H5Aread(attribute, memory_type, buffer); });
}

namespace {

// Values that point to others are not looked at.
std::string value_in_words(Id attribute, Id memory_type, const void* buffer) {
    const Datatype type = describe_type(memory_type);
    if (type.has_variable_length() || type.has_reference()) {
        return {};
    }
    const auto count = static_cast<std::uint64_t>(h5s::element_count(space(attribute).id()));
    const std::uint64_t bytes = count * type.size();
    return ", value " + fingerprint(buffer, bytes);
}

}  // namespace

void write(Id attribute, Id memory_type, const void* buffer) {
    announce_in_detail(
        attribute,
        "H5Awrite",
        [&] { return in_quotes(name(attribute)); },
        [&] { return value_in_words(attribute, memory_type, buffer); });
    check({attribute}, [&] { return H5Awrite(attribute, memory_type, buffer); });
}

void require_same_size_as_named(Id attribute) {
    if (name_removals() == 0) {
        return;
    }
    const LockGuard guard;
    const Handle object = h5o::open(attribute, ".");
    const std::string its_name = name(attribute);
    // Asked by name, libhdf5 would tell of the attribute that is open.
    const std::vector<Attribute> there = attributes(object.id());
    const auto named = std::ranges::find(there, its_name, &Attribute::name);
    if (named != there.end() && named->info.data_size != info(attribute).data_size) {
        throw Error(ErrorCode::invalid_argument,
                    "Attribute " + in_quotes(its_name) +
                        " was removed, and another one with its name has another size");
    }
}

}  // namespace hyperslab::hdf5::h5a
