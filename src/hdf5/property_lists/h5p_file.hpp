// Properties for creating files and for opening them. Which driver reaches the bytes is
// h5p_driver.hpp's, the metadata cache's sizes are h5ac.hpp's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5::h5p {

/// \name Creation of files
///@{

/// Format versions that a file was made with (H5Pget_version).
struct FormatVersions {
    unsigned superblock = 0;
    unsigned freelist = 0;
    unsigned symbol_table = 0;
    unsigned shared_header = 0;
};

FormatVersions get_version(Id fcpl);

/// Bytes in front of the HDF5 data for the user: 0, or a power of 2 from 512.
void set_userblock(Id fcpl, std::uint64_t bytes);
std::uint64_t get_userblock(Id fcpl);

/// Bytes of an address and of a length in the file: 2, 4, 8 or 16.
struct Sizes {
    std::size_t address = 0;
    std::size_t length = 0;
};

void set_sizes(Id fcpl, Sizes sizes);
Sizes get_sizes(Id fcpl);

/// H5F_fspace_strategy_t
enum class SpaceStrategy { fsm_aggr = 0, page = 1, aggr = 2, none = 3 };

/// How free space in a file is kept: whether across closing the file, and the minimum size of a
/// piece in bytes.
struct FileSpace {
    SpaceStrategy strategy = SpaceStrategy::fsm_aggr;
    bool persist = false;
    std::uint64_t threshold = 1;
};

void set_file_space_strategy(Id fcpl, FileSpace space);
FileSpace get_file_space_strategy(Id fcpl);
/// Sets the size of a page in bytes, at least 512. It is used with SpaceStrategy::page.
void set_file_space_page_size(Id fcpl, std::uint64_t bytes);
std::uint64_t get_file_space_page_size(Id fcpl);

/// Rank and half the size of the nodes of old-style groups' B-trees.
void set_sym_k(Id fcpl, unsigned rank, unsigned leaf);
std::pair<unsigned, unsigned> get_sym_k(Id fcpl);
/// Half the rank of the B-trees that index chunks.
void set_istore_k(Id fcpl, unsigned rank);
unsigned get_istore_k(Id fcpl);

/// Indexes for object header messages that objects share, and which kinds of message each takes
/// (H5O_SHMESG_*_FLAG) from how many bytes on.
void set_shared_mesg_nindexes(Id fcpl, unsigned count);
unsigned get_shared_mesg_nindexes(Id fcpl);
void set_shared_mesg_index(Id fcpl, unsigned index, unsigned types, unsigned min_bytes);
std::pair<unsigned, unsigned> get_shared_mesg_index(Id fcpl, unsigned index);
///@}

/// \name Access to files
///@{

/// H5F_close_degree_t
enum class CloseDegree { default_ = 0, weak = 1, semi = 2, strong = 3 };

void set_fclose_degree(Id fapl, CloseDegree degree);
CloseDegree get_fclose_degree(Id fapl);

/// H5F_libver_t; which exist is the library's to say.
enum class Libver { earliest = 0, v18 = 1, v110 = 2, v112 = 3, v114 = 4, v200 = 5 };

/// The latest format that this libhdf5 writes.
Libver latest_libver();

void set_libver_bounds(Id fapl, Libver low, Libver high);
std::pair<Libver, Libver> get_libver_bounds(Id fapl);

/// The chunk cache of each dataset: hash slots, bytes, and how readily chunks that were read or
/// written in full are dropped (0 to 1).
struct ChunkCache {
    std::size_t slots = 0;
    std::size_t bytes = 0;
    double preemption = 0;
};

void set_cache(Id fapl, ChunkCache cache);
ChunkCache get_cache(Id fapl);

/// The alignment of objects: those of at least `threshold` bytes begin at multiples of `alignment`
/// bytes.
struct Alignment {
    std::uint64_t threshold = 1;
    std::uint64_t alignment = 1;
};

void set_alignment(Id fapl, Alignment alignment);
Alignment get_alignment(Id fapl);

/// Bytes; 0 turns the sieve buffer off.
void set_sieve_buf_size(Id fapl, std::size_t bytes);
std::size_t get_sieve_buf_size(Id fapl);
void set_meta_block_size(Id fapl, std::uint64_t bytes);
std::uint64_t get_meta_block_size(Id fapl);
void set_small_data_block_size(Id fapl, std::uint64_t bytes);
std::uint64_t get_small_data_block_size(Id fapl);

/// The size of the page buffer in bytes, and the minimum shares of metadata and of raw data in it,
/// in percent.
struct PageBuffer {
    std::size_t bytes = 0;
    unsigned min_meta_percent = 0;
    unsigned min_raw_percent = 0;
};

void set_page_buffer_size(Id fapl, PageBuffer buffer);
PageBuffer get_page_buffer_size(Id fapl);

/// Whether files are locked while open, and whether a file system without locks is put up with.
/// The environment variable HDF5_USE_FILE_LOCKING has the last word.
struct FileLocking {
    bool use = true;
    bool ignore_when_disabled = true;
};

void set_file_locking(Id fapl, FileLocking locking);
FileLocking get_file_locking(Id fapl);

/// The contents of a file, for drivers that can begin with them (core); copied. An empty image
/// takes the one that was set away.
void set_file_image(Id fapl, std::span<const std::byte> image);
std::vector<std::byte> get_file_image(Id fapl);

/// Whether an object's metadata leave the cache when it is closed.
void set_evict_on_close(Id fapl, bool evict);
bool get_evict_on_close(Id fapl);
/// Sets how often metadata are read again when their checksum is wrong (SWMR).
void set_metadata_read_attempts(Id fapl, unsigned attempts);
unsigned get_metadata_read_attempts(Id fapl);
/// Files that external links lead to and that are kept open.
void set_elink_file_cache_size(Id fapl, unsigned files);
unsigned get_elink_file_cache_size(Id fapl);
void set_gc_references(Id fapl, bool collect);
bool get_gc_references(Id fapl);
///@}

}  // namespace hyperslab::hdf5::h5p
