// Properties for creating datasets (storage, filters, fill value) and for opening them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hdf5/property_lists/h5p_file.hpp"
#include "hyperslab/filter.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::hdf5::h5p {

/// \name Layout
///@{

/// H5D_layout_t
enum class Layout { compact = 0, contiguous = 1, chunked = 2, virtual_ = 3 };

void set_layout(Id dcpl, Layout layout);
Layout get_layout(Id dcpl);

/// The shape of a chunk in elements; makes the layout chunked.
void set_chunk(Id dcpl, const Shape& chunk);
/// \throws Error (invalid_argument) when the layout is not chunked
Shape get_chunk(Id dcpl);

/// H5D_CHUNK_* bits: chunks that the dataset's edge cuts need not be filtered.
void set_chunk_opts(Id dcpl, unsigned options);
unsigned get_chunk_opts(Id dcpl);

/// Says that the dataset will have few attributes: a smaller object header.
void set_dset_no_attrs_hint(Id dcpl, bool minimize);
bool get_dset_no_attrs_hint(Id dcpl);
///@}

/// \name Fill value
///@{

/// H5D_fill_value_t, H5D_fill_time_t, H5D_alloc_time_t
enum class FillValueStatus { undefined = 0, default_ = 1, user_defined = 2 };
enum class FillTime { alloc = 0, never = 1, ifset = 2 };
enum class AllocTime { default_ = 0, early = 1, late = 2, incremental = 3 };

/// One element of the type, copied; null: the value is undefined.
void set_fill_value(Id dcpl, Id type, const void* value);
/// The fill value converted to the type; memory of strings and vlen is the caller's to free.
void get_fill_value(Id dcpl, Id type, void* value);
FillValueStatus fill_value_defined(Id dcpl);
void set_fill_time(Id dcpl, FillTime time);
FillTime get_fill_time(Id dcpl);
void set_alloc_time(Id dcpl, AllocTime time);
AllocTime get_alloc_time(Id dcpl);
///@}

/// \name Filter pipeline
///@{

/// A stage as libhdf5 keeps it: flags are H5Z_FLAG_*, the name is the one stored or registered.
struct FilterStage {
    FilterId id = 0;
    unsigned flags = 0;
    std::vector<unsigned> values{};
    std::string name{};
};

/// Appends a stage, checking what the filter's own function (H5Pset_deflate, ...) checks.
void set_filter(Id dcpl, const Filter& filter);
/// Appends a stage as it is given.
void set_filter(Id dcpl, FilterId id, unsigned flags, const std::vector<unsigned>& values);
void set_deflate(Id dcpl, unsigned level);
void set_shuffle(Id dcpl);
void set_fletcher32(Id dcpl);
void set_szip(Id dcpl, unsigned options, unsigned pixels_per_block);
void set_nbit(Id dcpl);
/// `type`: H5Z_SO_scale_type_t.
void set_scaleoffset(Id dcpl, int type, int factor);

int get_nfilters(Id dcpl);
/// \throws Error (unsupported) for more than 256 values, which is the maximum that libhdf5 returns
FilterStage get_filter(Id dcpl, unsigned index);
/// The first stage with that filter, if there is one.
std::optional<FilterStage> get_filter_by_id(Id dcpl, FilterId id);
/// The whole pipeline, in the order of writing.
std::vector<Filter> get_filters(Id dcpl);
/// Takes a filter out; kFilterAll takes all. One that is not there is not an error.
void remove_filter(Id dcpl, FilterId id);
inline constexpr FilterId kFilterAll = 0;
/// Whether every filter of the pipeline is registered or can be loaded.
bool all_filters_avail(Id dcpl);
///@}

/// \name External files
///@{

/// A piece of a file that is not HDF5, where a part of the raw data lies. kUnlimited means the rest
/// of the file.
struct ExternalFile {
    std::string name;
    std::int64_t offset = 0;
    std::uint64_t bytes = 0;

    friend bool operator==(const ExternalFile&, const ExternalFile&) = default;
};

void set_external(Id dcpl, const ExternalFile& file);
int get_external_count(Id dcpl);
ExternalFile get_external(Id dcpl, unsigned index);
std::vector<ExternalFile> get_external_files(Id dcpl);
///@}

/// \name Virtual datasets
///@{

/// Elements of a dataset, and the elements of another one where they are found. The selections in
/// the two dataspaces have equally many elements.
struct VirtualMapping {
    Handle virtual_space;
    std::string file;  ///< "." is the file of the virtual dataset
    std::string dataset;
    Handle source_space;
};

/// Adds a mapping; makes the layout virtual.
void set_virtual(Id dcpl,
                 Id virtual_space,
                 const std::string& file,
                 const std::string& dataset,
                 Id source_space);
std::size_t get_virtual_count(Id dcpl);
Handle get_virtual_vspace(Id dcpl, std::size_t index);
Handle get_virtual_srcspace(Id dcpl, std::size_t index);
std::string get_virtual_filename(Id dcpl, std::size_t index);
std::string get_virtual_dsetname(Id dcpl, std::size_t index);
std::vector<VirtualMapping> get_virtual_mappings(Id dcpl);
///@}

/// \name Access to datasets
///@{
void set_chunk_cache(Id dapl, ChunkCache cache);
ChunkCache get_chunk_cache(Id dapl);

/// Sets the prefix that is put before the names of external files, or of the files of virtual
/// datasets.
void set_efile_prefix(Id dapl, const std::string& prefix);
std::string get_efile_prefix(Id dapl);
void set_virtual_prefix(Id dapl, const std::string& prefix);
std::string get_virtual_prefix(Id dapl);

/// H5D_vds_view_t: an unlimited virtual dataset ends before the first missing source, or behind
/// the last one that is there.
enum class VirtualView { first_missing = 0, last_available = 1 };

void set_virtual_view(Id dapl, VirtualView view);
VirtualView get_virtual_view(Id dapl);
/// Sets how many sources named by a printf format may be missing before the search for more ends.
void set_virtual_printf_gap(Id dapl, std::uint64_t gap);
std::uint64_t get_virtual_printf_gap(Id dapl);
///@}

}  // namespace hyperslab::hdf5::h5p
