// H5D: datasets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::hdf5::h5d {

enum class Layout { compact = 0, contiguous = 1, chunked = 2, virtual_ = 3 };

/// The place of one chunk in the file.
struct ChunkInfo {
    Shape offset;                          ///< its first element
    unsigned filter_mask = 0;              ///< filters skipped when it was written
    std::optional<std::uint64_t> address;  ///< in the file, in bytes; empty when not allocated
    std::uint64_t size = 0;                ///< in the file, in bytes
};

/// The kind of index by which chunks are found in the file (H5D_chunk_index_t).
enum class ChunkIndex {
    btree = 0,
    single = 1,
    implicit = 2,
    fixed_array = 3,
    extensible_array = 4,
    btree2 = 5,
};

/// An entry of a chunk index: an allocated chunk, with what reading it past libhdf5 needs.
struct IndexedChunk {
    std::uint64_t number = 0;   ///< row-major over the grid of chunks
    std::uint64_t address = 0;  ///< in the file, in bytes, with the user block
    std::uint64_t size = 0;     ///< in the file, in bytes
    unsigned filter_mask = 0;   ///< filters skipped when it was written
};

struct Transfer {
    Id memory_type = kDefault;
    Id memory_space = kAll;
    Id file_space = kAll;
    Id dxpl = kDefault;
};

/// A null name makes an anonymous dataset.
Handle create(Id location,
              const char* name,
              Id type,
              Id space,
              Id lcpl = kDefault,
              Id dcpl = kDefault,
              Id dapl = kDefault);
Handle open(Id location, const std::string& name, Id dapl = kDefault);

Handle space(Id dataset);
Handle type(Id dataset);
Handle create_plist(Id dataset);
Handle access_plist(Id dataset);

/// How many reads and writes of datasets this thread has begun: who has begun a collective one has
/// taken part in it.
std::uint64_t transfers_begun();

/// Says that this process takes part in a collective write which write() does not do.
/// \throws Error (invalid_argument) when the processes do not agree (HYPERSLAB_MPI_CHECK)
void begin_write(Id dataset, Id dxpl);

void read(Id dataset, const Transfer& transfer, void* buffer);
void write(Id dataset, const Transfer& transfer, const void* buffer);

/// Transfers of several datasets as one; the i-th of each list belong together.
struct MultiTransfer {
    std::vector<Id> datasets{};
    std::vector<Id> memory_types{};
    std::vector<Id> memory_spaces{};
    std::vector<Id> file_spaces{};
    Id dxpl = kDefault;

    /// One more; of the transfer all but the property list, which is one for all.
    void add(Id dataset, const Transfer& transfer);
};

void read_multi(MultiTransfer transfers, std::vector<void*> buffers);
void write_multi(MultiTransfer transfers, std::vector<const void*> buffers);

/// Makes the dataset longer along an axis and writes elements there, all of `shape`, which is the
/// dataset's but for that axis.
/// \throws Error (type_mismatch) when it is not; (invalid_argument) for an axis that is not there
void append(Id dataset,
            unsigned axis,
            const Shape& shape,
            Id memory_type,
            const void* elements,
            Id dxpl = kDefault);

/// Throws what append() does when elements of that shape cannot be appended to a dataset of this
/// extent.
void require_appendable(const Shape& dims, unsigned axis, const Shape& shape);

/// Frees what reading variable-length data, or standard references, allocated in a buffer.
void reclaim(Id type, Id space, void* buffer, Id dxpl = kDefault);

void set_extent(Id dataset, const Shape& dims);
/// Sets the extent of a dataset whose rank the caller knows, so that it is not asked for.
void set_extent_of_rank(Id dataset, const Shape& dims);
/// Makes a dataset at least as large as `dims` along each axis.
void extend(Id dataset, const Shape& dims);
int space_status(Id dataset);
std::optional<std::uint64_t> offset(Id dataset);
std::uint64_t storage_size(Id dataset);
void flush(Id dataset);
void refresh(Id dataset);

void write_chunk(Id dataset,
                 const Shape& offset,
                 unsigned filter_mask,
                 const void* data,
                 std::size_t size,
                 Id dxpl = kDefault);
std::uint64_t chunk_storage_size(Id dataset, const Shape& offset);

/// Whether libhdf5 has what place_chunk() needs: the one that is built along has it.
bool can_place_chunks();
/// Gives a chunk its place in the file and its entry in the index, as write_chunk() does, but
/// writes no bytes: a process of a parallel file writes them. All processes place the same chunks
/// in the same order.
/// \returns where the bytes belong, counted from the beginning of the file
std::uint64_t place_chunk(Id dataset, const Shape& offset, unsigned filter_mask, std::size_t size);

/// Whether libhdf5 stores and remembers the filter mask that a chunk is written with. Other
/// versions keep the old one in the index where a chunk keeps its size, and read a chunk with the
/// mask that it had before until another chunk is looked up.
bool keeps_filter_masks();

/// Writes a chunk that may have been stored before with another filter mask, which write_chunk()
/// may not do where keeps_filter_masks() is false.
void replace_chunk(Id dataset,
                   const Shape& offset,
                   unsigned filter_mask,
                   const void* data,
                   std::size_t size,
                   Id dxpl = kDefault);

/// The number of bytes of a stored chunk, or 0 when the chunk is not stored, for which libhdf5
/// reports an error.
std::uint64_t chunk_storage_size_or_0(Id dataset, const Shape& offset);
/// \returns the filter mask
unsigned read_chunk(
    Id dataset, const Shape& offset, void* buffer, std::size_t size, Id dxpl = kDefault);
std::uint64_t chunk_count(Id dataset, Id space);
ChunkInfo chunk_info(Id dataset, Id space, std::uint64_t index);
ChunkInfo chunk_info_at(Id dataset, const Shape& offset);
/// Every allocated chunk, in the index's order; one pass over the index.
std::vector<ChunkInfo> chunks(Id dataset, Id dxpl = kDefault);
ChunkIndex chunk_index(Id dataset);
/// The allocated chunks for reading past libhdf5: those that lie in the extent, sorted by number.
/// \param chunk  the shape of a chunk
std::vector<IndexedChunk> stored_chunks(Id dataset, const Shape& extent, const Shape& chunk);

}  // namespace hyperslab::hdf5::h5d
