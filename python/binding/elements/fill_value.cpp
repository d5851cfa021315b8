#include "elements/fill_value.hpp"

#include <vector>

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/property_lists/h5p.hpp"

namespace hyperslab::python {
namespace {

ArrayView view_of(nb::handle array, bool writable) {
    ArrayView view(array);
    if (!view.c_contiguous() || (writable && !view.writable())) {
        throw nb::type_error(writable ? "Array must be C-contiguous and writable"
                                      : "Array must be C-contiguous");
    }
    if (view.size() == 0) {
        throw nb::value_error("A fill value needs an array with an element");
    }
    return view;
}

MemoryLayout layout_of(nb::handle array) {
    const nb::object dtype = array.attr("dtype");
    return {dtype, type_from_dtype(dtype, true)};
}

// Frees the strings and sequences that libhdf5 allocated for an element.
void reclaim(const MemoryLayout& layout, std::byte* element) {
    const hdf5::Handle one = hdf5::h5s::create(hdf5::h5s::ExtentClass::scalar);
    hdf5::h5d::reclaim(layout.type(), one.id(), element);
}

}  // namespace

void set_fill_value(hdf5::Id dcpl, nb::handle array) {
    const ArrayView view = view_of(array, false);
    const MemoryLayout layout = layout_of(array);
    if (layout.direct()) {
        hdf5::h5p::set_fill_value(dcpl, layout.type(), view.data());
        return;
    }
    if (layout.holds_references()) {
        throw nb::type_error("A standard reference cannot be a fill value");
    }
    std::vector<std::byte> element(layout.c_size());
    KeepAlive keep;
    layout.from_numpy(static_cast<const std::byte*>(view.data()), element.data(), keep);
    hdf5::h5p::set_fill_value(dcpl, layout.type(), element.data());
}

void get_fill_value(hdf5::Id dcpl, nb::handle array) {
    const ArrayView view = view_of(array, true);
    get_fill_value(dcpl, layout_of(array), view.data());
}

void get_fill_value(hdf5::Id dcpl, const MemoryLayout& layout, void* element) {
    if (layout.direct()) {
        hdf5::h5p::get_fill_value(dcpl, layout.type(), element);
        return;
    }
    std::vector<std::byte> stored(layout.c_size());
    hdf5::h5p::get_fill_value(dcpl, layout.type(), stored.data());
    try {
        layout.to_numpy(stored.data(), static_cast<std::byte*>(element));
    } catch (...) {
        reclaim(layout, stored.data());
        throw;
    }
    reclaim(layout, stored.data());
}

}  // namespace hyperslab::python
