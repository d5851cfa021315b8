#include "tree.hpp"

#include <hyperslab/hyperslab.hpp>

#include <string>
#include <utility>
#include <variant>

#include "shared/output.hpp"
#include "shared/render.hpp"
#include "shared/tree_walk.hpp"

namespace hyperslab::apps {
namespace {

// ---- text ----

std::string storage_text(const Dataset& dataset) {
    std::string text;
    if (dataset.layout() == Layout::chunked) {
        text += ", chunks " + shape_text(dataset.chunks());
    } else if (dataset.layout() == Layout::virtual_) {
        text += ", virtual";
    } else if (dataset.layout() == Layout::compact) {
        text += ", compact";
    }
    for (const Filter& filter : dataset.filters()) {
        text += ", " + filter_text(filter);
    }
    return text.empty() ? "" : paint(Role::note, text);
}

std::string dataset_text(const Dataset& dataset) {
    const std::string shape = dataset.is_null() ? "null" : shape_text(dataset.shape());
    return paint(Role::shape, shape) + " " +
           paint(Role::type, printable(to_string(dataset.datatype()))) + storage_text(dataset);
}

std::string link_text(const Link& link) {
    struct Text {
        std::string operator()(const HardLink&) const { return ""; }
        std::string operator()(const SoftLink& soft) const { return "-> " + printable(soft.path); }
        std::string operator()(const ExternalLink& external) const {
            return "-> " + printable(external.path) + " in " + printable(external.file);
        }
        std::string operator()(const UserDefinedLink& other) const {
            return "link of user-defined type " + std::to_string(other.type);
        }
    };
    return paint(Role::link, std::visit(Text{}, link));
}

std::string attributes_text(const Object& object) {
    const std::size_t count = object.attributes().size();
    return count == 0 ? "" : paint(Role::note, "  " + counted(count, "attribute"));
}

std::string object_text(const Object& object) {
    switch (object.kind()) {
        case ObjectKind::group:
            return attributes_text(object);
        case ObjectKind::dataset:
            return "  " + dataset_text(object) + attributes_text(object);
        case ObjectKind::committed_datatype:
            break;
    }
    const Datatype type = CommittedDatatype(object).datatype();
    return "  type " + paint(Role::type, printable(to_string(type))) + attributes_text(object);
}

std::string failure_text(const std::string& name, const std::string& failure) {
    return name + "  cannot be read: " + printable(failure);
}

std::string entry_text(const Entry& entry, TreeWalk& walk) {
    const std::string name = printable(entry.name);
    if (!entry.failure.empty()) {
        return failure_text(name, entry.failure);
    }
    if (!entry.object) {
        return name + "  " + link_text(entry.link);
    }
    const bool is_group = entry.object.kind() == ObjectKind::group;
    const std::string painted = paint(is_group ? Role::group : Role::dataset, name);
    if (!entry.seen_at.empty()) {
        return painted + paint(Role::link, "  is " + printable(entry.seen_at));
    }
    return walk.described([&] { return painted + object_text(entry.object); },
                          [&](const std::string& why) { return failure_text(painted, why); });
}

void print_members(const Group& group,
                   const std::string& path,
                   const std::string& indent,
                   unsigned level,
                   TreeWalk& walk) {
    const auto links = group.links();
    for (const auto& link : links) {
        const bool last = &link == &links.back();
        const Entry entry = walk.entry(group, path, link);
        print(indent + (last ? "└── " : "├── ") + entry_text(entry, walk) + "\n");
        if (walk.goes_into(entry, level)) {
            print_members(entry.object,
                          path + "/" + entry.name,
                          indent + (last ? "    " : "│   "),
                          level + 1,
                          walk);
        }
    }
}

// ---- JSON ----

void add_dataset(const Dataset& dataset, Json& json) {
    json["shape"] = dataset.is_null() ? Json() : shape_json(dataset.shape());
    json["type"] = to_string(dataset.datatype());
    if (dataset.layout() == Layout::chunked) {
        json["chunks"] = shape_json(dataset.chunks());
    }
    json["filters"] = Json::array();
    for (const Filter& filter : dataset.filters()) {
        json["filters"].push_back(filter_json(filter));
    }
}

void add_object(const Object& object, Json& json) {
    if (object.kind() == ObjectKind::dataset) {
        add_dataset(object, json);
    } else if (object.kind() == ObjectKind::committed_datatype) {
        json["type"] = to_string(CommittedDatatype(object).datatype());
    }
    json["attributes"] = object.attributes().size();
}

void add_link(const Link& link, Json& json) {
    struct Add {
        Json& json;
        void operator()(const HardLink&) const {}
        void operator()(const SoftLink& soft) const {
            json["kind"] = "soft link";
            json["path"] = soft.path;
        }
        void operator()(const ExternalLink& external) const {
            json["kind"] = "external link";
            json["file"] = external.file;
            json["path"] = external.path;
        }
        void operator()(const UserDefinedLink& other) const {
            json["kind"] = "user-defined link";
            json["type"] = other.type;
        }
    };
    std::visit(Add{json}, link);
}

void add_members(
    const Group& group, const std::string& path, unsigned level, TreeWalk& walk, Json& json);

Json entry_json(const Entry& entry, const std::string& path, unsigned level, TreeWalk& walk) {
    Json json{{"name", entry.name}};
    add_link(entry.link, json);
    if (!entry.failure.empty()) {
        json["error"] = entry.failure;
        return json;
    }
    if (!entry.object) {
        return json;
    }
    json["kind"] = kind_text(entry.object.kind());
    if (!entry.seen_at.empty()) {
        json["same_as"] = entry.seen_at;
        return json;
    }
    walk.described([&] { add_object(entry.object, json); },
                   [&](const std::string& why) { json["error"] = why; });
    if (walk.goes_into(entry, level)) {
        add_members(entry.object, path, level + 1, walk, json);
    }
    return json;
}

void add_members(
    const Group& group, const std::string& path, unsigned level, TreeWalk& walk, Json& json) {
    json["members"] = Json::array();
    for (const auto& link : group.links()) {
        const Entry entry = walk.entry(group, path, link);
        json["members"].push_back(entry_json(entry, path + "/" + entry.name, level, walk));
    }
}

}  // namespace

void tree(const TreeOptions& options) {
    const File file(options.file);
    TreeWalk walk(options.depth);
    walk.remember(file, "/");
    const Entry root{"/", HardLink{}, file, {}, {}};
    if (options.json) {
        Json json{{"file", options.file}};
        json.update(entry_json(root, "", 0, walk));
        print(lines_of(json) + "\n");
    } else {
        print(paint(Role::group, printable(options.file)) + attributes_text(file) + "\n");
        if (walk.goes_into(root, 0)) {
            print_members(file, "", "", 1, walk);
        }
    }
    walk.report_failures();
}

}  // namespace hyperslab::apps
