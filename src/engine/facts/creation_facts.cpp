#include "engine/facts/creation_facts.hpp"

#include <utility>

#include "hdf5/call/lock.hpp"

namespace hyperslab::engine {
namespace {

namespace h5d = hdf5::h5d;
namespace h5p = hdf5::h5p;

// H5D_CHUNK_DONT_FILTER_PARTIAL_CHUNKS
constexpr unsigned kRawCutChunks = 0x2;

std::vector<filter::Stage> stages_of(hdf5::Id dcpl) {
    std::vector<filter::Stage> stages;
    const int count = h5p::get_nfilters(dcpl);
    for (unsigned i = 0; i < static_cast<unsigned>(count); ++i) {
        h5p::FilterStage stage = h5p::get_filter(dcpl, i);
        stages.push_back({stage.id, stage.flags, std::move(stage.values)});
    }
    return stages;
}

}  // namespace

bool CreationFacts::may_leave_memory_untouched() const {
    return fill_time == h5p::FillTime::never || fill_value == h5p::FillValueStatus::undefined;
}

bool CreationFacts::writes_fill_value() const {
    return fill_time == h5p::FillTime::alloc ||
           (fill_time == h5p::FillTime::ifset && fill_value == h5p::FillValueStatus::user_defined);
}

CreationFacts creation_facts(hdf5::Id dataset) {
    const hdf5::LockGuard guard;
    const hdf5::Handle dcpl = h5d::create_plist(dataset);
    CreationFacts facts{.layout = static_cast<h5d::Layout>(h5p::get_layout(dcpl.id())),
                        .fill_value = h5p::fill_value_defined(dcpl.id()),
                        .fill_time = h5p::get_fill_time(dcpl.id())};
    if (facts.layout == h5d::Layout::contiguous) {
        facts.external = h5p::get_external_count(dcpl.id()) > 0;
    }
    if (facts.layout == h5d::Layout::chunked) {
        facts.chunk = h5p::get_chunk(dcpl.id());
        facts.cut_chunks_are_raw = (h5p::get_chunk_opts(dcpl.id()) & kRawCutChunks) != 0;
        facts.stages = stages_of(dcpl.id());
        facts.filters_available = facts.stages.empty() || h5p::all_filters_avail(dcpl.id());
    }
    return facts;
}

}  // namespace hyperslab::engine
