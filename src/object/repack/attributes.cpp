#include "object/repack/attributes.hpp"

#include <algorithm>
#include <vector>

#include "core/checked.hpp"
#include "hdf5/api/h5a.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "object/repack/references.hpp"
#include "object/repack/tree.hpp"

namespace hyperslab::object {
namespace {

namespace h5a = hdf5::h5a;
namespace h5o = hdf5::h5o;
namespace h5p = hdf5::h5p;
namespace h5s = hdf5::h5s;
namespace h5t = hdf5::h5t;
using hdf5::Handle;
using hdf5::Id;

// The number of H5O_MSG_NAME, which holds an object's comment.
constexpr unsigned kCommentMessage = 0x0d;

/// Elements of an attribute in memory, and what they own.
class AttributeElements {
public:
    AttributeElements(Id attribute, Id type, std::size_t count)
        : type_(type), count_(count), bytes_(core::checked_multiply(count, h5t::size(type))) {
        h5a::read(attribute, type, bytes_.data());
    }
    ~AttributeElements() { h5t::reclaim(type_, count_, bytes_.data()); }
    AttributeElements(const AttributeElements&) = delete;
    AttributeElements& operator=(const AttributeElements&) = delete;

    std::byte* data() { return bytes_.data(); }

private:
    Id type_;
    std::size_t count_;
    std::vector<std::byte> bytes_;
};

void copy_elements(Repacking& work, Id source, Id target, std::size_t count) {
    const Handle type = h5a::type(source);
    const Datatype described = hdf5::describe_type(type.id());
    if (!described.has_variable_length() && !described.has_reference()) {
        std::vector<std::byte> bytes(core::checked_multiply(count, h5t::size(type.id())));
        h5a::read(source, type.id(), bytes.data());
        h5a::write(target, type.id(), bytes.data());
        return;
    }
    AttributeElements elements(source, type.id(), count);
    const TurnedReferences turned(work, described, elements.data(), count);
    h5a::write(target, type.id(), elements.data());
    work.lost_references += turned.lost();
}

void copy_attribute(Repacking& work, Id source, Id target, const h5a::Attribute& attribute) {
    const Handle before = h5a::open(source, attribute.name);
    const Handle type = type_in_target(work, h5a::type(before.id()).id());
    const Handle space = h5a::space(before.id());
    const Handle acpl = h5p::create(h5p::ListClass::attribute_create);
    h5p::set_char_encoding(acpl.id(), static_cast<h5p::CharEncoding>(attribute.info.character_set));
    const Handle made =
        hdf5::h5a::create_as(target, attribute.name, type.id(), space.id(), acpl.id());
    const std::int64_t count = h5s::extent_class(space.id()) == h5s::ExtentClass::null
                                   ? 0
                                   : h5s::element_count(space.id());
    if (count != 0) {
        copy_elements(work, before.id(), made.id(), static_cast<std::size_t>(count));
    }
}

// The first attributes lie in the object's header and move out of it when they become many, which
// leaves a gap. So, where no order has to be kept, the large ones come last.
std::vector<h5a::Attribute> in_order_of_making(Id source) {
    const hdf5::IndexType order = h5a::own_order(source);
    std::vector<h5a::Attribute> attributes = h5a::attributes(source, {.index = order});
    if (order == hdf5::IndexType::name) {
        std::ranges::stable_sort(
            attributes, {}, [](const h5a::Attribute& a) { return a.info.data_size; });
    }
    return attributes;
}

}  // namespace

void copy_attributes(Repacking& work, Id source, Id target, const std::string& path) {
    if ((h5o::header(source).messages_present >> kCommentMessage & 1) != 0) {
        h5o::set_comment(target, h5o::comment(source).c_str());
    }
    for (const h5a::Attribute& attribute : in_order_of_making(source)) {
        try {
            copy_attribute(work, source, target, attribute);
        } catch (const Error& error) {
            throw Error(error.code(),
                        "attribute '" + attribute.name + "' of '" + path + "': " + error.what(),
                        error.system_errno());
        }
    }
}

}  // namespace hyperslab::object
