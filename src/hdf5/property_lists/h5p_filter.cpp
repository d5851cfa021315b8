// The filter pipeline of dataset creation lists.

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/property_lists/h5p_dataset.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5p {
namespace {

constexpr std::size_t kMaxValues = 256;  // libhdf5 refuses to hand out more
constexpr std::size_t kNameSize = 257;

FilterStage read_stage(Id dcpl, unsigned index) {
    std::array<unsigned, kMaxValues> values{};
    std::array<char, kNameSize> name{};
    std::size_t count = values.size();
    FilterStage stage;
    stage.id = check({}, [&] {
        return H5Pget_filter2(
            dcpl, index, &stage.flags, &count, values.data(), name.size(), name.data(), nullptr);
    });
    if (count > values.size()) {
        throw Error(ErrorCode::unsupported,
                    "Filter " + std::to_string(stage.id) + " has " + std::to_string(count) +
                        " parameters; HDF5 gives access to " + std::to_string(values.size()));
    }
    stage.values.assign(values.data(), values.data() + count);
    stage.name = name.data();
    return stage;
}

std::vector<FilterStage> get_stages(Id dcpl) {
    const LockGuard guard;
    const auto count = static_cast<unsigned>(get_nfilters(dcpl));
    std::vector<FilterStage> stages;
    stages.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        stages.push_back(read_stage(dcpl, i));
    }
    return stages;
}

// H5Pset_filter takes any level; only H5Pset_deflate looks at it.
void require_deflate_level(const Filter& filter) {
    if (filter.options.size() != 1 || filter.options.front() > 9) {
        throw Error(ErrorCode::invalid_argument, "Deflate has one parameter, a level from 0 to 9");
    }
}

}  // namespace

void set_filter(Id dcpl, const Filter& filter) {
    // Szip's own function also corrects the options, so it is the one to call.
    if (filter.id == filter_id::kSzip && filter.options.size() == 2) {
        set_szip(dcpl, filter.options[0], filter.options[1]);
        return;
    }
    if (filter.id == filter_id::kDeflate) {
        require_deflate_level(filter);
    }
    set_filter(
        dcpl, filter.id, filter.optional ? H5Z_FLAG_OPTIONAL : H5Z_FLAG_MANDATORY, filter.options);
}

void set_filter(Id dcpl, FilterId id, unsigned flags, const std::vector<unsigned>& values) {
    check({}, [&] {
        return H5Pset_filter(
            dcpl, id, flags, values.size(), values.empty() ? nullptr : values.data());
    });
}

void set_deflate(Id dcpl, unsigned level) {
    check({}, [&] { return H5Pset_deflate(dcpl, level); });
}

void set_shuffle(Id dcpl) {
    check({}, [&] { return H5Pset_shuffle(dcpl); });
}

void set_fletcher32(Id dcpl) {
    check({}, [&] { return H5Pset_fletcher32(dcpl); });
}

void set_szip(Id dcpl, unsigned options, unsigned pixels_per_block) {
    check({}, [&] { return H5Pset_szip(dcpl, options, pixels_per_block); });
}

void set_nbit(Id dcpl) {
    check({}, [&] { return H5Pset_nbit(dcpl); });
}

void set_scaleoffset(Id dcpl, int type, int factor) {
    check({},
          [&] { return H5Pset_scaleoffset(dcpl, static_cast<H5Z_SO_scale_type_t>(type), factor); });
}

int get_nfilters(Id dcpl) {
    return check({}, [&] { return H5Pget_nfilters(dcpl); });
}

FilterStage get_filter(Id dcpl, unsigned index) { return read_stage(dcpl, index); }

// It does not call H5Pget_filter_by_id, which reads over the end of a pipeline without the filter.
std::optional<FilterStage> get_filter_by_id(Id dcpl, FilterId id) {
    for (FilterStage& stage : get_stages(dcpl)) {
        if (stage.id == id) {
            return std::move(stage);
        }
    }
    return std::nullopt;
}

std::vector<Filter> get_filters(Id dcpl) {
    std::vector<Filter> filters;
    for (FilterStage& stage : get_stages(dcpl)) {
        filters.push_back({stage.id,
                           std::move(stage.values),
                           (stage.flags & H5Z_FLAG_OPTIONAL) != 0,
                           std::move(stage.name)});
    }
    return filters;
}

// When libhdf5 removes a stage, the stages behind it that have no parameters are in a state in
// which a copy of the list frees memory that it does not own. So they are set anew.
void remove_filter(Id dcpl, FilterId id) {
    const LockGuard guard;
    const std::vector<FilterStage> before = get_stages(dcpl);
    if (!before.empty() && (id < 0 || id > H5Z_FILTER_MAX)) {  // libhdf5 may abort
        throw Error(ErrorCode::internal, "Can't delete filter (filter not in pipeline)");
    }
    check({}, [&] { return H5Premove_filter(dcpl, id); });
    check({}, [&] { return H5Premove_filter(dcpl, kFilterAll); });
    const auto removed = std::ranges::find(before, id, &FilterStage::id);
    for (auto stage = before.begin(); id != kFilterAll && stage != before.end(); ++stage) {
        if (stage != removed) {
            set_filter(dcpl, stage->id, stage->flags, stage->values);
        }
    }
}

bool all_filters_avail(Id dcpl) {
    return check_true({}, [&] { return H5Pall_filters_avail(dcpl); });
}

}  // namespace hyperslab::hdf5::h5p
