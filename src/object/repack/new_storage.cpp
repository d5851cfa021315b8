#include "object/repack/new_storage.hpp"

#include <algorithm>

#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/api/h5z.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/h5t.hpp"
#include "hyperslab/dataset_options.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::object {
namespace {

namespace h5p = hdf5::h5p;
namespace h5s = hdf5::h5s;
using hdf5::Id;
using Kind = RepackChunks::Kind;

struct Extents {
    Shape now;
    Shape most;
};

// Chunks of a dataset that cannot grow must not be larger than it is.
Shape fitting(Shape chunk, const Extents& extents) {
    for (std::size_t d = 0; d < chunk.size(); ++d) {
        if (extents.most[d] != kUnlimited) {
            chunk[d] = std::min(chunk[d], std::max<std::uint64_t>(extents.most[d], 1));
        }
    }
    return chunk;
}

bool is_same(const std::vector<Filter>& stages, const std::vector<Filter>& wanted) {
    return std::ranges::equal(stages, wanted, [](const Filter& a, const Filter& b) {
        return a.id == b.id && a.options == b.options && a.optional == b.optional;
    });
}

void set_filters(NewStorage& made, const std::vector<Filter>& wanted) {
    const std::vector<Filter> before = h5p::get_filters(made.dcpl.id());
    h5p::remove_filter(made.dcpl.id(), h5p::kFilterAll);
    for (const Filter& filter : wanted) {
        h5p::set_filter(made.dcpl.id(), filter);
    }
    made.filters_kept = is_same(before, h5p::get_filters(made.dcpl.id()));
}

void set_chunks(NewStorage& made, const Shape& chunk) {
    const Id dcpl = made.dcpl.id();
    if (h5p::get_layout(dcpl) == h5p::Layout::chunked) {
        made.layout_kept = h5p::get_chunk(dcpl) == chunk;
    } else {
        h5p::set_alloc_time(dcpl, h5p::AllocTime::default_);
        made.layout_kept = false;
    }
    if (!made.layout_kept) {
        h5p::set_chunk(dcpl, chunk);
    }
}

void set_contiguous(NewStorage& made, const Extents& extents, bool filters_go) {
    const Id dcpl = made.dcpl.id();
    if (h5p::get_layout(dcpl) == h5p::Layout::contiguous) {
        return;
    }
    if (extents.now != extents.most) {
        made.note = "it can grow, so it needs chunks";
        return;
    }
    if (!filters_go && h5p::get_nfilters(dcpl) != 0) {
        h5p::remove_filter(dcpl, h5p::kFilterAll);
    }
    made.filters_kept = h5p::get_nfilters(dcpl) == 0 && made.filters_kept;
    h5p::set_alloc_time(dcpl, h5p::AllocTime::default_);
    h5p::set_layout(dcpl, h5p::Layout::contiguous);
    made.layout_kept = false;
}

/// Why the layout of a dataset has to stay; empty when it may change.
std::string fixed_because(Id dataset, Id dcpl, Id space) {
    if (h5p::get_layout(dcpl) == h5p::Layout::virtual_) {
        return "it is virtual";
    }
    if (h5p::get_external_count(dcpl) != 0) {
        return "its elements lie in other files";
    }
    static_cast<void>(dataset);
    if (h5s::extent_class(space) != h5s::ExtentClass::simple || h5s::rank(space) == 0) {
        return "it has no dimensions";
    }
    return {};
}

void change(NewStorage& made, Id dataset, const Extents& extents, const RepackOptions& options) {
    const bool chunked = h5p::get_layout(made.dcpl.id()) == h5p::Layout::chunked;
    const bool filtered = options.filters && !options.filters->empty();
    const auto guess = [&] {
        const hdf5::Handle type = hdf5::h5d::type(dataset);
        return fitting(guess_chunk_shape(extents.now, hdf5::h5t::size(type.id())), extents);
    };
    switch (options.chunks.kind) {
        case Kind::keep:
            if (filtered && !chunked) {
                set_chunks(made, guess());
            }
            break;
        case Kind::guessed:
            set_chunks(made, guess());
            break;
        case Kind::shape:
            if (options.chunks.shape.size() == extents.now.size()) {
                set_chunks(made, fitting(options.chunks.shape, extents));
                break;
            }
            made.note = "chunks of the shape " + to_string(options.chunks.shape) +
                        " have another number of dimensions";
            if (filtered && !chunked) {
                set_chunks(made, guess());
            }
            break;
        case Kind::contiguous:
            set_contiguous(made, extents, options.filters.has_value());
            break;
    }
    if (options.filters && h5p::get_layout(made.dcpl.id()) == h5p::Layout::chunked) {
        set_filters(made, *options.filters);
    }
}

}  // namespace

NewStorage same_storage(Id dataset) { return {.dcpl = hdf5::h5d::create_plist(dataset)}; }

NewStorage new_storage(Id dataset, const RepackOptions& options) {
    NewStorage made = same_storage(dataset);
    if (!options.filters && options.chunks.kind == Kind::keep) {
        return made;
    }
    const hdf5::Handle space = hdf5::h5d::space(dataset);
    made.note = fixed_because(dataset, made.dcpl.id(), space.id());
    if (!made.note.empty()) {
        return made;
    }
    const Extents extents{h5s::dims(space.id()), h5s::max_dims(space.id())};
    const bool is_empty = std::ranges::find(extents.now, 0U) != extents.now.end();
    if (is_empty && h5p::get_layout(made.dcpl.id()) != h5p::Layout::chunked) {
        made.note = "it has no elements";
        return made;
    }
    change(made, dataset, extents, options);
    return made;
}

void require_possible(const RepackOptions& options) {
    if (options.chunks.kind == Kind::shape &&
        (options.chunks.shape.empty() ||
         std::ranges::find(options.chunks.shape, 0U) != options.chunks.shape.end())) {
        throw Error(ErrorCode::invalid_argument,
                    "A chunk has at least one dimension, and one element along each");
    }
    if (options.chunks.kind == Kind::contiguous && options.filters && !options.filters->empty()) {
        throw Error(ErrorCode::invalid_argument, "Only datasets with chunks can have filters");
    }
    for (const Filter& filter : options.filters.value_or(std::vector<Filter>())) {
        if (!hdf5::h5z::filter_avail(filter.id)) {
            throw Error(ErrorCode::unsupported,
                        "Filter " + std::to_string(filter.id) +
                            (filter.name.empty() ? "" : " (" + filter.name + ")") +
                            " is not available, so nothing can be encoded with it");
        }
    }
}

}  // namespace hyperslab::object
