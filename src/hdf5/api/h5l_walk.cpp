// H5L: the links of a group, and paths.

#include <algorithm>
#include <string_view>

#include "hdf5/api/h5l.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/api/link_info.hpp"
#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5::h5l {
namespace {

struct RawLink {
    std::string name;
    H5L_info2_t info;
};

herr_t collect_name(hid_t, const char* name, const H5L_info2_t*, void* names) noexcept {
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return H5_ITER_CONT;
}

herr_t collect_link(hid_t, const char* name, const H5L_info2_t* info, void* links) noexcept {
    static_cast<std::vector<RawLink>*>(links)->push_back({name, *info});
    return H5_ITER_CONT;
}

// Addresses are asked for when libhdf5 has come back from the walk.
std::vector<Link> described(Id location, std::vector<RawLink> raw) {
    std::vector<Link> links;
    links.reserve(raw.size());
    for (RawLink& link : raw) {
        links.push_back({std::move(link.name), link_info(location, link.info)});
    }
    return links;
}

H5_index_t index_code(const Iteration& iteration) {
    return static_cast<H5_index_t>(iteration.index);
}

H5_iter_order_t order_code(const Iteration& iteration) {
    return static_cast<H5_iter_order_t>(iteration.order);
}

}  // namespace

std::vector<std::string> names(Id group, const Iteration& iteration) {
    std::vector<std::string> found;
    hsize_t position = iteration.start;
    check({group}, [&] {
        return H5Literate2(
            group, index_code(iteration), order_code(iteration), &position, collect_name, &found);
    });
    return found;
}

std::vector<Link> links(Id group, const Iteration& iteration, const std::string& name, Id lapl) {
    const LockGuard guard;
    std::vector<RawLink> found;
    hsize_t position = iteration.start;
    check({group, name}, [&] {
        return H5Literate_by_name2(group,
                                   c_name(name),
                                   index_code(iteration),
                                   order_code(iteration),
                                   &position,
                                   collect_link,
                                   &found,
                                   lapl);
    });
    return described(group, std::move(found));
}

bool path_valid(Id group, std::string_view path, Id lapl) {
    if (path.empty()) {
        return false;
    }
    const LockGuard guard;
    // An object is passed on by its path from the first group: libhdf5 walks it, no identifier is
    // opened on the way.
    std::string walked = path.front() == '/' ? "/" : "";
    std::size_t begin = path.find_first_not_of('/');
    while (begin != std::string_view::npos) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view step = path.substr(begin, end - begin);
        begin = path.find_first_not_of('/', end);
        if (step == ".") {
            continue;
        }
        walked += step;
        if (!exists(group, walked, lapl)) {
            return false;
        }
        const bool last = begin == std::string_view::npos;
        if (!last && (!h5o::exists_by_name(group, walked, lapl) ||
                      h5o::type_by_name(group, walked, lapl) != h5o::Type::group)) {
            return false;
        }
        walked += '/';
    }
    return true;
}

}  // namespace hyperslab::hdf5::h5l
