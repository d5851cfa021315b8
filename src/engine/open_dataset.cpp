#include "engine/open_dataset.hpp"

#include "hdf5/h5p.hpp"
#include "hdf5/lock.hpp"
#include "hdf5/type_translation.hpp"

namespace hyperslab::engine {

namespace h5d = hdf5::h5d;
namespace h5s = hdf5::h5s;

const Extent& OpenDataset::extent() {
    const hdf5::LockGuard guard;
    if (extent_known_ && fixed_extent_) {
        return extent_;
    }
    file_space_ = h5d::space(id_);
    extent_.kind = h5s::extent_class(file_space_.id());
    if (extent_.kind == h5s::ExtentClass::simple) {
        extent_.dims = h5s::dims(file_space_.id());
        extent_.max_dims = h5s::max_dims(file_space_.id());
    }
    // Chunked datasets can be resized, virtual ones follow their sources. Asking for the layout is dear, so a dataset that is
    // looked at once is spared it.
    fixed_extent_ = extent_.kind != h5s::ExtentClass::simple ||
                    (extent_known_ && (layout() == h5d::Layout::contiguous ||
                                       layout() == h5d::Layout::compact));
    extent_known_ = true;
    return extent_;
}

const Datatype& OpenDataset::type() {
    const hdf5::LockGuard guard;
    if (!type_) {
        type_ = hdf5::describe_type(type_id());
    }
    return *type_;
}

hdf5::Id OpenDataset::type_id() {
    const hdf5::LockGuard guard;
    if (!type_handle_) {
        type_handle_ = h5d::type(id_);
    }
    return type_handle_.id();
}

void OpenDataset::inspect_creation() {
    if (layout_) {
        return;
    }
    const hdf5::Handle plist = h5d::create_plist(id_);
    layout_ = static_cast<h5d::Layout>(hdf5::h5p::get_layout(plist.id()));
    may_leave_untouched_ = hdf5::h5p::get_fill_time(plist.id()) == hdf5::h5p::FillTime::never ||
                            hdf5::h5p::fill_value_defined(plist.id()) ==
                                hdf5::h5p::FillValueStatus::undefined;
}

h5d::Layout OpenDataset::layout() {
    const hdf5::LockGuard guard;
    inspect_creation();
    return *layout_;
}

bool OpenDataset::may_leave_memory_untouched() {
    const hdf5::LockGuard guard;
    inspect_creation();
    return may_leave_untouched_;
}

hdf5::Id OpenDataset::scratch_file_space() {
    extent();
    return file_space_.id();
}

hdf5::Id OpenDataset::scratch_memory_space(const Shape& shape) {
    const hdf5::LockGuard guard;
    if (!memory_space_) {
        memory_space_ = h5s::create_simple(shape);
    } else if (memory_shape_ != shape) {
        h5s::set_extent_simple(memory_space_.id(), shape, std::nullopt);
    }
    memory_shape_ = shape;
    return memory_space_.id();
}

void OpenDataset::forget_extent() {
    const hdf5::LockGuard guard;
    extent_known_ = false;
    fixed_extent_ = false;
}

}  // namespace hyperslab::engine
