#include "object/attributes/attribute_io.hpp"

#include <algorithm>
#include <vector>

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

// A name that no attribute of the object has, nor one that is made with it.
std::string unused_name(hdf5::Id owner,
                        const std::string& name,
                        std::span<const NewAttribute> others) {
    for (unsigned i = 0;; ++i) {
        std::string candidate = name + " (new " + std::to_string(i) + ")";
        if (!h5a::exists(owner, candidate) &&
            std::ranges::find(others, candidate, &NewAttribute::name) == others.end()) {
            return candidate;
        }
    }
}

void make_filled(hdf5::Id owner, const NewAttribute& attribute, const std::string& name) {
    hdf5::Handle made = h5a::create(owner, name, attribute.type, attribute.space);
    try {
        attribute.write(made.id());
        made.close();
    } catch (...) {
        made.drop();
        h5a::remove(owner, name);
        throw;
    }
}

/// Attributes that are made together, under names of their own where there are older ones.
class AttributesTogether {
public:
    AttributesTogether(hdf5::Id owner, std::span<const NewAttribute> attributes)
        : owner_(owner), attributes_(attributes) {
        for (const NewAttribute& attribute : attributes) {
            names_.push_back(h5a::exists(owner, attribute.name)
                                 ? unused_name(owner, attribute.name, attributes)
                                 : attribute.name);
        }
    }

    // All of them or none.
    void make() {
        std::size_t made = 0;
        try {
            for (; made < names_.size(); ++made) {
                make_filled(owner_, attributes_[made], names_[made]);
            }
        } catch (...) {
            while (made > 0) {
                h5a::remove(owner_, names_[--made]);
            }
            throw;
        }
    }

    void replace_older() const {
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (names_[i] != attributes_[i].name) {
                h5a::remove(owner_, attributes_[i].name);
                h5a::rename(owner_, names_[i], attributes_[i].name);
            }
        }
    }

private:
    hdf5::Id owner_;
    std::span<const NewAttribute> attributes_;
    std::vector<std::string> names_{};
};

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

void replace_attribute(hdf5::Id owner, const NewAttribute& attribute) {
    replace_attributes(owner, {&attribute, 1});
}

void replace_attributes(hdf5::Id owner, std::span<const NewAttribute> attributes) {
    const hdf5::PostponeDeviceFailures together;
    AttributesTogether made(owner, attributes);
    made.make();
    made.replace_older();
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
    converting(prepared.type->id(), stored_type, [&] {
        h5a::write(attribute, prepared.type->id(), prepared.elements.data());
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
