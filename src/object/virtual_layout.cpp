#include "hyperslab/virtual_layout.hpp"

#include "engine/library_engine.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/group.hpp"
#include "object/dataset_creation.hpp"
#include "object/group_functions.hpp"
#include "object/object_state.hpp"
#include "object/space_selection.hpp"

namespace hyperslab {

namespace h5p = hdf5::h5p;
namespace h5s = hdf5::h5s;
using hdf5::Handle;
using object::Access;

namespace {

Handle space_of(const Selection& selection, const std::optional<Shape>& max_shape = {}) {
    const Shape extent(selection.extent().begin(), selection.extent().end());
    Handle space = h5s::create_simple(extent, max_shape);
    engine::apply_selection(selection, space.id());
    return space;
}

// Of a source that is taken whole a file does not say the extent: a row of as many elements stands
// for it.
Selection source_selection(hdf5::Id source_space, const Selection& virtual_selection) {
    Selection selection = object::selection_of(source_space);
    const std::uint64_t count = virtual_selection.element_count();
    return selection.kind() == SelectionKind::all && selection.element_count() != count
               ? Selection::all(Shape{count})
               : selection;
}

void add_mapping(hdf5::Id dcpl, const VirtualLayout& layout, const VirtualMapping& mapping) {
    h5p::set_virtual(dcpl,
                     space_of(mapping.virtual_selection, layout.max_shape()).id(),
                     mapping.file,
                     mapping.dataset,
                     space_of(mapping.source_selection).id());
}

}  // namespace

VirtualLayout::VirtualLayout(Shape shape, Datatype type, std::optional<Shape> max_shape)
    : shape_(std::move(shape)), type_(std::move(type)), max_shape_(std::move(max_shape)) {}

VirtualLayout& VirtualLayout::map(const IndexExpression& where, const VirtualSource& source) {
    VirtualMapping mapping{resolve(where, shape_),
                           source.file,
                           source.dataset,
                           resolve(source.selection, source.shape)};
    const std::uint64_t wanted = mapping.virtual_selection.element_count();
    const std::uint64_t given = mapping.source_selection.element_count();
    if (wanted != given) {
        throw Error(ErrorCode::invalid_argument,
                    "A virtual selection of " + std::to_string(wanted) +
                        " elements cannot be mapped to " + std::to_string(given) + " of '" +
                        source.dataset + "' in file '" + source.file + "'");
    }
    mappings_.push_back(std::move(mapping));
    return *this;
}

Dataset Group::create_virtual_dataset(const std::string& path,
                                      const VirtualLayout& layout,
                                      const std::optional<FillValue>& fill_value) const {
    const hdf5::LockGuard guard;
    const object::ObjectState& state = Access::state(*this);
    return object::creating(state, [&] {
        const Handle dcpl = h5p::create(h5p::ListClass::dataset_create);
        h5p::set_layout(dcpl.id(), h5p::Layout::virtual_);
        for (const VirtualMapping& mapping : layout.mappings()) {
            add_mapping(dcpl.id(), layout, mapping);
        }
        if (fill_value) {
            object::set_fill_value(dcpl.id(), *fill_value, layout.datatype());
        }
        const Handle type = hdf5::make_type(layout.datatype());
        const Handle space = h5s::create_simple(layout.shape(), layout.max_shape());
        Handle made = hdf5::h5d::create(state.id(),
                                        path.empty() ? nullptr : path.c_str(),
                                        type.id(),
                                        space.id(),
                                        object::link_plist(path),
                                        dcpl.id());
        return Dataset(object::make_object(std::move(made), state, path));
    });
}

std::vector<VirtualMapping> Dataset::virtual_sources() const {
    const hdf5::LockGuard guard;
    std::vector<VirtualMapping> sources;
    if (!is_virtual()) {
        return sources;
    }
    const Handle dcpl = hdf5::h5d::create_plist(object::id_of(*this));
    for (const h5p::VirtualMapping& mapping : h5p::get_virtual_mappings(dcpl.id())) {
        const hdf5::Id virtual_space = mapping.virtual_space.id();
        const hdf5::Id source_space = mapping.source_space.id();
        const Selection selection = object::selection_of(virtual_space);
        sources.push_back(
            {selection,
             mapping.file,
             mapping.dataset,
             source_selection(source_space, selection),
             object::is_unlimited(virtual_space) || object::is_unlimited(source_space)});
    }
    return sources;
}

}  // namespace hyperslab
