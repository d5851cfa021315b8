// Layout, fill value and allocation. Filters, external files and virtual mappings are next door.

#include "hdf5/property_lists/h5p_dataset.hpp"

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5::h5p {

static_assert(static_cast<int>(Layout::virtual_) == H5D_VIRTUAL);
static_assert(static_cast<int>(FillValueStatus::user_defined) == H5D_FILL_VALUE_USER_DEFINED);
static_assert(static_cast<int>(FillTime::ifset) == H5D_FILL_TIME_IFSET);
static_assert(static_cast<int>(AllocTime::incremental) == H5D_ALLOC_TIME_INCR);

void set_layout(Id dcpl, Layout layout) {
    check({}, [&] { return H5Pset_layout(dcpl, static_cast<H5D_layout_t>(layout)); });
}

Layout get_layout(Id dcpl) {
    return static_cast<Layout>(check({}, [&] { return H5Pget_layout(dcpl); }));
}

void set_chunk(Id dcpl, const Shape& chunk) {
    check({}, [&] {
        return H5Pset_chunk(dcpl, static_cast<int>(chunk.size()), as_hsize(chunk.data()));
    });
}

Shape get_chunk(Id dcpl) {
    const LockGuard guard;
    const int rank = check({}, [&] { return H5Pget_chunk(dcpl, 0, nullptr); });
    Shape chunk(static_cast<std::size_t>(rank));
    check({}, [&] { return H5Pget_chunk(dcpl, rank, as_hsize(chunk.data())); });
    return chunk;
}

void set_chunk_opts(Id dcpl, unsigned options) {
    check({}, [&] { return H5Pset_chunk_opts(dcpl, options); });
}

unsigned get_chunk_opts(Id dcpl) {
    unsigned options = 0;
    check({}, [&] { return H5Pget_chunk_opts(dcpl, &options); });
    return options;
}

void set_dset_no_attrs_hint(Id dcpl, bool minimize) {
    check({}, [&] { return H5Pset_dset_no_attrs_hint(dcpl, minimize); });
}

bool get_dset_no_attrs_hint(Id dcpl) {
    hbool_t minimize = false;
    check({}, [&] { return H5Pget_dset_no_attrs_hint(dcpl, &minimize); });
    return minimize;
}

void set_fill_value(Id dcpl, Id type, const void* value) {
    check({}, [&] { return H5Pset_fill_value(dcpl, type, value); });
}

void get_fill_value(Id dcpl, Id type, void* value) {
    check({}, [&] { return H5Pget_fill_value(dcpl, type, value); });
}

FillValueStatus fill_value_defined(Id dcpl) {
    H5D_fill_value_t status = H5D_FILL_VALUE_ERROR;
    check({}, [&] { return H5Pfill_value_defined(dcpl, &status); });
    return static_cast<FillValueStatus>(status);
}

void set_fill_time(Id dcpl, FillTime time) {
    check({}, [&] { return H5Pset_fill_time(dcpl, static_cast<H5D_fill_time_t>(time)); });
}

FillTime get_fill_time(Id dcpl) {
    H5D_fill_time_t time = H5D_FILL_TIME_ERROR;
    check({}, [&] { return H5Pget_fill_time(dcpl, &time); });
    return static_cast<FillTime>(time);
}

void set_alloc_time(Id dcpl, AllocTime time) {
    check({}, [&] { return H5Pset_alloc_time(dcpl, static_cast<H5D_alloc_time_t>(time)); });
}

AllocTime get_alloc_time(Id dcpl) {
    H5D_alloc_time_t time = H5D_ALLOC_TIME_ERROR;
    check({}, [&] { return H5Pget_alloc_time(dcpl, &time); });
    return static_cast<AllocTime>(time);
}

}  // namespace hyperslab::hdf5::h5p
