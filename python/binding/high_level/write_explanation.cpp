// WriteExplanation: what a write would do, as an object.

#include "hyperslab/write_explanation.hpp"

#include "high_level/explanation_class.hpp"
#include "support/bindings.hpp"

namespace hyperslab::python {
namespace {

using Told = WriteExplanation;
using Bound = ExplanationClass<Told>;

void add_engine_and_dataset(Bound& bound) {
    bound
        .add(
            "engine",
            [](const Told& t) { return t.engine; },
            "The engine that writes: 'direct' (chunks are encoded on many threads, past libhdf5), "
            "'library' (libhdf5), or 'none' when nothing is written.")
        .add(
            "refusal",
            [](const Told& t) { return t.refusal; },
            "The reason why the direct engine does not write, by a short name; '' when it does.")
        .add_dataset();
}

void add_values(Bound& bound) {
    bound
        .add(
            "value_shape",
            [](const Told& t) { return tuple_from_shape(t.value_shape); },
            "The shape of what is written.")
        .add(
            "elements",
            [](const Told& t) { return t.elements; },
            "The number of elements that are written.")
        .add(
            "value_bytes",
            [](const Told& t) { return t.value_bytes; },
            "The bytes that these elements take in memory.")
        .add(
            "threads",
            [](const Told& t) { return t.threads; },
            "The number of threads that encode.");
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
            "The number of chunks that the write touches.")
        .add(
            "partial_chunks",
            [](const Told& t) { return t.partial_chunks; },
            "The number of touched chunks that are written in part.")
        .add(
            "stored_chunks",
            [](const Told& t) { return t.stored_chunks; },
            "The number of touched chunks that are in the file already.")
        .add(
            "rewritten_chunks",
            [](const Told& t) { return t.rewritten_chunks; },
            "The number of chunks that are in the file and written in part, so that what they have "
            "is decoded first.")
        .add(
            "encoded_bytes",
            [](const Told& t) { return t.encoded_bytes; },
            "The bytes that pass the filters: whole chunks. For libhdf5 this holds if its chunk "
            "cache keeps each chunk until no more is written to it.")
        .add(
            "decoded_bytes",
            [](const Told& t) { return t.decoded_bytes; },
            "The bytes of chunks that are decoded first.")
        .add(
            "filled_bytes",
            [](const Told& t) { return t.filled_bytes; },
            "The bytes of fill values that libhdf5 writes first.")
        .add(
            "amplification",
            [](const Told& t) { return t.amplification; },
            "Bytes encoded for each byte that is given; None where there are no filters.")
        .add("advice",
             &advice_of<Told>,
             "Advice on how to make the write faster: a list of dicts with 'about', 'text' and at "
             "times 'chunk_shape'.");
}

}  // namespace

void bind_write_explanation(nb::module_& core) {
    Bound bound(low_level_module(core, "h5d"),
                "WriteExplanation",
                "The account of what one write would do, which `Dataset.explain_write` returns.");
    add_engine_and_dataset(bound);
    add_values(bound);
    add_cost(bound);
    bound.finish([](const Told& told) { return told.value_bytes; });
}

}  // namespace hyperslab::python
