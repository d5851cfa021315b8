// Values of attributes: read and written whole.

#include "dtypes/element_buffer.hpp"
#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "elements/transfer.hpp"
#include "hdf5/api/h5a.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/types/type_translation.hpp"
#include "ids/attr_id.hpp"
#include "ids/type_id.hpp"
#include "support/steps.hpp"

namespace hyperslab::python {
namespace {

const ObjectID* optional_type(nb::handle mtype) {
    return mtype.is_none() ? nullptr : nb::cast<const TypeID*>(mtype);
}

std::size_t element_size(const MemoryLayout& layout) {
    return layout.direct() ? layout.c_size() : layout.numpy_size();
}

}  // namespace

void read_attribute_into(hdf5::Id attribute,
                         const MemoryLayout& layout,
                         std::uint64_t count,
                         void* array_data,
                         const TextDecoding* text) {
    if (layout.direct()) {
        in_quick_step([&] { hdf5::h5a::read(attribute, layout.type(), array_data); });
        return;
    }
    ElementBuffer buffer(count, layout);
    in_quick_step([&] { hdf5::h5a::read(attribute, layout.type(), buffer.data()); });
    // libhdf5 takes no memory manager for attributes. What it allocated is given back afterwards,
    // even when it could not be converted.
    const hdf5::Handle space = hdf5::h5a::space(attribute);
    try {
        buffer.to_array(array_data, text);
    } catch (...) {
        hdf5::h5d::reclaim(layout.type(), space.id(), buffer.data());
        throw;
    }
    hdf5::h5d::reclaim(layout.type(), space.id(), buffer.data());
}

void write_attribute_from(hdf5::Id attribute,
                          const MemoryLayout& layout,
                          std::uint64_t count,
                          const void* array_data) {
    const OutgoingElements elements(layout, count, array_data);
    without_gil([&] { hdf5::h5a::write(attribute, layout.type(), elements.data()); });
}

void read_attribute(const AttrID& attribute, nb::handle array, nb::handle mtype) {
    const nb::object dtype = array.attr("dtype");
    const hdf5::Handle space = hdf5::h5a::space(attribute.id());
    const auto count = static_cast<std::uint64_t>(hdf5::h5s::element_count(space.id()));
    if (dtype_kind(dtype) == 'T') {
        const nb::object texts = zeros_array(ArrayView(array).shape(), numpy().dtype("O"));
        require_writable(texts, space.id(), sizeof(PyObject*));
        read_attribute_into(
            attribute.id(), MemoryLayout::of_text(), count, ArrayView(texts).data(), &utf8_text());
        array[nb::ellipsis()] = texts;
        return;
    }
    const hdf5::Handle file_type = hdf5::h5a::type(attribute.id());
    const MemoryLayout layout = layout_for(dtype, file_type.id(), optional_type(mtype));
    require_writable(array, space.id(), element_size(layout));
    read_attribute_into(attribute.id(), layout, count, ArrayView(array).data());
}

void write_attribute(const AttrID& attribute, nb::handle array, nb::handle mtype) {
    const nb::object dtype = array.attr("dtype");
    if (dtype_kind(dtype) == 'T') {
        write_attribute(attribute, array.attr("astype")("O"), nb::none());
        return;
    }
    const hdf5::Handle file_type = hdf5::h5a::type(attribute.id());
    const hdf5::Handle space = hdf5::h5a::space(attribute.id());
    const MemoryLayout layout = layout_for(dtype, file_type.id(), optional_type(mtype));
    require_readable(array, space.id(), element_size(layout));
    hdf5::h5a::require_same_size_as_named(attribute.id());
    write_attribute_from(attribute.id(),
                         layout,
                         static_cast<std::uint64_t>(hdf5::h5s::element_count(space.id())),
                         ArrayView(array).data());
}

}  // namespace hyperslab::python
