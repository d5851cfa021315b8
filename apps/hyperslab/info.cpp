// Facts are gathered as JSON first; the text has the same facts, laid out for people.

#include "info.hpp"

#include <hyperslab/hyperslab.hpp>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <utility>
#include <vector>

#include "facts.hpp"
#include "shared/output.hpp"
#include "shared/render.hpp"

namespace hyperslab::apps {
namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : ", ") + part;
    }
    return text;
}

// ---- attributes ----

/// \returns the attributes for people
std::string add_attributes(const Object& object, Facts& facts) {
    Json json = Json::object();
    Facts values;
    for (const auto& [name, attribute] : object.attributes()) {
        Json one{{"type", nullptr}, {"shape", nullptr}, {"value", nullptr}};
        std::string text;
        try {
            one["type"] = to_string(attribute.datatype());
            if (attribute.is_null()) {
                text = "null";
            } else {
                const ElementArray value = attribute.read_elements();
                one["shape"] = shape_json(value.shape());
                one["value"] = array_json(value, object);
                text = array_text(value, object);
            }
            text += "  " + paint(Role::type, printable(to_string(attribute.datatype())));
        } catch (const Error& error) {
            one["error"] = error.what();
            text = "cannot be read: " + printable(error.what());
        }
        values.add_text(printable(name), std::move(text));
        json[name] = std::move(one);
    }
    const std::size_t count = json.size();
    facts.add("attributes", std::move(json), std::to_string(count));
    return values.text("  ");
}

// ---- objects ----

std::string time_text(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm parts{};
    std::string text(32, '\0');
    ::gmtime_r(&time, &parts);
    text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S UTC", &parts));
    return text;
}

void add_header(const Object& object, Facts& facts) {
    facts.add("name", object.name());
    facts.add("kind", kind_text(object.kind()));
    const ObjectInfo header = object.info();
    facts.add("address", header.address);
    facts.add("hard links", header.reference_count);
    if (header.change_time != 0) {
        facts.add("changed", header.change_time, time_text(header.change_time));
    }
}

std::string ratio_text(std::uint64_t bytes, std::uint64_t stored) {
    if (stored == 0 || bytes == 0) {
        return "";
    }
    char text[48];
    std::snprintf(text,
                  sizeof text,
                  ", %.1f times smaller",
                  static_cast<double>(bytes) / static_cast<double>(stored));
    return bytes > stored ? text : "";
}

void add_extent(const Dataset& dataset, Facts& facts) {
    if (dataset.is_null()) {
        facts.add("shape", nullptr, "null: a type without elements");
        return;
    }
    facts.add("shape", shape_json(dataset.shape()), shape_text(dataset.shape()));
    if (dataset.max_shape() != dataset.shape()) {
        facts.add(
            "maximum shape", shape_json(dataset.max_shape()), shape_text(dataset.max_shape()));
    }
    facts.add("elements", dataset.size());
    const std::uint64_t stored = dataset.storage_bytes();
    facts.add("bytes", dataset.bytes(), bytes_text(dataset.bytes()));
    facts.add("stored bytes", stored, bytes_text(stored) + ratio_text(dataset.bytes(), stored));
}

const char* layout_name(Layout layout) {
    switch (layout) {
        case Layout::compact:
            return "compact";
        case Layout::chunked:
            return "chunked";
        case Layout::virtual_:
            return "virtual";
        case Layout::contiguous:
            break;
    }
    return "contiguous";
}

void add_filters(const Dataset& dataset, Facts& facts) {
    Json json = Json::array();
    std::vector<std::string> texts;
    for (const Filter& filter : dataset.filters()) {
        json.push_back(filter_json(filter));
        texts.push_back(filter_text(filter));
    }
    facts.add("filters", std::move(json), texts.empty() ? "none" : joined(texts));
}

void add_storage(const Dataset& dataset, Facts& facts) {
    facts.add("layout", layout_name(dataset.layout()));
    if (dataset.layout() == Layout::chunked) {
        facts.add("chunks", shape_json(dataset.chunks()), shape_text(dataset.chunks()));
        facts.add("stored chunks", dataset.stored_chunks().size());
    }
    add_filters(dataset, facts);
    for (const ExternalFile& file : dataset.external()) {
        facts.add("external file", file.name);
    }
    Json sources = Json::array();
    for (const VirtualMapping& mapping : dataset.virtual_sources()) {
        sources.push_back({{"file", mapping.file},
                           {"dataset", mapping.dataset},
                           {"elements", mapping.source_selection.element_count()}});
        facts.add_text("virtual source",
                       printable(mapping.dataset) + " in " + printable(mapping.file) + ", " +
                           counted(mapping.source_selection.element_count(), "element"));
    }
    if (dataset.is_virtual()) {
        facts.add_json("virtual sources", std::move(sources));
    }
}

void add_fill_value(const Dataset& dataset, Facts& facts) {
    const auto fill = dataset.fill_value();
    if (fill) {
        const ElementArray value = element_of(*fill);
        facts.add("fill value", array_json(value, dataset), array_text(value, dataset));
    }
}

void add_dimensions(const Dataset& dataset, Facts& facts) {
    Json json = Json::array();
    for (std::size_t axis = 0; axis < dataset.dims().size(); ++axis) {
        const Dimension dimension = dataset.dims()[axis];
        std::vector<std::string> scales;
        for (const Dataset& scale : dimension.scales()) {
            scales.push_back(scale.name());
        }
        json.push_back({{"label", dimension.label()}, {"scales", scales}});
        if (!dimension.label().empty() || !scales.empty()) {
            facts.add_text("axis " + std::to_string(axis),
                           printable(dimension.label() + (scales.empty() ? "" : "  scales ") +
                                     joined(scales)));
        }
    }
    facts.add_json("dimensions", std::move(json));
    if (dataset.is_scale()) {
        facts.add("dimension scale", dataset.scale_name());
    }
}

void add_dataset(const Dataset& dataset, Facts& facts) {
    facts.add("type", to_string(dataset.datatype()));
    add_extent(dataset, facts);
    add_storage(dataset, facts);
    add_fill_value(dataset, facts);
    add_dimensions(dataset, facts);
}

void add_contents(const Object& object, Facts& facts) {
    switch (object.kind()) {
        case ObjectKind::group:
            facts.add("members", Group(object).size());
            facts.add_json("names", Group(object).names());
            break;
        case ObjectKind::dataset:
            add_dataset(object, facts);
            break;
        case ObjectKind::committed_datatype:
            facts.add("type", to_string(CommittedDatatype(object).datatype()));
            break;
    }
}

void add_file(const File& file, Facts& facts) {
    facts.add("file", file.filename());
    facts.add("bytes", file.file_bytes(), bytes_text(file.file_bytes()));
    facts.add("user block", file.userblock_bytes());
    std::size_t groups = 1;
    std::size_t datasets = 0;
    file.visit([&](const std::string&, const Object& object) {
        groups += object.kind() == ObjectKind::group ? 1 : 0;
        datasets += object.kind() == ObjectKind::dataset ? 1 : 0;
    });
    facts.add("groups", groups);
    facts.add("datasets", datasets);
}

}  // namespace

void info(const InfoOptions& options) {
    const File file(options.file);
    Facts facts;
    const Object object = options.path.empty() ? Object(file) : file[options.path];
    if (options.path.empty()) {
        add_file(file, facts);
    } else {
        add_header(object, facts);
    }
    add_contents(object, facts);
    const std::string attributes = add_attributes(object, facts);
    print(options.json ? lines_of(facts.json()) + "\n" : facts.text() + attributes);
}

}  // namespace hyperslab::apps
