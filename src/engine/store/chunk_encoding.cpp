#include "engine/store/chunk_encoding.hpp"

#include "engine/facts/library_conversion.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"

namespace hyperslab::engine {
namespace {

namespace h5p = hdf5::h5p;

// Identifiers are not used twice, so a conversion always belongs to its identifier.
constexpr std::size_t kMaxConversions = 8;
// Looking at a chunk takes as long as writing a few megabytes; this many bytes pay for it.
constexpr std::uint64_t kTuningBytes = 24U << 20;

// The value that libhdf5 gives the elements of a new chunk that are not written: zeros without a
// fill value.
std::vector<std::byte> fill_value_of(DatasetFacts& dataset, std::size_t element_size) {
    std::vector<std::byte> value(element_size);
    const CreationFacts& creation = dataset.creation();
    if (creation.fill_value == h5p::FillValueStatus::user_defined &&
        creation.fill_time != h5p::FillTime::never) {
        const hdf5::Handle dcpl = hdf5::h5d::create_plist(dataset.id());
        h5p::get_fill_value(dcpl.id(), dataset.type_id(), value.data());
    }
    return value;
}

std::shared_ptr<const datatype::Conversion> make_conversion(DatasetFacts& dataset,
                                                            hdf5::Id memory_type) {
    if (hdf5::h5t::equal(memory_type, dataset.type_id())) {
        return std::make_shared<const datatype::Conversion>(dataset.type().size());
    }
    const auto found = conversion_as_in_libhdf5(hdf5::describe_type(memory_type), dataset.type());
    return found ? std::make_shared<const datatype::Conversion>(*found) : nullptr;
}

}  // namespace

ChunkEncoding::ChunkEncoding(DatasetFacts& dataset, const StorageFacts& facts)
    : filters_(dataset.creation().stages, facts.element_size, facts.chunk_bytes),
      fill_value_(fill_value_of(dataset, facts.element_size)) {}

bool ChunkEncoding::wants_tuning(std::uint64_t bytes) {
    bytes_ += bytes;
    return !tuned_ && bytes_ >= kTuningBytes;
}

void ChunkEncoding::tune(std::span<const std::byte> chunk) {
    tuned_ = true;
    filters_.tune(chunk);
}

std::shared_ptr<const datatype::Conversion> ChunkEncoding::conversion(DatasetFacts& dataset,
                                                                      hdf5::Id memory_type) {
    for (const auto& [type, conversion] : conversions_) {
        if (type == memory_type) {
            return conversion;
        }
    }
    if (conversions_.size() == kMaxConversions) {
        conversions_.clear();
    }
    return conversions_.emplace_back(memory_type, make_conversion(dataset, memory_type)).second;
}

}  // namespace hyperslab::engine
