// What the classes of explanations, of reads and of writes, have in common.
#pragma once

#include <string>
#include <utility>

#include "hyperslab/filter.hpp"
#include "support/binding.hpp"
#include "support/shapes.hpp"

namespace hyperslab::python {

/// Binds properties, which are items of the dict too.
template <class Told>
class ExplanationClass {
public:
    ExplanationClass(const nb::module_& module, const char* name, const char* text)
        : class_(module, name, text), name_(name) {}

    template <class Get>
    ExplanationClass& add(const char* name, Get get, const char* text) {
        class_.def_prop_ro(name, get, text);
        names_.append(name);
        return *this;
    }

    /// Adds the reason for the engine, what the dataset is, and the types of its elements.
    ExplanationClass& add_dataset() {
        return add(
                   "reason",
                   [](const Told& told) { return told.reason; },
                   "The reason for the choice of the engine, as a sentence.")
            .add(
                "layout",
                [](const Told& told) { return told.layout; },
                "The layout of the dataset: 'compact', 'contiguous', 'external', 'chunked' or "
                "'virtual'.")
            .add(
                "shape",
                [](const Told& told) { return tuple_from_shape(told.shape); },
                "The dataset's shape.")
            .add("chunk_shape", &chunk_shape, "The shape of a chunk, or None.")
            .add(
                "chunk_index",
                [](const Told& told) { return told.chunk_index; },
                "The kind of index by which chunks are found in the file.")
            .add("filters", &filter_names, "The names of the filters, in the order of writing.")
            .add(
                "type",
                [](const Told& told) { return told.type; },
                "The type of elements in the file.")
            .add(
                "memory_type",
                [](const Told& told) { return told.memory_type; },
                "The type of elements in memory.")
            .add(
                "conversion",
                [](const Told& told) { return told.conversion; },
                "Which engine converts elements: 'direct' or 'library', or 'none' when nothing is "
                "converted.");
    }

    /// \param bytes  the bytes in memory that it is about
    template <class Bytes>
    void finish(Bytes bytes) {
        class_.def(
            "as_dict",
            [names = nb::tuple(names_)](nb::handle self) {
                nb::dict all;
                for (const nb::handle name : names) {
                    all[name] = nb::getattr(self, name);
                }
                return all;
            },
            "All attributes of the explanation, as a dict by name.");
        class_.def("__str__", [](const Told& told) { return to_string(told); });
        class_.def("__repr__", [bytes, name = name_](const Told& told) {
            return "<" + name + ": engine " + told.engine +
                   (told.refusal.empty() ? "" : " (" + told.refusal + ")") + ", " +
                   std::to_string(bytes(told)) + " bytes of " + told.layout + " data>";
        });
    }

private:
    static nb::tuple filter_names(const Told& told) {
        nb::list names;
        for (const Filter& filter : told.filters) {
            names.append(to_bytes(filter.name).attr("decode")("utf-8", "surrogateescape"));
        }
        return nb::tuple(names);
    }

    static nb::object chunk_shape(const Told& told) {
        return told.chunk_shape.empty() ? nb::none()
                                        : nb::object(tuple_from_shape(told.chunk_shape));
    }

    nb::class_<Told> class_;
    std::string name_;
    nb::list names_;
};

template <class Told>
nb::tuple advice_of(const Told& told) {
    nb::list all;
    for (const auto& one : told.advice) {
        nb::dict values;
        values["about"] = one.about;
        values["text"] = one.text;
        if (!one.chunk_shape.empty()) {
            values["chunk_shape"] = tuple_from_shape(one.chunk_shape);
        }
        all.append(values);
    }
    return nb::tuple(all);
}

}  // namespace hyperslab::python
