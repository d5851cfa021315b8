#include "selected_spaces.hpp"

#include "engine/library_engine.hpp"
#include "hdf5/h5s.hpp"
#include "index_arguments.hpp"
#include "selection/broadcast.hpp"

namespace hyperslab::python {

SelectedSpace::SelectedSpace(nb::handle args, const Shape& shape)
    : selection_(args.is_none() ? Selection::all(shape)
                                : resolve_index(parse_selection(args), shape)),
      space_(hdf5::h5s::create_simple(shape)) {
    engine::apply_selection(selection_, space_.id());
}

void SelectedSpace::for_each_part(const Shape& source,
                                  const std::function<void(hdf5::Id)>& visit) const {
    const Shape expanded = selection::expand_shape(selection_, source);
    selection::for_each_tile(selection_, expanded, [&](const Selection& part) {
        engine::apply_selection(part, space_.id());
        visit(space_.id());
    });
}

}  // namespace hyperslab::python
