#include "object/attributes/attribute_io.hpp"

#include "hdf5/api/h5a.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5g.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/call/device_failure.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/error.hpp"
#include "object/elements/containers.hpp"
#include "object/elements/memory_type.hpp"
#include "object/elements/stored_elements.hpp"
#include "object/handles/object_state.hpp"
#include "object/handles/prepared_elements.hpp"
#include "object/handles/transfer.hpp"

namespace hyperslab::object {
namespace {

namespace h5a = hdf5::h5a;

// A name that no attribute of the object has.
std::string unused_name(hdf5::Id owner, const std::string& name) {
    for (unsigned i = 0;; ++i) {
        std::string candidate = name + " (new " + std::to_string(i) + ")";
        if (!h5a::exists(owner, candidate)) {
            return candidate;
        }
    }
}

}  // namespace

void require_attribute_name(const std::string& name) {
    if (name.empty()) {
        throw Error(ErrorCode::invalid_argument, "An attribute needs a name");
    }
}

bool has_attribute(hdf5::Id owner, const std::string& name) {
    require_attribute_name(name);
    return h5a::exists(owner, name);
}

void require_attribute(const Object& owner, const std::string& name) {
    if (!has_attribute(id_of(owner), name)) {
        throw Error(
            ErrorCode::not_found,
            "There is no attribute '" + name + "' on the " + Access::state(owner).description());
    }
}

hdf5::Handle open_attribute(const Object& owner, const std::string& name) {
    const hdf5::LockGuard guard;
    require_attribute(owner, name);
    return h5a::open(id_of(owner), name);
}

void throw_for(const Object& owner, const std::string& name, const std::string& what) {
    throw Error(
        ErrorCode::invalid_argument,
        "The attribute '" + name + "' of the " + Access::state(owner).description() + " " + what);
}

Error named_attribute(const Object& owner, const std::string& name, const Error& error) {
    const ObjectState& state = Access::state(owner);
    const std::string quoted = "'" + name + "'";
    const std::string message = error.what();
    const bool names_it = message.find(quoted) != std::string::npos;
    return named(state,
                 Error(error.code(),
                       names_it ? message
                                : message + "; asked of the attribute " + quoted + " of the " +
                                      state.description(),
                       error.system_errno()));
}

void replace_attribute(hdf5::Id owner,
                       const std::string& name,
                       hdf5::Id type,
                       hdf5::Id space,
                       const std::function<void(hdf5::Id attribute)>& write) {
    const hdf5::PostponeDeviceFailures together;
    const bool taken = h5a::exists(owner, name);
    const std::string made_as = taken ? unused_name(owner, name) : name;
    hdf5::Handle attribute = h5a::create(owner, made_as, type, space);
    try {
        write(attribute.id());
        attribute.close();
    } catch (...) {
        attribute.drop();
        h5a::remove(owner, made_as);
        throw;
    }
    if (taken) {
        h5a::remove(owner, name);
        h5a::rename(owner, made_as, name);
    }
    together.tell();
}

void write_attribute(hdf5::Id attribute,
                     hdf5::Id stored_type,
                     const Shape& shape,
                     const PreparedElements& prepared) {
    if (element_count(prepared.shape) != element_count(shape)) {
        throw Error(ErrorCode::invalid_argument,
                    "A value of shape " + to_string(prepared.shape) +
                        " does not fit an attribute of shape " + to_string(shape));
    }
    if (element_count(shape) == 0) {
        return;
    }
    converting(prepared.type.id(), stored_type, [&] {
        h5a::write(attribute, prepared.type.id(), prepared.elements.data());
    });
}

AttributeElements::AttributeElements(const hdf5::Handle& attribute,
                                     hdf5::Handle memory_type,
                                     std::uint64_t count)
    : memory_type_(std::move(memory_type)),
      count_(count),
      buffer_(count, hdf5::h5t::size(memory_type_.id())) {
    h5a::read(attribute.id(), memory_type_.id(), buffer_.data());
}

AttributeElements::~AttributeElements() {
    hdf5::h5t::reclaim(memory_type_.id(), count_, buffer_.data());
}

}  // namespace hyperslab::object
