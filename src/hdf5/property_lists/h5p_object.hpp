// Properties for creating objects in general and groups, and for copying objects.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5::h5p {

/// Bits of the creation order properties (H5P_CRT_ORDER_*). Indexing needs tracking.
inline constexpr unsigned kCreationOrderTracked = 1;
inline constexpr unsigned kCreationOrderIndexed = 2;

/// \name Creation of any object
///@{

/// Attributes up to `max_compact` lie in the object header, and move back there below `min_dense`.
struct PhaseChange {
    unsigned max_compact = 8;
    unsigned min_dense = 6;
};

void set_attr_phase_change(Id ocpl, PhaseChange phase_change);
PhaseChange get_attr_phase_change(Id ocpl);
void set_attr_creation_order(Id ocpl, unsigned flags);
unsigned get_attr_creation_order(Id ocpl);
void set_obj_track_times(Id ocpl, bool track);
bool get_obj_track_times(Id ocpl);
///@}

/// \name Creation of groups (and of files, for their root group)
///@{
void set_link_creation_order(Id gcpl, unsigned flags);
unsigned get_link_creation_order(Id gcpl);
/// Sets the numbers of links at which they move from the object header to a heap with an index, and
/// back.
void set_link_phase_change(Id gcpl, PhaseChange phase_change);
PhaseChange get_link_phase_change(Id gcpl);
/// The number of links expected, and the length of their names in bytes.
void set_est_link_info(Id gcpl, unsigned count, unsigned name_length);
std::pair<unsigned, unsigned> get_est_link_info(Id gcpl);
/// Bytes to reserve for the names in an old-style group; 0: libhdf5 decides.
void set_local_heap_size_hint(Id gcpl, std::size_t bytes);
std::size_t get_local_heap_size_hint(Id gcpl);
///@}

/// \name Copying objects
///@{
/// Bits: H5O_COPY_*_FLAG.
void set_copy_object(Id ocpypl, unsigned flags);
unsigned get_copy_object(Id ocpypl);
/// A path where a committed datatype equal to the source's is looked for at the destination.
void add_merge_committed_dtype_path(Id ocpypl, const std::string& path);
void free_merge_committed_dtype_paths(Id ocpypl);
///@}

}  // namespace hyperslab::hdf5::h5p
