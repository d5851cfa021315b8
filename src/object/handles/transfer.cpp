#include "object/handles/transfer.hpp"

#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"

namespace hyperslab::object {
namespace {

bool is_convertible(const Datatype& from, const Datatype& to) {
    return hdf5::h5t::find_conversion(hdf5::make_type(from).id(), hdf5::make_type(to).id())
        .has_value();
}

std::string find_unconvertible(const Datatype& from, const Datatype& to, const std::string& path) {
    if (from.type_class() == TypeClass::compound && to.type_class() == TypeClass::compound) {
        for (const CompoundMember& member : to.members()) {
            if (const CompoundMember* const source = from.find_member(member.name)) {
                std::string why = find_unconvertible(
                    source->type, member.type, path + (path.empty() ? "" : ".") + member.name);
                if (!why.empty()) {
                    return why;
                }
            }
        }
    }
    if (is_convertible(from, to)) {
        return {};
    }
    return "There is no conversion from " + to_string(from) + " to " + to_string(to) +
           (path.empty() ? "" : ", the member '" + path + "'");
}

}  // namespace

std::string unconvertible(hdf5::Id from, hdf5::Id to) {
    if (hdf5::h5t::find_conversion(from, to)) {
        return {};
    }
    return find_unconvertible(hdf5::describe_type(from), hdf5::describe_type(to), "");
}

}  // namespace hyperslab::object
