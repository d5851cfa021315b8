#include "elements/selected_spaces.hpp"

#include "elements/index_arguments.hpp"
#include "engine/library/select.hpp"
#include "hdf5/api/h5s.hpp"
#include "selection/broadcast.hpp"

namespace hyperslab::python {

SelectedSpace::SelectedSpace(nb::handle args, const Shape& shape)
    : selection_(args.is_none() ? Selection::all(shape)
                                : resolve_index(parse_selection(args), shape)),
      space_(hdf5::h5s::create_simple(shape)) {
    engine::apply_selection(selection_, space_.id());
}

std::vector<hdf5::Handle> SelectedSpace::parts(const Shape& source) const {
    const Shape expanded = selection::expand_shape(selection_, source);
    std::vector<hdf5::Handle> parts;
    selection::for_each_tile(selection_, expanded, [&](const Selection& part) {
        hdf5::Handle space = hdf5::h5s::copy(space_.id());
        engine::apply_selection(part, space.id());
        parts.push_back(std::move(space));
    });
    return parts;
}

std::vector<hdf5::Id> ids_of(const std::vector<hdf5::Handle>& handles) {
    std::vector<hdf5::Id> ids;
    ids.reserve(handles.size());
    for (const hdf5::Handle& handle : handles) {
        ids.push_back(handle.id());
    }
    return ids;
}

}  // namespace hyperslab::python
