// The plan of a write past libhdf5, or the reason why libhdf5 writes. Nothing is written here.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "datatype/conversion.hpp"
#include "engine/facts/planning.hpp"
#include "engine/facts/refusal.hpp"
#include "engine/plan/request.hpp"
#include "engine/store/chunk_encoding.hpp"
#include "engine/store/stored_dataset.hpp"
#include "engine/write/chunk_writer.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {

/// The reasons why the direct engine leaves a write to libhdf5.
enum class WriteRefusal {
    none,
    forced,
    scattered,
    transfer_properties,
    contiguous,
    no_filters,
    small,
    resized,
    variable_length,
    filter,
    conversion,
    cached,
    in_part,
    stored,  ///< the reason is that of a read: see RefusedWrite
    count_,
};

struct RefusedWrite {
    WriteRefusal why = WriteRefusal::none;
    Refusal stored = Refusal::none;  ///< what speaks against reading past libhdf5, too
    std::string detail{};            ///< the filter that is meant
};

/// A short name of the reason, for programs.
std::string_view name_of(const RefusedWrite& refused);

/// A sentence that explains the reason to people.
std::string describe(const RefusedWrite& refused);

struct WritePlan {
    std::shared_ptr<StoredDataset> stored;
    ChunkEncoding& encoding;
    std::shared_ptr<const datatype::Conversion> conversion;
    selection::ChunkedSelection parts;

    /// Makes the chunks of the plan from the caller's memory.
    ChunkWriter writer(const void* memory) const;
};

/// Called under the library lock.
/// \param eager  whether to plan also what would not be quicker than libhdf5 without its cache
std::expected<WritePlan, RefusedWrite> plan_chunks(const Request& request,
                                                   bool eager,
                                                   Planning planning);

/// Whether libhdf5's chunk cache would serve the program better than a plan.
bool is_better_cached(const WritePlan& plan, const Selection& selection);

/// Both together.
/// \param eager  whether to plan also what would not be quicker than libhdf5
std::expected<WritePlan, RefusedWrite> plan_write(const Request& request,
                                                  bool eager,
                                                  Planning planning);

}  // namespace hyperslab::engine
