#include "support/filter_packages.hpp"

#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5z.hpp"
#include "hdf5/property_lists/h5p_dataset.hpp"
#include "hyperslab/error.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {
namespace {

constexpr FilterId kFirstForeign = 256;  // smaller numbers are libhdf5's own

bool package_imported() {
    return PyDict_GetItemString(PyImport_GetModuleDict(), "hdf5plugin") != nullptr;
}

bool provide_from_package(FilterId id) {
    return nb::cast<bool>(nb::module_::import_("hyperslab._plugins").attr("provide")(id));
}

// The filters of a dataset. They are empty when libhdf5 cannot report them; whether the dataset can
// be read shows when it is read.
std::vector<Filter> filters_of(hdf5::Id dataset) {
    try {
        const hdf5::Handle dcpl = hdf5::h5d::create_plist(dataset);
        return hdf5::h5p::get_filters(dcpl.id());
    } catch (const Error&) {
        return {};
    }
}

}  // namespace

bool provide_filter(FilterId id) {
    if (id >= kFirstForeign && package_imported()) {
        return provide_from_package(id);
    }
    return hdf5::h5z::filter_avail(id);
}

void provide_filters(hdf5::Id dataset) {
    if (!package_imported()) {
        return;
    }
    for (const Filter& filter : filters_of(dataset)) {
        if (filter.id >= kFirstForeign) {
            provide_from_package(filter.id);
        }
    }
}

}  // namespace hyperslab::python
