// H5F: files.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hdf5/property_lists/h5p_file.hpp"

namespace hyperslab::hdf5::h5f {

/// \name Flags of open and create, as in H5Fpublic.h
///@{
inline constexpr unsigned kReadOnly = 0x0;
inline constexpr unsigned kReadWrite = 0x1;
inline constexpr unsigned kTruncate = 0x2;
inline constexpr unsigned kExclusive = 0x4;
inline constexpr unsigned kSwmrWrite = 0x20;
inline constexpr unsigned kSwmrRead = 0x40;
///@}

/// \name Kinds of open objects
///@{
inline constexpr unsigned kObjectFile = 0x1;
inline constexpr unsigned kObjectDataset = 0x2;
inline constexpr unsigned kObjectGroup = 0x4;
inline constexpr unsigned kObjectDatatype = 0x8;
inline constexpr unsigned kObjectAttribute = 0x10;
inline constexpr unsigned kObjectAll = 0x1f;
inline constexpr unsigned kObjectLocal = 0x20;
///@}

enum class Scope { local = 0, global = 1 };

struct CacheSize {
    std::size_t max_size = 0;
    std::size_t min_clean_size = 0;
    std::size_t current_size = 0;
    int entries = 0;
};

/// Accesses, hits, misses, evictions, bypasses; each for metadata and raw data.
struct PageBufferStats {
    using Pair = std::array<unsigned, 2>;
    Pair accesses{}, hits{}, misses{}, evictions{}, bypasses{};
};

Handle open(const std::string& name, unsigned flags, Id fapl = kDefault);

/// Creates a file. With kTruncate a file that another process has locked stays as it is; libhdf5
/// itself would empty it and only then find the lock.
Handle create(const std::string& name, unsigned flags, Id fcpl = kDefault, Id fapl = kDefault);

/// Opens a copy of an image in memory. Flags that let libhdf5 use the image itself have no effect.
Handle open_image(std::span<const std::byte> image, unsigned flags);
bool is_hdf5(const std::string& name, Id fapl = kDefault);
void flush(Id object, Scope scope = Scope::local);
void mount(Id location, const std::string& name, Id child);
void unmount(Id location, const std::string& name);

/// The file's name, from any object in it.
std::string name(Id object);
std::size_t object_count(Id file, unsigned types);
/// Identifiers of open objects; the references stay the owners'.
std::vector<Id> object_ids(Id file, unsigned types);

Handle reopen(Id file);
std::uint64_t file_size(Id file);
/// The address behind all that is allocated (H5Fget_eoa).
std::uint64_t end_of_allocation(Id file);
std::int64_t free_space(Id file);
Handle create_plist(Id file);
Handle access_plist(Id file);
/// kReadOnly or kReadWrite, with the SWMR flags.
unsigned intent(Id file);
/// The file descriptor behind drivers that have one.
int descriptor(Id file, Id fapl = kDefault);
/// Whether libhdf5 itself reaches the object, not a plug-in (a VOL connector).
bool is_native(Id object);
std::vector<std::byte> image(Id file);

double cache_hit_rate(Id file);
CacheSize cache_size(Id file);
void reset_cache_hit_rate(Id file);
void start_swmr_write(Id file);
PageBufferStats page_buffer_stats(Id file);
void reset_page_buffer_stats(Id file);

/// \name Only in parallel builds of libhdf5
/// Whether what one process writes is there for all at once. Otherwise they throw Error
/// (unsupported).
///@{
void set_mpi_atomicity(Id file, bool atomic);
bool get_mpi_atomicity(Id file);
///@}

/// Sets the oldest and the newest format of what is made in a file from now on.
void set_format(Id file, h5p::Libver low, h5p::Libver high);

/// Closes every object of these kinds that was opened through a file identifier.
/// \throws Error (io) when pending data could not be written
void close_objects(Id file, unsigned types);

/// Ends access to a file: closes what was opened through the identifier, then the file itself.
/// Where the same file was opened a second time, that one stays open.
/// \throws Error (io) when what was not yet written could not be
///         A file that was to replace another has not done so then.
void close_with_objects(Id file);

/// Closes a file without replacing the one that it was to replace. A file that was to replace none
/// is closed as close_with_objects() does, and a failure cannot be reported.
void discard(Id file) noexcept;

}  // namespace hyperslab::hdf5::h5f
