// Drivers: the file access properties that say what reaches a file's bytes. Drivers of our own,
// over anything that has bytes, are byte_device.hpp's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5::h5p {

/// The driver's identifier, one of h5fd::driver().
void set_driver(Id fapl, Id driver);
Id get_driver(Id fapl);

void set_fapl_sec2(Id fapl);
void set_fapl_stdio(Id fapl);

/// A file in memory, grown by `increment` bytes; written to disk at closing with `backing_store`.
struct CoreDriver {
    std::size_t increment = 64 * 1024;
    bool backing_store = true;
};

void set_fapl_core(Id fapl, CoreDriver core);
CoreDriver get_fapl_core(Id fapl);
/// Sets whether only pages that changed are written back, and the size of a page in bytes.
void set_core_write_tracking(Id fapl, bool track, std::size_t page_bytes);
std::pair<bool, std::size_t> get_core_write_tracking(Id fapl);

/// One file as a row of files of `member_bytes` each; the name holds a printf integer format.
void set_fapl_family(Id fapl, std::uint64_t member_bytes, Id member_fapl);

struct FamilyDriver {
    std::uint64_t member_bytes = 0;
    Handle member_fapl{};  ///< a copy
};

FamilyDriver get_fapl_family(Id fapl);

/// Metadata in one file and raw data in another, named by what is put behind the file's name, or by
/// a pattern in which it replaces "%s".
/// \throws Error (invalid_argument) for any other use of %, which libhdf5 would give to printf
void set_fapl_split(Id fapl,
                    const std::string& meta_extension,
                    Id meta_fapl,
                    const std::string& raw_extension,
                    Id raw_fapl);

/// Sets a driver like sec2 that writes a log; flags are H5FD_LOG_*.
void set_fapl_log(Id fapl, const std::string& log_file, std::uint64_t flags, std::size_t bytes);

/// \name Only in builds of libhdf5 that have them
/// Otherwise they throw Error (unsupported).
///@{

/// Direct I/O: memory alignment, file system block and copy buffer in bytes; 0: libhdf5 chooses.
struct DirectDriver {
    std::size_t alignment = 0;
    std::size_t block_bytes = 0;
    std::size_t copy_buffer_bytes = 0;
};

void set_fapl_direct(Id fapl, DirectDriver direct);
DirectDriver get_fapl_direct(Id fapl);

/// Read-only S3; without all three strings the requests are not signed.
struct Ros3Driver {
    std::string aws_region;
    std::string secret_id;
    std::string secret_key;
    bool authenticate = false;
    int version = 0;
};

void set_fapl_ros3(Id fapl, const Ros3Driver& ros3);
Ros3Driver get_fapl_ros3(Id fapl);
void set_fapl_ros3_token(Id fapl, const std::string& token);
std::string get_fapl_ros3_token(Id fapl);

/// MPI objects as numbers: the handle itself, pointer or integer (mpi4py's handleof). No info: 0.
struct MpiDriver {
    std::uintptr_t communicator = 0;
    std::uintptr_t info = 0;
};

void set_fapl_mpio(Id fapl, MpiDriver mpi);
/// Duplicates that the caller frees.
MpiDriver get_fapl_mpio(Id fapl);
/// The processes that share files of any parallel driver; set_fapl_mpio() says it too. Collective.
void set_mpi_params(Id fapl, MpiDriver mpi);
/// Duplicates that the caller frees; none: MPI_COMM_NULL.
MpiDriver get_mpi_params(Id fapl);
void set_all_coll_metadata_ops(Id list, bool collective);
bool get_all_coll_metadata_ops(Id list);
void set_coll_metadata_write(Id fapl, bool collective);
bool get_coll_metadata_write(Id fapl);

/// Which processes write to subfiles for the others. The numbers are libhdf5's; it takes n and the
/// total from the environment variable H5FD_SUBFILING_IOC_SELECTION_CRITERIA.
enum class IocSelection { one_per_node = 0, every_nth_rank = 1, total = 3 };

constexpr std::int32_t kOneSubfilePerConcentrator = -1;

/// A file whose bytes lie in stripes in several subfiles beside it. Each has an I/O concentrator: a
/// process whose threads write what the others send it.
struct SubfilingDriver {
    IocSelection ioc_selection = IocSelection::one_per_node;
    std::int64_t stripe_bytes = 32 << 20;
    std::int32_t stripe_count = kOneSubfilePerConcentrator;  ///< subfiles
    Handle ioc_fapl{};  ///< with the driver ioc; none: the default one
};

/// The processes are those of set_mpi_params(), by default all. Collective.
void set_fapl_subfiling(Id fapl, const SubfilingDriver& subfiling);
SubfilingDriver get_fapl_subfiling(Id fapl);

/// An I/O concentrator's threads.
struct IocDriver {
    std::int32_t thread_pool_size = 4;
};

void set_fapl_ioc(Id fapl, IocDriver ioc);
IocDriver get_fapl_ioc(Id fapl);
///@}

}  // namespace hyperslab::hdf5::h5p
