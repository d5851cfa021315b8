#include "engine/store/storage_facts.hpp"

#include <algorithm>

#include "core/checked.hpp"
#include "engine/facts/creation_facts.hpp"
#include "engine/heap/heap_form.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/changes/data_changes.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hdf5/drivers/plain_file_driver.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hyperslab/filter.hpp"

namespace hyperslab::engine {
namespace {

namespace h5d = hdf5::h5d;
namespace h5f = hdf5::h5f;
namespace h5p = hdf5::h5p;
using hdf5::Id;

// The number of bytes of a block: large enough that a call costs little, small enough to share
// blocks out.
constexpr std::uint64_t kBlockBytes = 4U << 20;

bool has_page_buffer(Id file) {
    const hdf5::Handle fapl = h5f::access_plist(file);
    return h5p::get_page_buffer_size(fapl.id()).bytes != 0;
}

Refusal layout_refusal(const CreationFacts& creation) {
    if (creation.layout == h5d::Layout::compact) {
        return Refusal::compact;
    }
    if (creation.layout == h5d::Layout::virtual_) {
        return Refusal::virtual_layout;
    }
    return creation.external ? Refusal::external_files : Refusal::none;
}

// H5Dchunk_iter returns wrong coordinates in this case (seen in 1.14.6).
bool is_index_misread(Id dataset, const Extent& extent) {
    return h5d::chunk_index(dataset) == h5d::ChunkIndex::extensible_array &&
           extent.max_dims.front() != kUnlimited;
}

// This filter changes what was written.
bool is_lossy(const filter::Stage& stage) { return stage.id == filter_id::kScaleoffset; }

std::size_t bytes_of_chunk(const StorageFacts& facts) {
    return core::checked_size(
        core::checked_multiply(core::checked_product(facts.chunk), facts.element_size));
}

void inspect_chunks(StorageFacts& facts, const CreationFacts& creation, Id dataset) {
    facts.chunk = creation.chunk;
    facts.chunk_bytes = bytes_of_chunk(facts);
    facts.cut_chunks_are_raw = creation.cut_chunks_are_raw;
    const hdf5::Handle dapl = h5d::access_plist(dataset);
    facts.cache_bytes = h5p::get_chunk_cache(dapl.id()).bytes;
    if (creation.stages.empty()) {
        return;
    }
    if (facts.writable && std::ranges::any_of(creation.stages, is_lossy)) {
        facts.refusal = Refusal::lossy_filter;
        return;
    }
    facts.pipeline.emplace(creation.stages, facts.element_size, facts.chunk_bytes);
    // What libhdf5 cannot read is an error, however little of it is read.
    if (!facts.pipeline->refusal().empty()) {
        facts.refusal = Refusal::filter;
        facts.detail = facts.pipeline->refusal();
    } else if (!creation.filters_available) {
        facts.refusal = Refusal::filter;
        facts.detail = "libhdf5 does not have all of its filters";
    }
}

// How elements with strings or sequences lead to the global heap.
void inspect_heap(StorageFacts& facts, Id dataset) {
    const hdf5::Handle fcpl = h5f::create_plist(hdf5::h5i::file(dataset).id());
    const auto [address, length] = h5p::get_sizes(fcpl.id());
    if ((address != 4 && address != 8) || (length != 4 && length != 8)) {
        facts.refusal = Refusal::heap_sizes;
        return;
    }
    facts.heap = HeapPlace{.offset_size = static_cast<unsigned>(address),
                           .length_size = static_cast<unsigned>(length),
                           .base = h5p::get_userblock(fcpl.id())};
}

void inspect_file(StorageFacts& facts, Id dataset, FactsFor purpose) {
    const hdf5::Handle file = hdf5::h5i::file(dataset);
    facts.refusal = file_refusal(file.id());
    if (facts.refusal != Refusal::none) {
        return;
    }
    facts.writable = (h5f::intent(file.id()) & h5f::kReadWrite) != 0;
    if (purpose == FactsFor::parallel) {
        return;
    }
    facts.file = hdf5::storage_of(file.id());
    if (facts.file.expired() && !facts.writable) {
        facts.file = hdf5::storage_of_parallel_file(file.id());
    }
    if (facts.file.expired()) {
        facts.refusal = Refusal::driver;
    } else if (facts.writable && has_page_buffer(file.id())) {
        facts.refusal = Refusal::page_buffer;
    }
}

std::size_t size_in_file(const StorageFacts& facts, const Datatype& type) {
    return facts.heap ? stored_form(type, facts.heap->offset_size).size() : type.size();
}

// The reason why elements that were never written are left to libhdf5. Only libhdf5 finds a fill
// value that lies in a heap.
Refusal refusal_of_holes(const StorageFacts& facts, const CreationFacts& creation) {
    if (creation.may_leave_memory_untouched()) {
        return Refusal::no_fill_value;
    }
    return facts.heap && creation.fill_value == h5p::FillValueStatus::user_defined
               ? Refusal::fill_value_in_heap
               : Refusal::none;
}

}  // namespace

Refusal file_refusal(Id file) {
    if (!h5f::is_native(file)) {
        return Refusal::connector;
    }
    if (hdf5::files_were_mounted()) {
        return Refusal::mounted;
    }
    const unsigned intent = h5f::intent(file);
    if ((intent & (h5f::kSwmrRead | h5f::kSwmrWrite)) != 0) {
        return Refusal::swmr;
    }
    return Refusal::none;
}

StorageFacts storage_facts(DatasetFacts& dataset, FactsFor purpose) {
    StorageFacts facts;
    const auto extent = dataset.extent();
    const Datatype& type = dataset.type();
    if (extent->dims.empty()) {
        facts.refusal = Refusal::no_dimensions;
    } else if (type.has_reference()) {
        facts.refusal = Refusal::reference;
    } else {
        inspect_file(facts, dataset.id(), purpose);
    }
    if (facts.refusal == Refusal::none && type.has_variable_length()) {
        inspect_heap(facts, dataset.id());
    }
    if (facts.refusal != Refusal::none) {
        return facts;
    }
    if (dataset.creation_if_known() == nullptr) {
        facts.refusal = Refusal::creation_unknown;
        return facts;
    }
    facts.element_size = size_in_file(facts, type);
    const CreationFacts& creation = dataset.creation();
    facts.of_holes = refusal_of_holes(facts, creation);
    facts.refusal = layout_refusal(creation);
    facts.chunked = creation.layout == h5d::Layout::chunked;
    if (facts.refusal != Refusal::none) {
        return facts;
    }
    if (facts.chunked) {
        inspect_chunks(facts, creation, dataset.id());
        if (is_index_misread(dataset.id(), *extent)) {
            facts.refusal = Refusal::chunk_index;
        }
    } else {
        facts.chunk = block_shape(extent->dims, facts.element_size, kBlockBytes);
        facts.chunk_bytes = bytes_of_chunk(facts);
    }
    return facts;
}

Shape block_shape(const Shape& extent, std::size_t element_size, std::uint64_t bytes) {
    Shape block(extent.size(), 1);
    std::uint64_t elements =
        std::max<std::uint64_t>(bytes / std::max<std::size_t>(element_size, 1), 1);
    for (std::size_t d = extent.size(); d-- > 0 && elements > 1;) {
        block[d] = std::clamp<std::uint64_t>(extent[d], 1, elements);
        elements = block[d] == extent[d] ? elements / block[d] : 1;
    }
    return block;
}

}  // namespace hyperslab::engine
