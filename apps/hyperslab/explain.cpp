#include "explain.hpp"

#include <hyperslab/hyperslab.hpp>

#include <optional>
#include <string>

#include "arguments.hpp"
#include "facts.hpp"
#include "shared/output.hpp"
#include "shared/render.hpp"

namespace hyperslab::apps {
namespace {

template <class Number>
Json number_json(const std::optional<Number>& number) {
    return number ? Json(*number) : Json();
}

template <class Explanation>
Json advice_json(const Explanation& told) {
    Json all = Json::array();
    for (const auto& advice : told.advice) {
        all.push_back({{"about", advice.about},
                       {"text", advice.text},
                       {"chunk_shape", shape_json(advice.chunk_shape)}});
    }
    return all;
}

template <class Explanation>
Json filters_json(const Explanation& told) {
    Json all = Json::array();
    for (const Filter& filter : told.filters) {
        all.push_back(filter_json(filter));
    }
    return all;
}

/// What is said of the engine and the dataset, whether it is read or written.
template <class Explanation>
Json dataset_json(const Explanation& told) {
    return {{"engine", told.engine},
            {"refusal", told.refusal},
            {"reason", told.reason},
            {"layout", told.layout},
            {"shape", shape_json(told.shape)},
            {"chunk_shape", shape_json(told.chunk_shape)},
            {"chunk_index", told.chunk_index},
            {"filters", filters_json(told)},
            {"type", told.type},
            {"memory_type", told.memory_type},
            {"conversion", told.conversion}};
}

Json json_of(const ReadExplanation& told) {
    Json all = dataset_json(told);
    all.update(Json{{"result_shape", shape_json(told.result_shape)},
                    {"elements", told.elements},
                    {"result_bytes", told.result_bytes},
                    {"threads", told.threads},
                    {"grid_chunks", number_json(told.grid_chunks)},
                    {"chunks", number_json(told.chunks)},
                    {"stored_chunks", number_json(told.stored_chunks)},
                    {"missing_chunks", number_json(told.missing_chunks)},
                    {"cached_chunks", number_json(told.cached_chunks)},
                    {"fetched_bytes", number_json(told.fetched_bytes)},
                    {"decoded_bytes", number_json(told.decoded_bytes)},
                    {"amplification", number_json(told.amplification)},
                    {"advice", advice_json(told)}});
    return all;
}

Json json_of(const WriteExplanation& told) {
    Json all = dataset_json(told);
    all.update(Json{{"value_shape", shape_json(told.value_shape)},
                    {"elements", told.elements},
                    {"value_bytes", told.value_bytes},
                    {"threads", told.threads},
                    {"grid_chunks", number_json(told.grid_chunks)},
                    {"chunks", number_json(told.chunks)},
                    {"partial_chunks", number_json(told.partial_chunks)},
                    {"stored_chunks", number_json(told.stored_chunks)},
                    {"rewritten_chunks", number_json(told.rewritten_chunks)},
                    {"encoded_bytes", number_json(told.encoded_bytes)},
                    {"decoded_bytes", number_json(told.decoded_bytes)},
                    {"filled_bytes", number_json(told.filled_bytes)},
                    {"amplification", number_json(told.amplification)},
                    {"advice", advice_json(told)}});
    return all;
}

// Strings as h5py's arrays and read<std::string> take them; elements as they are would be
// libhdf5's.
ReadExplanation explanation_of(const Dataset& dataset,
                               const IndexExpression& expression,
                               const std::vector<std::string>& fields) {
    const bool strings =
        fields.empty() && !dataset.is_null() && dataset.datatype().is_variable_string();
    return strings ? dataset.explain<std::string>(expression) : dataset.explain(expression, fields);
}

template <class Explanation>
void show(const Explanation& told, bool json) {
    if (json) {
        print(lines_of(json_of(told)) + "\n");
        return;
    }
    Facts facts;
    for (const auto& [word, text] : told.lines()) {
        facts.add_text(word, printable(text));
    }
    print(facts.text());
}

}  // namespace

void explain(const ExplainOptions& options) {
    const File file(options.file);
    const Place place = place_in(file, options.place);
    const Dataset dataset = dataset_at(file, place.path, "to read");
    IndexExpression expression;
    for (const Index& index : place.indices) {
        expression.push_back(index);
    }
    if (options.write) {
        show(dataset.explain_write(expression, place.fields), options.json);
    } else {
        show(explanation_of(dataset, expression, place.fields), options.json);
    }
}

}  // namespace hyperslab::apps
