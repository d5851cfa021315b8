#include "object/repack/chosen.hpp"

#include <vector>

#include "hdf5/api/h5l.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/call/handle.hpp"

namespace hyperslab::object {

namespace h5o = hdf5::h5o;

ChosenDatasets::ChosenDatasets(hdf5::Id source, const RepackOptions& options)
    : all_(options.only.empty()) {
    for (const std::string& path : options.only) {
        add_below(h5o::open(source, path).id());
    }
}

void ChosenDatasets::add_below(hdf5::Id object) {
    std::vector<hdf5::Handle> left{hdf5::Handle::borrow(object)};
    while (!left.empty()) {
        const hdf5::Handle next = std::move(left.back());
        left.pop_back();
        const bool is_new = chosen_.insert(address_of(h5o::identity(next.id()))).second;
        if (!is_new || h5o::type(next.id()) != h5o::Type::group) {
            continue;
        }
        for (const hdf5::h5l::Link& link : hdf5::h5l::links(next.id())) {
            if (link.info.type == hdf5::h5l::Type::hard) {
                left.push_back(h5o::open(next.id(), link.name));
            }
        }
    }
}

}  // namespace hyperslab::object
