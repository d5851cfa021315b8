// Properties for transferring raw data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5::h5p {

/// Bytes of the buffer in which libhdf5 converts types; libhdf5 allocates it.
void set_buffer(Id dxpl, std::size_t bytes);
std::size_t get_buffer(Id dxpl);

/// Whether reading compares checksums (the fletcher32 filter); writing always computes them.
void set_edc_check(Id dxpl, bool check);
bool get_edc_check(Id dxpl);

/// The functions that allocate and free the memory of variable-length data; null for malloc and
/// free.
struct VlenMemoryManager {
    void* (*allocate)(std::size_t size, void* info) = nullptr;
    void* allocate_info = nullptr;
    void (*free)(void* memory, void* info) = nullptr;
    void* free_info = nullptr;
};

void set_vlen_mem_manager(Id dxpl, const VlenMemoryManager& manager);
VlenMemoryManager get_vlen_mem_manager(Id dxpl);

/// Sets how many pairs of an offset and a length libhdf5 gathers before it reads or writes them.
void set_hyper_vector_size(Id dxpl, std::size_t pairs);
std::size_t get_hyper_vector_size(Id dxpl);

/// Whether members missing from a compound in memory keep what they hold.
void set_preserve(Id dxpl, bool preserve);
bool get_preserve(Id dxpl);

/// \name Only in parallel builds of libhdf5
/// Otherwise they throw Error (unsupported).
///@{

/// H5FD_mpio_xfer_t
enum class MpioTransfer { independent = 0, collective = 1 };

void set_dxpl_mpio(Id dxpl, MpioTransfer mode);
MpioTransfer get_dxpl_mpio(Id dxpl);
/// Whether all processes of a parallel file take part in transfers with this list. Never, as long
/// as there was no parallel file.
bool is_collective(Id dxpl);

/// What the last transfer with this list did, as H5D_mpio_actual_io_mode_t and
/// H5D_mpio_actual_chunk_opt_mode_t.
int get_mpio_actual_io_mode(Id dxpl);
int get_mpio_actual_chunk_opt_mode(Id dxpl);

/// Why it was not collective: bits of H5D_mpio_no_collective_cause_t, here and on any process.
struct NoCollectiveCause {
    std::uint32_t local = 0;
    std::uint32_t global = 0;
};

NoCollectiveCause get_mpio_no_collective_cause(Id dxpl);

/// The reasons that these bits stand for, in words, joined by ", ".
std::string describe_no_collective_cause(std::uint32_t cause);
///@}

/// Says in a transfer list how a transfer past libhdf5 was done, for the functions above.
/// \param is_collective  whether the processes did it together
/// \param chunked  the layout of the dataset
void set_mpio_result(Id dxpl, bool is_collective, bool chunked);

}  // namespace hyperslab::hdf5::h5p
