#include "h5boss/formats/attributes.hpp"

#include <hyperslab/native.hpp>

#include <set>
#include <vector>

namespace hyperslab::apps::h5boss {
namespace {

using native::Id;

/// Copies one attribute; the lock is held. The status is negative when that failed.
int copy_one(Id from, Id to, const char* name) {
    const auto close = native::function<int(Id)>("H5Aclose");
    const Id source = native::function<Id(Id, const char*, Id)>("H5Aopen")(from, name, 0);
    if (source < 0) {
        return -1;
    }
    // A copy of the type, since one that is committed belongs to its file.
    const native::OwnedId named(native::function<Id(Id)>("H5Aget_type")(source));
    const native::OwnedId type(native::function<Id(Id)>("H5Tcopy")(named.id()));
    const native::OwnedId space(native::function<Id(Id)>("H5Aget_space")(source));
    const Id target = native::function<Id(Id, const char*, Id, Id, Id, Id)>("H5Acreate2")(
        to, name, type.id(), space.id(), 0, 0);
    int status = target < 0 ? -1 : 0;
    const auto points =
        native::function<std::int64_t(Id)>("H5Sget_simple_extent_npoints")(space.id());
    if (status == 0 && points > 0) {
        std::vector<std::byte> values(static_cast<std::size_t>(points) *
                                      native::function<std::size_t(Id)>("H5Tget_size")(type.id()));
        status = native::function<int(Id, Id, void*)>("H5Aread")(source, type.id(), values.data());
        if (status >= 0) {
            status = native::function<int(Id, Id, const void*)>("H5Awrite")(
                target, type.id(), values.data());
            native::function<int(Id, Id, Id, void*)>("H5Dvlen_reclaim")(
                type.id(), space.id(), 0, values.data());
        }
    }
    if (target >= 0) {
        close(target);
    }
    close(source);
    return status;
}

}  // namespace

void copy_attributes(const Object& from, const Object& to) {
    const std::vector<std::string> names = from.attributes().names();
    if (names.empty()) {
        return;
    }
    const std::vector<std::string> held = to.attributes().names();
    const std::set<std::string> there(held.begin(), held.end());
    for (const std::string& name : names) {
        if (there.contains(name) || from.attributes()[name].datatype().has_reference()) {
            continue;
        }
        const native::Lock lock;
        if (copy_one(native::id(from), native::id(to), name.c_str()) < 0) {
            throw Error(ErrorCode::io,
                        "Cannot copy the attribute '" + name + "' of '" + from.name() + "' in '" +
                            from.file().filename() + "'");
        }
    }
}

}  // namespace hyperslab::apps::h5boss
