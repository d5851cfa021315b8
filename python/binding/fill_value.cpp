#include "fill_value.hpp"

#include <vector>

#include "hdf5/h5d.hpp"
#include "hdf5/h5p.hpp"
#include "hdf5/h5s.hpp"
#include "memory_layout.hpp"
#include "numpy_api.hpp"
#include "numpy_dtype.hpp"

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

// Memory of strings and sequences that libhdf5 allocated for one element.
class OwnedElement {
public:
    explicit OwnedElement(const MemoryLayout& layout)
        : type_(layout.type()), bytes_(layout.c_size()) {}
    ~OwnedElement() {
        try {
            hdf5::h5d::reclaim(type_, space_.id(), bytes_.data());
        } catch (const std::exception&) {
            // a leak of one element at most
        }
    }
    OwnedElement(const OwnedElement&) = delete;
    OwnedElement& operator=(const OwnedElement&) = delete;

    std::byte* data() { return bytes_.data(); }

private:
    hdf5::Id type_;
    std::vector<std::byte> bytes_;
    hdf5::Handle space_ = hdf5::h5s::create(hdf5::h5s::ExtentClass::scalar);
};

}  // namespace

void set_fill_value(hdf5::Id dcpl, nb::handle array) {
    const ArrayView view = view_of(array, false);
    const MemoryLayout layout = layout_of(array);
    if (layout.direct()) {
        hdf5::h5p::set_fill_value(dcpl, layout.type(), view.data());
        return;
    }
    std::vector<std::byte> element(layout.c_size());
    KeepAlive keep;
    layout.from_numpy(static_cast<const std::byte*>(view.data()), element.data(), keep);
    hdf5::h5p::set_fill_value(dcpl, layout.type(), element.data());
}

void get_fill_value(hdf5::Id dcpl, nb::handle array) {
    const ArrayView view = view_of(array, true);
    const MemoryLayout layout = layout_of(array);
    if (layout.direct()) {
        hdf5::h5p::get_fill_value(dcpl, layout.type(), view.data());
        return;
    }
    OwnedElement element(layout);
    hdf5::h5p::get_fill_value(dcpl, layout.type(), element.data());
    layout.to_numpy(element.data(), static_cast<std::byte*>(view.data()));
}

}  // namespace hyperslab::python
