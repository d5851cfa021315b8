// Small arrays as text and as JSON: values of attributes, fill values.

#include "shared/array_text.hpp"
#include "shared/array_walk.hpp"
#include "shared/render.hpp"

namespace hyperslab::apps {
namespace {

// Values of attributes are shown up to here.
constexpr std::size_t kShownElements = 20;

Json nested(const ElementArray& array, const Object& owner, std::size_t axis, std::size_t& next) {
    if (axis == array.shape().size()) {
        return element_json(array[next++], owner);
    }
    Json json = Json::array();
    for (std::uint64_t i = 0; i < array.shape()[axis]; ++i) {
        json.push_back(nested(array, owner, axis + 1, next));
    }
    return json;
}

std::string shortened(const ElementArray& array, const Object& owner) {
    std::string text = "[";
    for (std::size_t i = 0; i < 3; ++i) {
        text += element_text(array[i], owner, false) + ", ";
    }
    text += "...";
    for (std::size_t i = array.size() - 3; i < array.size(); ++i) {
        text += ", " + element_text(array[i], owner, false);
    }
    return text + "]  " + shape_text(array.shape());
}

}  // namespace

std::string array_text(const ElementArray& array, const Object& owner) {
    if (array.size() > kShownElements) {
        return shortened(array, owner);
    }
    BracketText sink(owner, array.shape().size(), false, true);
    walk(array, sink);
    return sink.text();
}

Json array_json(const ElementArray& array, const Object& owner) {
    std::size_t next = 0;
    return nested(array, owner, 0, next);
}

}  // namespace hyperslab::apps
