#include "engine/store/stored_dataset.hpp"

#include <algorithm>
#include <utility>

#include "engine/facts/creation_facts.hpp"
#include "engine/facts/library_conversion.hpp"
#include "engine/store/chunk_encoding.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/changes/data_changes.hpp"
#include "hdf5/changes/extent_changes.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"

namespace hyperslab::engine {
namespace {

namespace h5d = hdf5::h5d;
namespace h5f = hdf5::h5f;
namespace h5p = hdf5::h5p;
using hdf5::Id;

// Cost of one entry of a chunk index when the index is loaded, and cost of one chunk that libhdf5
// reads, both expressed as bytes read.
constexpr std::uint64_t kIndexedChunkBytes = 128;
constexpr std::uint64_t kChunkCallBytes = 2048;
constexpr std::uint64_t kSmallIndex = 64;
// The maximum number of bytes that a chunk cache holds of a dataset, and that a flush has to write.
constexpr std::uint64_t kWorthFlushingBytes = 8U << 20;
// The number of small reads in a row that pay for a flush.
constexpr unsigned kQuietReads = 16;
// The number of strings that libhdf5 reads in the time of flushing a file, at least.
constexpr std::uint64_t kWorthFlushing = 1024;

}  // namespace

StoredDataset::StoredDataset(DatasetFacts& dataset, FactsFor purpose)
    : facts_(storage_facts(dataset, purpose)),
      cache_(std::make_unique<ChunkCache>(facts_.chunked ? facts_.cache_bytes : 0,
                                          std::max<std::size_t>(facts_.chunk_bytes, 1))) {}

StoredDataset::~StoredDataset() = default;

ChunkEncoding& StoredDataset::encoding(DatasetFacts& dataset) {
    if (encoding_ == nullptr) {
        encoding_ = std::make_unique<ChunkEncoding>(dataset, facts_);
    }
    return *encoding_;
}

namespace {

// Identifiers are not used twice, so a form always belongs to its identifier.
constexpr std::size_t kMaxForms = 8;

std::shared_ptr<const MemoryForm> make_heap_form(const Datatype& stored,
                                                 const Datatype& memory,
                                                 unsigned offset_size) {
    std::optional<HeapForm> heap = HeapForm::between(stored, memory, offset_size);
    if (!heap) {
        return nullptr;
    }
    const std::size_t size = heap->stored_size();
    return std::make_shared<const MemoryForm>(
        MemoryForm{datatype::Conversion(size), std::vector<std::byte>(size), std::move(heap)});
}

std::optional<datatype::Conversion> conversion_to(Id memory_type,
                                                  DatasetFacts& dataset,
                                                  const StorageFacts& facts) {
    const Datatype& stored = dataset.type();
    if (!facts.heap && hdf5::h5t::equal(dataset.type_id(), memory_type)) {
        return datatype::Conversion(stored.size());
    }
    return conversion_as_in_libhdf5(
        facts.heap ? stored_form(stored, facts.heap->offset_size) : stored,
        hdf5::describe_type(memory_type));
}

std::shared_ptr<const MemoryForm> make_form(DatasetFacts& dataset,
                                            Id memory_type,
                                            const StorageFacts& facts) {
    if (facts.heap) {
        const Datatype memory = hdf5::describe_type(memory_type);
        if (memory.has_variable_length()) {
            return make_heap_form(dataset.type(), memory, facts.heap->offset_size);
        }
    }
    const std::optional<datatype::Conversion> conversion =
        conversion_to(memory_type, dataset, facts);
    if (!conversion) {
        return nullptr;
    }
    std::vector<std::byte> fill(facts.of_holes == Refusal::none ? conversion->to_size() : 0);
    // A dataset without a fill value has zeros.
    if (!fill.empty() && dataset.creation().fill_value == h5p::FillValueStatus::user_defined) {
        const hdf5::Handle dcpl = h5d::create_plist(dataset.id());
        h5p::get_fill_value(dcpl.id(), memory_type, fill.data());
    }
    return std::make_shared<const MemoryForm>(MemoryForm{*conversion, std::move(fill)});
}

}  // namespace

std::shared_ptr<const MemoryForm> StoredDataset::memory_form(DatasetFacts& dataset,
                                                             hdf5::Id memory_type,
                                                             Planning planning) {
    const hdf5::LockGuard guard;
    for (const auto& [type, form] : forms_) {
        if (type == memory_type) {
            return form;
        }
    }
    if (planning == Planning::to_know) {
        return make_form(dataset, memory_type, facts_);
    }
    if (forms_.size() == kMaxForms) {
        forms_.clear();
    }
    return forms_.emplace_back(memory_type, make_form(dataset, memory_type, facts_)).second;
}

namespace {

// The addresses and sizes in a damaged file may be any number.
std::uint64_t end_of(const h5d::IndexedChunk& chunk) {
    return chunk.address + std::min(chunk.size, ~chunk.address);
}

// libhdf5 reads no chunk beyond this address, whatever else the file holds. (It does not open a
// contiguous dataset that ends beyond.)
std::uint64_t end_of_allocation(Id dataset) {
    return h5f::end_of_allocation(hdf5::h5i::file(dataset).id());
}

}  // namespace

// A file that is open for reading only changes when its metadata are read anew.
std::uint64_t StoredDataset::generation() const {
    return facts_.writable ? hdf5::data_changes() : hdf5::extent_changes();
}

bool StoredDataset::still_true(const StoredElements& elements) const {
    return !facts_.writable || (elements.generation == hdf5::data_changes() &&
                                (!facts_.heap || elements.writes == elements.file->writes()));
}

// Whether everything that reading needs is known and in the file.
bool StoredDataset::is_settled(const storage::File& file) const {
    if (!settled_ || located_.generation != generation()) {
        return false;
    }
    // An attribute may lie in the same heap, and libhdf5 may have written a part of that heap.
    return !facts_.heap || !facts_.writable || located_.writes == file.writes();
}

// Flushing a whole file for a few strings takes longer than libhdf5 takes to read them.
bool StoredDataset::is_better_left(const storage::File& file, std::uint64_t count) const {
    return facts_.heap && facts_.writable && count < kWorthFlushing && !is_settled(file);
}

// A program that reads and writes by turns would flush libhdf5's cache, and drop what is cached
// here, each time. So after a flush that was of little use, reads must first ask for as many bytes
// as a flush may write.
bool StoredDataset::is_left_unflushed(const storage::File& file,
                                      std::uint64_t bytes,
                                      Planning planning) {
    const bool flushing_pays = !served_ || served_->bytes >= kWorthFlushingBytes;
    if (!facts_.writable || !facts_.chunked || flushing_pays || is_settled(file)) {
        return false;
    }
    const std::uint64_t now = generation();
    const std::uint64_t asked = bytes + (left_.generation == now ? left_.bytes : 0);
    if (planning == Planning::to_read) {
        left_ = {now, asked};
    }
    return asked < kWorthFlushingBytes;
}

bool StoredDataset::is_at_rest(Planning planning) {
    const hdf5::LockGuard guard;
    const std::uint64_t now = generation();
    if (!facts_.writable || (settled_ && located_.generation == now)) {
        return true;
    }
    const unsigned reads = 1 + (quiet_.generation == now ? quiet_.reads : 0);
    if (planning == Planning::to_read) {
        quiet_ = {now, reads};
    }
    return reads > kQuietReads;
}

// Strings and sequences of a dataset that has been flushed may still be in libhdf5's cache of
// metadata.
void StoredDataset::flush(DatasetFacts& dataset) const {
    if (facts_.heap) {
        h5f::flush(dataset.id());
    } else {
        h5d::flush(dataset.id());
    }
}

// Makes libhdf5 write what it holds of the dataset.
Refusal StoredDataset::settle(DatasetFacts& dataset, const storage::File& file) {
    if (is_settled(file)) {
        return Refusal::none;
    }
    const std::uint64_t now = generation();
    if (!settled_ || located_.generation != now) {
        located_ = {.generation = now};
        bytes_asked_for_ = 0;
    }
    settled_ = false;
    if (facts_.writable) {
        const Refusal refusal = file_refusal(hdf5::h5i::file(dataset.id()).id());
        if (refusal != Refusal::none) {
            return refusal;
        }
        try {
            flush(dataset);
        } catch (const std::exception&) {  // the next flush or close reports it
            return Refusal::cannot_flush;
        }
    }
    // libhdf5 returns an address behind the user block even when there is none.
    if (!facts_.chunked && h5d::storage_size(dataset.id()) != 0) {
        located_.address = h5d::offset(dataset.id());
    }
    if (facts_.heap) {
        located_.heap_end = h5f::end_of_allocation(hdf5::h5i::file(dataset.id()).id());
        located_.writes = file.writes();
    }
    settled_ = true;
    return Refusal::none;
}

LoadedIndex StoredDataset::load_index(DatasetFacts& dataset) const {
    auto chunks = h5d::stored_chunks(dataset.id(), dataset.extent()->dims, facts_.chunk);
    const auto last = std::ranges::max_element(chunks, {}, end_of);
    const bool in_file = last == chunks.end() || end_of(*last) <= end_of_allocation(dataset.id());
    return {std::make_shared<const std::vector<h5d::IndexedChunk>>(std::move(chunks)), in_file};
}

// libhdf5 finds a few chunks in a large index faster than the index can be loaded; many such reads
// add up to many chunks.
bool StoredDataset::worth_loading(const selection::ChunkedSelection& parts, Planning planning) {
    const std::uint64_t bytes =
        bytes_asked_for_ + parts.size() * (facts_.chunk_bytes + kChunkCallBytes);
    if (planning == Planning::to_read) {
        bytes_asked_for_ = bytes;
    }
    return parts.grid_size() <= kSmallIndex || parts.grid_size() <= bytes / kIndexedChunkBytes;
}

bool StoredDataset::has_holes(const StoredElements& found, std::uint64_t grid_size) const {
    return facts_.chunked ? found.index.chunks->size() < grid_size : !found.address;
}

// The index, or an empty optional when it is not worth loading. In a file that is open for reading
// only it may be known from an earlier opening of the dataset.
std::optional<LoadedIndex> StoredDataset::find_index(DatasetFacts& dataset,
                                                     const storage::File& file,
                                                     const selection::ChunkedSelection& parts,
                                                     Locating how) {
    std::optional<hdf5::h5o::Identity> lasting;
    if (!facts_.writable) {
        lasting = hdf5::h5o::identity(dataset.id());
        if (const auto* known = KnownIndexes::of(file).find(*lasting, located_.generation)) {
            return *known;
        }
    }
    if (!how.eager && !worth_loading(parts, how.planning)) {
        return std::nullopt;
    }
    LoadedIndex index = load_index(dataset);
    if (lasting && how.planning == Planning::to_read) {
        KnownIndexes::of(file).keep(*lasting, located_.generation, index);
    }
    return index;
}

bool StoredDataset::find_chunks(DatasetFacts& dataset,
                                const storage::File& file,
                                const selection::ChunkedSelection& parts,
                                Locating how,
                                StoredElements& found) {
    if (found.index.chunks != nullptr) {
        return true;
    }
    const std::optional<LoadedIndex> index = find_index(dataset, file, parts, how);
    if (!index) {
        return false;
    }
    found.index = *index;
    if (how.planning == Planning::to_read) {
        located_.index = *index;
    }
    return true;
}

std::expected<StoredElements, Refusal> StoredDataset::locate(
    DatasetFacts& dataset,
    const Selection& selection,
    const selection::ChunkedSelection& parts,
    Locating how) {
    const hdf5::LockGuard guard;
    std::shared_ptr<const storage::File> file = facts_.file.lock();
    if (file == nullptr || !hdf5::h5i::valid(dataset.id())) {
        return std::unexpected(Refusal::closed);
    }
    if (!std::ranges::equal(dataset.extent()->dims, selection.extent())) {
        return std::unexpected(Refusal::resized);
    }
    const std::uint64_t bytes = selection.element_count() * facts_.element_size;
    if (!how.eager && (is_better_left(*file, selection.element_count()) ||
                       is_left_unflushed(*file, bytes, how.planning))) {
        return std::unexpected(Refusal::not_flushed);
    }
    if (const Refusal refusal = settle(dataset, *file); refusal != Refusal::none) {
        return std::unexpected(refusal);
    }
    StoredElements found = located_;
    if (facts_.chunked && !find_chunks(dataset, *file, parts, how, found)) {
        return std::unexpected(Refusal::index_not_loaded);
    }
    if (!found.index.in_file) {
        return std::unexpected(Refusal::not_in_file);
    }
    if (facts_.of_holes != Refusal::none && has_holes(found, parts.grid_size())) {
        return std::unexpected(facts_.of_holes);
    }
    if (how.planning == Planning::to_read) {
        const bool still = served_ && served_->generation == found.generation;
        served_ = {found.generation, bytes + (still ? served_->bytes : 0)};
    }
    found.file = std::move(file);
    return found;
}

}  // namespace hyperslab::engine
