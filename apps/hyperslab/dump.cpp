#include "dump.hpp"

#include <hyperslab/hyperslab.hpp>

#include <string>
#include <utility>

#include "arguments.hpp"
#include "shared/array_text.hpp"
#include "shared/array_walk.hpp"
#include "shared/dataset_view.hpp"
#include "shared/output.hpp"
#include "shared/render.hpp"

namespace hyperslab::apps {
namespace {

/// JSON as it comes: a dataset may be larger than memory.
class JsonText final : public ArraySink {
public:
    explicit JsonText(const Object& owner) : owner_(owner) {}

    void begin(std::size_t /*depth*/) override {
        separate();
        print("[");
        first_ = true;
    }
    void end(std::size_t /*depth*/) override {
        print("]");
        first_ = false;
    }
    void element(const Element& element) override {
        separate();
        print(line_of(element_json(element, owner_)));
        first_ = false;
    }
    void gap(std::size_t /*depth*/) override {}

private:
    void separate() {
        if (!first_) {
            print(", ");
        }
    }

    const Object& owner_;
    bool first_ = true;
};

/// Passes on the only member of compounds: one field named is its values, as in Python.
class OnlyField final : public ArraySink {
public:
    explicit OnlyField(ArraySink& sink) : sink_(sink) {}

    void begin(std::size_t depth) override { sink_.begin(depth); }
    void end(std::size_t depth) override { sink_.end(depth); }
    void element(const Element& element) override { sink_.element(element[0]); }
    void gap(std::size_t depth) override { sink_.gap(depth); }

private:
    ArraySink& sink_;
};

void walk_values(const DatasetView& view, bool shorten, ArraySink& sink) {
    if (view.fields().size() == 1) {
        OnlyField only(sink);
        walk(view, shorten, only);
    } else {
        walk(view, shorten, sink);
    }
}

Json head(const Dataset& dataset, Json shape) {
    return {{"name", dataset.name()},
            {"type", to_string(dataset.datatype())},
            {"shape", std::move(shape)}};
}

void dump_json(const Dataset& dataset, const DatasetView& view) {
    std::string text = line_of(head(dataset, shape_json(view.shape())));
    text.pop_back();  // the closing brace
    print(text + ",\"data\":");
    JsonText sink(dataset);
    walk_values(view, false, sink);
    print("}\n");
}

void dump_null(const Dataset& dataset, bool json) {
    if (!json) {
        print("null\n");
        return;
    }
    Json all = head(dataset, nullptr);
    all["data"] = nullptr;
    print(line_of(all) + "\n");
}

bool is_table(const DatasetView& view) {
    const Datatype type = view.dataset().datatype();
    return view.shape().size() == 1 && view.fields().size() != 1 &&
           type.type_class() == TypeClass::compound && !is_complex(type);
}

void dump_text(const Dataset& dataset, const DatasetView& view, bool full) {
    if (is_table(view)) {
        TableText sink(dataset, full);
        walk(view, !full, sink);
        sink.finish();
        return;
    }
    BracketText sink(dataset, view.shape().size(), full);
    walk_values(view, !full, sink);
    sink.finish();
}

}  // namespace

void dump(const DumpOptions& options) {
    const File file(options.file);
    const Place place = place_in(file, options.place);
    const Dataset dataset = dataset_at(file, place.path, "to dump");
    if (dataset.is_null()) {
        dump_null(dataset, options.json);
        return;
    }
    const DatasetView view(dataset, place.indices, place.fields);
    if (options.json) {
        dump_json(dataset, view);
    } else {
        dump_text(dataset, view, options.full);
    }
}

}  // namespace hyperslab::apps
