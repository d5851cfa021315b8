// How a dataset is stored and accessed: everything about it except its shape, type and contents.
//
// Value types in place of HDF5's property lists. The defaults are h5py's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hyperslab/datatype.hpp"
#include "hyperslab/filter.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab {

/// When a fill value is written into newly allocated space (H5Pset_fill_time).
enum class FillTime { allocation, never, if_set };

/// When space in the file is allocated (H5Pset_alloc_time).
enum class AllocationTime { automatic, early, late, incremental };

/// The value that elements read as that were never written: one element, as bytes of a type.
struct FillValue {
    Datatype type;
    std::vector<std::byte> bytes;  ///< `type.size()` of them
};

/// A piece of a file outside HDF5 that holds a part of the elements.
struct ExternalFile {
    std::string name;
    std::int64_t offset = 0;           ///< in bytes
    std::uint64_t bytes = kUnlimited;  ///< kUnlimited: to the end of the file
};

/// The cache of decoded chunks; what is not set stays as the file has it.
struct ChunkCacheOptions {
    std::optional<std::size_t> slots{};  ///< a prime, 100 times the chunks that fit is best
    std::optional<std::size_t> bytes{};
    std::optional<double> preemption{};  ///< 0 to 1: how readily chunks used whole are dropped

    bool empty() const { return !slots && !bytes && !preemption; }
};

struct DatasetOptions {
    /// Shape of a chunk, in elements. Empty: contiguous, unless filters or max_shape need chunks;
    /// then a shape is chosen.
    Shape chunks{};
    /// Whether the dataset has chunks of a chosen shape in any case.
    bool guess_chunks = false;
    /// The shape that the dataset can be resized to, with kUnlimited for no limit.
    std::optional<Shape> max_shape{};
    std::vector<Filter> filters{};
    std::optional<FillValue> fill_value{};
    std::optional<FillTime> fill_time{};
    std::optional<AllocationTime> allocation_time{};
    std::vector<ExternalFile> external{};
    /// Whether the elements are kept in the object header, for at most 64 KiB.
    bool compact = false;
    bool track_times = false;
    /// Whether the order in which attributes are made is remembered.
    std::optional<bool> track_attribute_order{};

    /// \name Access; not stored
    ///@{
    ChunkCacheOptions cache{};
    std::string external_prefix{};
    std::string virtual_prefix{};
    ///@}
};

/// A chunk shape for a dataset of that shape and element size: 8 KiB to 1 MiB, growing with the
/// dataset, the last axes longest. A dimension of 0 counts as 1024.
/// \throws Error (invalid_argument) for a scalar
Shape guess_chunk_shape(const Shape& shape, std::size_t element_size);

}  // namespace hyperslab
