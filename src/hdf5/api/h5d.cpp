#include "hdf5/api/h5d.hpp"

#include <algorithm>
#include <functional>

#include "core/checked.hpp"
#include "hdf5/api/dataset_rank.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/current_transfer.hpp"
#include "hdf5/changes/announce.hpp"
#include "hdf5/changes/data_changes.hpp"
#include "hdf5/changes/extent_changes.hpp"
#include "hdf5/changes/name_removals.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hdf5/drivers/mpi_meetings.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5d {
namespace {

// Meets the other processes of a parallel file before its dataset is resized. It is no matter who
// sets the extent that a dataset has.
// \returns whether chunks may be cut
bool meet_to_resize(Id dataset, const Shape& dims) {
    if (!parallel_files_possible()) {
        return false;
    }
    const Shape before = h5s::dims(space(dataset).id());
    if (dims == before) {
        return false;
    }
    meet(dataset, Task::resizing);
    return !std::ranges::equal(dims, before, std::ranges::greater_equal());
}

void require_length(std::size_t rank, const Shape& values, const char* what) {
    if (values.size() != rank) {
        throw Error(ErrorCode::type_mismatch,
                    std::string(what) + " (" + std::to_string(values.size()) +
                        ") must match dataset rank (" + std::to_string(rank) + ")");
    }
}

std::string creation_in_words(const char* name, Id type, Id space) {
    std::string words = name == nullptr ? "anonymous" : in_quotes(name);
    words += ", shape (";
    for (const std::uint64_t n : h5s::dims(space)) {
        words += std::to_string(n) + ",";
    }
    return words + "), " + to_string(describe_type(type));
}

// What else has to be equal.
std::string properties_in_words(Id location, Id space, Id dcpl) {
    std::string words = ", in '" + h5i::name(location) + "', maximum shape (";
    for (const std::uint64_t n : h5s::max_dims(space)) {
        words += n == kUnlimited ? "unlimited," : std::to_string(n) + ",";
    }
    words += ')';
    if (dcpl == kDefault) {
        return words;
    }
    if (h5p::get_layout(dcpl) == h5p::Layout::chunked) {
        words += ", chunks (";
        for (const std::uint64_t n : h5p::get_chunk(dcpl)) {
            words += std::to_string(n) + ",";
        }
        words += ')';
    }
    for (int i = 0; i < h5p::get_nfilters(dcpl); ++i) {
        const h5p::FilterStage stage = h5p::get_filter(dcpl, static_cast<unsigned>(i));
        words += i == 0 ? ", filters " : " and ";
        words += stage.name.empty() ? std::to_string(static_cast<int>(stage.id)) : stage.name;
        for (const unsigned value : stage.values) {
            words += " " + std::to_string(value);
        }
    }
    return words + ", properties " + h5p::fingerprint_of(dcpl);
}

}  // namespace

std::size_t rank_of(Id dataset) { return static_cast<std::size_t>(h5s::rank(space(dataset).id())); }

void require_rank(Id dataset, const Shape& values, const char* what) {
    require_length(rank_of(dataset), values, what);
}

// A dataset as it is to be made: equal on all processes when its type and its shape are.
Handle create(Id location, const char* name, Id type, Id space, Id lcpl, Id dcpl, Id dapl) {
    announce_in_detail(
        location,
        "H5Dcreate",
        [&] { return creation_in_words(name, type, space); },
        [&] { return properties_in_words(location, space, dcpl); });
    if (name == nullptr) {
        return Handle(
            check({location}, [&] { return H5Dcreate_anon(location, type, space, dcpl, dapl); }));
    }
    return Handle(check({location, name},
                        [&] { return H5Dcreate2(location, name, type, space, lcpl, dcpl, dapl); }));
}

Handle open(Id location, const std::string& name, Id dapl) {
    return Handle(check({location, name}, [&] { return H5Dopen2(location, c_name(name), dapl); }));
}

Handle space(Id dataset) {
    return Handle(check({dataset}, [&] { return H5Dget_space(dataset); }));
}

Handle type(Id dataset) {
    return Handle(check({dataset}, [&] { return H5Dget_type(dataset); }));
}

Handle create_plist(Id dataset) {
    return Handle(check({dataset}, [&] { return H5Dget_create_plist(dataset); }));
}

Handle access_plist(Id dataset) {
    return Handle(check({dataset}, [&] { return H5Dget_access_plist(dataset); }));
}

namespace {

constinit thread_local std::uint64_t begun = 0;

// A collective transfer; others are no business of other processes.
void announce_transfer(Id dataset, const char* function, Id dxpl) {
    if (is_announced() && h5p::is_collective(dxpl)) {
        announce(dataset, function, [&] { return in_quotes(h5i::name(dataset)); });
    }
}

}  // namespace

std::uint64_t transfers_begun() { return begun; }

void read(Id dataset, const Transfer& t, void* buffer) {
    ++begun;  // who finds here that the others do something else has no part to take any more
    announce_transfer(dataset, "H5Dread", t.dxpl);
    if (h5p::is_collective(t.dxpl)) {
        meet(dataset, Task::reading);
    }
    check({dataset}, [&] {
        const CurrentTransfer current(t.dxpl);
        return H5Dread(dataset, t.memory_type, t.memory_space, t.file_space, t.dxpl, buffer);
    });
}

void begin_write(Id dataset, Id dxpl) {
    ++begun;
    announce_transfer(dataset, "H5Dwrite", dxpl);
    count_data_change();
}

void write(Id dataset, const Transfer& t, const void* buffer) {
    ++begun;
    announce_transfer(dataset, "H5Dwrite", t.dxpl);
    check({dataset}, [&] {
        count_data_change();
        const TransferScope transfer;
        return H5Dwrite(dataset, t.memory_type, t.memory_space, t.file_space, t.dxpl, buffer);
    });
}

void require_appendable(const Shape& dims, unsigned axis, const Shape& shape) {
    require_length(dims.size(), shape, "Shape length of what is appended");
    if (axis >= dims.size()) {
        throw Error(ErrorCode::invalid_argument,
                    "Axis " + std::to_string(axis) + " is out of range for a dataset of rank " +
                        std::to_string(dims.size()));
    }
    core::checked_add(dims[axis], shape[axis]);
    for (std::size_t d = 0; d < dims.size(); ++d) {
        if (d != axis && dims[d] != shape[d]) {
            throw Error(ErrorCode::type_mismatch,
                        "What is appended must have the dataset's shape on every axis but " +
                            std::to_string(axis) + ": axis " + std::to_string(d) + " has " +
                            std::to_string(shape[d]) + " elements, not " + std::to_string(dims[d]));
        }
    }
}

// The arguments are checked here because H5DOappend does not report why it fails, and reads as many
// elements as the dataset's shape asks.
void append(
    Id dataset, unsigned axis, const Shape& shape, Id memory_type, const void* elements, Id dxpl) {
    const LockGuard guard;
    require_appendable(h5s::dims(space(dataset).id()), axis, shape);
    meet(dataset, Task::resizing);
    count_extent_change();
    count_data_change();
    check({dataset}, [&] {
        const TransferScope transfer;
        return H5DOappend(dataset, dxpl, axis, shape[axis], memory_type, elements);
    });
}

void reclaim(Id type, Id space, void* buffer, Id dxpl) {
    check({}, [&] { return H5Treclaim(type, space, dxpl, buffer); });
}

void set_extent(Id dataset, const Shape& dims) {
    const LockGuard guard;
    require_rank(dataset, dims, "New shape length");
    set_extent_of_rank(dataset, dims);
}

void set_extent_of_rank(Id dataset, const Shape& dims) {
    announce(dataset, "H5Dset_extent", [&] {
        std::string words = in_quotes(h5i::name(dataset));
        for (const std::uint64_t n : dims) {
            words += ", " + std::to_string(n);
        }
        return words;
    });
    const LockGuard guard;
    h5s::require_countable(dims);
    const bool cuts = meet_to_resize(dataset, dims);
    count_extent_change();
    count_data_change();
    try {
        check({dataset}, [&] { return H5Dset_extent(dataset, as_hsize(dims.data())); });
    } catch (...) {
        if (cuts) {
            wait_for_all(dataset);
        }
        throw;
    }
    // Chunks that are cut are read and written back, by every process where HDF5 is the system's.
    // What another process writes there meanwhile would be lost.
    if (cuts) {
        wait_for_all(dataset);
    }
}

void extend(Id dataset, const Shape& dims) {
    const LockGuard guard;
    require_rank(dataset, dims, "New shape length");
    Shape grown = h5s::dims(space(dataset).id());
    for (std::size_t d = 0; d < dims.size(); ++d) {
        grown[d] = std::max(grown[d], dims[d]);
    }
    set_extent(dataset, grown);
}

int space_status(Id dataset) {
    H5D_space_status_t status = H5D_SPACE_STATUS_ERROR;
    check({dataset}, [&] { return H5Dget_space_status(dataset, &status); });
    return static_cast<int>(status);
}

std::optional<std::uint64_t> offset(Id dataset) {
    const LockGuard guard;
    // "Undefined" is an answer here, not a failure; a bad identifier is found by asking its space.
    space(dataset);
    return defined(H5Dget_offset(dataset));
}

std::uint64_t storage_size(Id dataset) {
    const LockGuard guard;
    space(dataset);
    return H5Dget_storage_size(dataset);
}

void flush(Id dataset) {
    check({dataset}, [&] { return H5Dflush(dataset); });
}

void refresh(Id dataset) {
    const LockGuard guard;
    count_extent_change();
    count_data_change();
    count_name_removal();
    check({dataset}, [&] { return H5Drefresh(dataset); });
}

}  // namespace hyperslab::hdf5::h5d
