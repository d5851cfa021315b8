// The reasons why the direct engine leaves a read to libhdf5.
#pragma once

#include <cstddef>
#include <string_view>

namespace hyperslab::engine {

enum class Refusal {
    none,
    // of the read
    forced,
    small,
    transfer_properties,
    conversion,
    index_not_loaded,
    resized,
    not_flushed,
    // of the dataset
    variable_length,
    reference,
    heap_sizes,
    creation_unknown,
    no_dimensions,
    compact,
    virtual_layout,
    external_files,
    filter,
    lossy_filter,
    chunk_index,
    no_fill_value,
    fill_value_in_heap,
    not_in_file,
    // of the file
    driver,
    connector,
    mounted,
    swmr,
    page_buffer,
    cannot_flush,
    closed,
    count_,
};

inline constexpr std::size_t kRefusals = static_cast<std::size_t>(Refusal::count_);

/// A short name of the reason, for counters.
std::string_view name_of(Refusal refusal);

/// A sentence that explains the reason to people.
std::string_view describe(Refusal refusal);

}  // namespace hyperslab::engine
