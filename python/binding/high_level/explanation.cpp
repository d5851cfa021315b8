// ReadExplanation: what a read would do, as an object.

#include "hyperslab/read_explanation.hpp"

#include "high_level/explanation_class.hpp"
#include "support/bindings.hpp"

namespace hyperslab::python {
namespace {

using Told = ReadExplanation;
using Bound = ExplanationClass<Told>;

void add_engine_and_dataset(Bound& bound) {
    bound
        .add(
            "engine",
            [](const Told& t) { return t.engine; },
            "The engine that reads: 'direct' (past libhdf5, on many threads), 'library' (libhdf5), "
            "or 'none' when nothing is read.")
        .add(
            "refusal",
            [](const Told& t) { return t.refusal; },
            "The reason why the direct engine does not read, by the name that `io_stats` counts it "
            "under; '' when it does.")
        .add_dataset();
}

void add_result(Bound& bound) {
    bound
        .add(
            "result_shape",
            [](const Told& t) { return tuple_from_shape(t.result_shape); },
            "The shape of what is read.")
        .add(
            "elements",
            [](const Told& t) { return t.elements; },
            "The number of elements that are read.")
        .add(
            "result_bytes",
            [](const Told& t) { return t.result_bytes; },
            "The bytes that the elements read take in memory.")
        .add(
            "threads", [](const Told& t) { return t.threads; }, "The number of threads that read.");
}

void add_cost(Bound& bound) {
    bound
        .add(
            "grid_chunks",
            [](const Told& t) { return t.grid_chunks; },
            "The number of chunks in the grid of the dataset.")
        .add(
            "chunks",
            [](const Told& t) { return t.chunks; },
            "The number of chunks that the read touches.")
        .add(
            "stored_chunks",
            [](const Told& t) { return t.stored_chunks; },
            "The number of touched chunks that are stored in the file.")
        .add(
            "missing_chunks",
            [](const Told& t) { return t.missing_chunks; },
            "The number of touched chunks that were never written, and read as the fill value.")
        .add(
            "cached_chunks",
            [](const Told& t) { return t.cached_chunks; },
            "The number of touched chunks that the direct engine holds decoded in memory.")
        .add(
            "fetched_bytes",
            [](const Told& t) { return t.fetched_bytes; },
            "The bytes that are read from the file; an estimate where libhdf5 reads.")
        .add(
            "decoded_bytes",
            [](const Told& t) { return t.decoded_bytes; },
            "The bytes that the filters give when chunks are decoded.")
        .add(
            "amplification",
            [](const Told& t) { return t.amplification; },
            "Bytes decoded (fetched, where there are no filters) for each byte that is wanted.")
        .add("advice",
             &advice_of<Told>,
             "Advice on how to make the read faster: a list of dicts with 'about', 'text' and at "
             "times 'chunk_shape'.");
}

}  // namespace

void bind_explanation(nb::module_& core) {
    Bound bound(low_level_module(core, "h5d"),
                "ReadExplanation",
                "The account of what one read would do, which `Dataset.explain` returns.");
    add_engine_and_dataset(bound);
    add_result(bound);
    add_cost(bound);
    bound.finish([](const Told& told) { return told.result_bytes; });
}

}  // namespace hyperslab::python
