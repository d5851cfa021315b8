// What libhdf5 says of an open dataset, which is remembered here.
//
// Asking libhdf5 for a dataspace or a type costs more than reading an element, so each is asked for
// once. The extent is asked for again when the extent of some dataset may have changed. Scratch
// dataspaces are kept too, so that a small read makes no new identifiers.
//
// Every member function takes the library lock. The dataset's identifier is owned by another.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "engine/facts/creation_facts.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/datatype.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::engine {

/// The extent of a dataspace.
struct Extent {
    hdf5::h5s::ExtentClass kind = hdf5::h5s::ExtentClass::simple;
    Shape dims;      ///< empty for scalar and null
    Shape max_dims;  ///< kUnlimited where there is no limit

    bool is_null() const { return kind == hdf5::h5s::ExtentClass::null; }
    bool is_scalar() const { return kind == hdf5::h5s::ExtentClass::scalar; }
};

class DatasetFacts {
public:
    explicit DatasetFacts(hdf5::Id id) : id_(id) {}

    hdf5::Id id() const { return id_; }

    /// Whether the file is shared by the processes of an MPI communicator (driver mpio).
    bool is_parallel() { return parallel() != Parallel::no; }
    /// The transfer list of a request that names none: collective, or HDF5's default.
    hdf5::Id transfer_list() const { return transfer_list_ ? transfer_list_.id() : hdf5::kDefault; }
    /// Whether all processes take part in transfers that name no list.
    /// \returns what it was before
    /// \throws Error (unsupported) without MPI
    bool set_collective(bool collective);

    /// Whether it is, and other processes may change it.
    bool is_changed_in_parallel() { return parallel() == Parallel::read_and_written; }

    /// The extent now. Stays as it is when another thread resizes the dataset.
    std::shared_ptr<const Extent> extent();

    /// Whether the extent is known never to change; false until extent() has been asked often.
    bool has_fixed_extent() const { return fixed_extent_; }

    /// The element type as stored.
    const Datatype& type();

    /// The type's identifier.
    hdf5::Id type_id();

    /// The facts of its creation, which do not change.
    /// \throws Error when libhdf5 cannot give them, because the fill value lies at no address
    const CreationFacts& creation();

    /// The facts of its creation, or null when libhdf5 cannot give them. Its elements can be read
    /// nevertheless.
    const CreationFacts* creation_if_known();

    /// Asks what all processes of a parallel file must ask together; called when they open the
    /// dataset. libhdf5 makes a communicator when it says how a virtual dataset was made, and not
    /// all processes that open one read it.
    void ask_together();

    hdf5::h5d::Layout layout() { return creation().layout; }

    /// Whether a buffer for its elements has to be zeroed first (CreationFacts).
    bool may_leave_memory_untouched() {
        const CreationFacts* const facts = creation_if_known();
        return facts == nullptr || facts->may_leave_memory_untouched();
    }

    /// A dataspace of the current extent for the caller to select in; the next caller changes it.
    hdf5::Id scratch_file_space();

    /// A dataspace of this shape with everything selected; the next caller changes it.
    hdf5::Id scratch_memory_space(const Shape& shape);

private:
    enum class Parallel : std::uint8_t { no, read, read_and_written };

    Parallel parallel();
    bool extent_is_current();
    void ask_extent();

    hdf5::Id id_;
    std::optional<Parallel> parallel_{};
    hdf5::Handle transfer_list_;
    std::shared_ptr<const Extent> extent_;
    std::uint64_t extent_changes_ = 0;  // the count of changes when extent_ was asked for
    bool fixed_extent_ = false;
    bool knows_whether_fixed_ = false;
    unsigned questions_ = 0;  // requests for the extent since it is known
    std::optional<Datatype> type_;
    hdf5::Handle type_handle_;
    std::optional<CreationFacts> creation_;
    bool creation_unknown_ = false;
    hdf5::Handle file_space_;
    hdf5::Handle memory_space_;
    std::optional<Shape> memory_shape_;
};

}  // namespace hyperslab::engine
