#include "object/summary/dataset_summary.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "hyperslab/element.hpp"
#include "hyperslab/index.hpp"
#include "object/elements/memory_type.hpp"
#include "selection/grid.hpp"

namespace hyperslab::object {
namespace {

using selection::Grid;

// The bytes of a block in memory: enough that all cores have something to do.
constexpr std::uint64_t kBlockBytes = 32U << 20;
// The bytes of a part of a dataset without chunks.
constexpr std::uint64_t kPartBytes = 1U << 20;
// Of more parts than that, some are taken together, so that a summary stays small.
constexpr std::uint64_t kMaxParts = 1U << 16;

Shape part_shape(const Dataset& dataset, const Shape& shape, std::size_t element_size) {
    Shape part = dataset.chunks();
    if (part.empty()) {
        part = shape;
        part[0] = 1;
        const std::uint64_t row = core::checked_multiply(core::checked_product(part), element_size);
        part[0] = std::max<std::uint64_t>(1, kPartBytes / std::max<std::uint64_t>(row, 1));
    }
    for (std::size_t d = 0; d < part.size(); ++d) {
        part[d] = std::max<std::uint64_t>(1, std::min(part[d], shape[d]));
    }
    for (std::size_t d = 0; d < part.size(); ++d) {
        while (Grid(shape, part).size() > kMaxParts && part[d] < shape[d]) {
            part[d] *= 2;
        }
    }
    return part;
}

IndexExpression expression_of(const Shape& start, const Shape& length) {
    IndexExpression expression;
    for (std::size_t d = 0; d < start.size(); ++d) {
        expression.push_back(slice(start[d], start[d] + length[d]));
    }
    return expression;
}

/// Where the values of a column lie in an element in memory.
struct Place {
    std::string name;
    std::size_t offset = 0;
    Datatype type;
    ValueKind kind{};
};

// A name with a dot in it could be taken for that of another member.
void add_places(const Datatype& type,
                const std::string& prefix,
                std::size_t offset,
                std::vector<Place>& places) {
    for (const CompoundMember& member : type.members()) {
        if (member.name.find('.') != std::string::npos) {
            continue;
        }
        if (member.type.type_class() == TypeClass::compound) {
            add_places(member.type, prefix + member.name + ".", offset + member.offset, places);
        } else if (const auto kind = value_kind(member.type)) {
            places.push_back({prefix + member.name, offset + member.offset, member.type, *kind});
        }
    }
}

std::vector<Place> places_in(const Datatype& type, std::size_t rank) {
    std::vector<Place> places;
    if (type.type_class() != TypeClass::compound) {
        if (const auto kind = value_kind(type)) {
            places.push_back({"", 0, type, *kind});
        }
    } else if (rank == 1) {
        add_places(type, "", 0, places);
    }
    return places;
}

/// The members of an element that have places; other members need not be read.
std::vector<std::string> fields_of(const std::vector<Place>& places) {
    std::vector<std::string> fields;
    for (const Place& place : places) {
        const std::string field = place.name.substr(0, place.name.find('.'));
        if (!field.empty() && (fields.empty() || fields.back() != field)) {
            fields.push_back(field);
        }
    }
    return fields;
}

class Summarizing {
public:
    Summarizing(const Dataset& dataset, DatasetSummary& summary, std::vector<std::string> fields)
        : dataset_(dataset),
          summary_(summary),
          parts_(summary.shape, summary.part),
          fields_(std::move(fields)) {}

    void take_block(const Shape& start, const Shape& length) {
        const ElementArray elements = dataset_.read_elements(expression_of(start, length), fields_);
        const std::vector<Place> places = places_in(elements.datatype(), length.size());
        const Grid inside(length, summary_.part);
        core::parallel_for(core::checked_size(inside.size()), [&](std::size_t number) {
            const Shape first = inside.offset(number);
            const std::size_t at = core::checked_size(number_of_part(start, first));
            for (std::size_t i = 0; i < places.size(); ++i) {
                const ValueBox box{.first = elements.bytes().data() + places[i].offset,
                                   .element_size = elements.datatype().size(),
                                   .block = length,
                                   .start = first,
                                   .length = inside.length(first)};
                summary_.columns[i].ranges[at] = range_of(places[i].kind, places[i].type, box);
            }
        });
    }

private:
    std::uint64_t number_of_part(const Shape& block, const Shape& inside) const {
        Shape position(block.size());
        for (std::size_t d = 0; d < block.size(); ++d) {
            position[d] = block[d] + inside[d];
        }
        return parts_.number(position);
    }

    const Dataset& dataset_;
    DatasetSummary& summary_;
    Grid parts_;
    std::vector<std::string> fields_;
};

void drop_unknown(DatasetSummary& summary) {
    std::erase_if(summary.columns, [&](const ColumnSummary& column) {
        const bool is_known = std::ranges::all_of(
            column.ranges, [](const ValueRange& range) { return range.is_known; });
        if (!is_known) {
            summary.unknown.push_back(column.name);
        }
        return !is_known;
    });
}

}  // namespace

DatasetSummary summary_of(const Dataset& dataset) {
    DatasetSummary summary{.shape = dataset.shape(), .part = {}, .columns = {}, .unknown = {}};
    const Datatype type = native_type(dataset.datatype());
    const std::vector<Place> places = places_in(type, summary.shape.size());
    if (summary.shape.empty() || places.empty()) {
        return summary;
    }
    const std::size_t element_size = std::max<std::size_t>(type.size(), 1);
    summary.part = part_shape(dataset, summary.shape, element_size);
    const std::size_t parts = core::checked_size(Grid(summary.shape, summary.part).size());
    for (const Place& place : places) {
        summary.columns.push_back({place.name, std::vector<ValueRange>(parts)});
    }
    const Grid blocks(summary.shape,
                      selection::grown_box(summary.shape, summary.part, element_size, kBlockBytes));
    Summarizing work(dataset, summary, fields_of(places));
    for (std::uint64_t number = 0; number < blocks.size(); ++number) {
        const Shape start = blocks.offset(number);
        work.take_block(start, blocks.length(start));
    }
    drop_unknown(summary);
    return summary;
}

}  // namespace hyperslab::object
