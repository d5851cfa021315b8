#include "filter_text.hpp"

#include <charconv>
#include <limits>

namespace hyperslab::apps {
namespace {

/// "gzip=4" taken apart; the values stand between colons.
struct Word {
    std::string name;
    std::vector<std::string> values;
};

Word word_from(const std::string& text) {
    const std::size_t equals = text.find('=');
    Word word{text.substr(0, equals), {}};
    if (equals != std::string::npos) {
        word.values = split(text.substr(equals + 1), ":");
    }
    return word;
}

[[noreturn]] void fail(const std::string& message) {
    throw Error(ErrorCode::invalid_argument, message);
}

unsigned value_of(const Word& word, std::size_t i, unsigned otherwise, unsigned most) {
    if (i >= word.values.size()) {
        return otherwise;
    }
    const std::uint64_t value = number_from(word.values[i], "A value of the filter " + word.name);
    if (value > most) {
        fail("A value of the filter " + word.name + " is at most " + std::to_string(most) +
             ", not " + word.values[i]);
    }
    return static_cast<unsigned>(value);
}

void require_values(const Word& word, std::size_t most) {
    if (word.values.size() > most) {
        fail("The filter " + word.name + " takes " +
             (most == 0 ? "no values" : "at most " + std::to_string(most) + " values"));
    }
}

Filter szip_from(const Word& word) {
    require_values(word, 2);
    const std::string method = word.values.empty() ? "nn" : word.values[0];
    const unsigned pixels = value_of(word, 1, 8, 32);
    if ((method != "nn" && method != "ec") || pixels == 0 || pixels % 2 != 0) {
        fail("szip is written szip=nn:8 or szip=ec:8, with an even number of pixels up to 32");
    }
    return method == "ec" ? szip_entropy(pixels) : szip_nearest_neighbour(pixels);
}

Filter numbered(const Word& word) {
    constexpr unsigned kMaxValue = std::numeric_limits<unsigned>::max();
    const std::uint64_t id = number_from(word.name, "The number of a filter");
    if (id == 0 || id > 65535) {
        fail("Filters have numbers from 1 to 65535, not " + word.name);
    }
    std::vector<unsigned> values;
    values.reserve(word.values.size());
    for (std::size_t i = 0; i < word.values.size(); ++i) {
        values.push_back(value_of(word, i, 0, kMaxValue));
    }
    return custom_filter(static_cast<FilterId>(id), std::move(values), true);
}

Filter filter_from(const std::string& text) {
    const Word word = word_from(text);
    if (word.name == "gzip" || word.name == "deflate") {
        require_values(word, 1);
        return deflate(value_of(word, 0, 4, 9));
    }
    if (word.name == "szip") {
        return szip_from(word);
    }
    if (!word.name.empty() && word.name.find_first_not_of("0123456789") == std::string::npos) {
        return numbered(word);
    }
    require_values(word, 0);
    if (word.name == "shuffle") {
        return shuffle();
    }
    if (word.name == "fletcher32") {
        return fletcher32();
    }
    if (word.name == "lzf") {
        return lzf();
    }
    fail("'" + text +
         "' is no filter: gzip=4, lzf, szip=nn:8, shuffle, fletcher32, a filter's number with its "
         "values as 32015=3, or none");
}

}  // namespace

std::vector<std::string> split(const std::string& text, const std::string& separators) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (;;) {
        const std::size_t end = text.find_first_of(separators, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string::npos) {
            return parts;
        }
        begin = end + 1;
    }
}

std::uint64_t number_from(const std::string& text, const std::string& what) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) {
        fail(what + " is a whole number, not '" + text + "'");
    }
    return value;
}

std::vector<Filter> filters_from(const std::vector<std::string>& texts) {
    std::vector<Filter> filters;
    for (const std::string& text : texts) {
        for (const std::string& word : split(text, ",")) {
            if (word != "none") {
                filters.push_back(filter_from(word));
            } else if (texts.size() != 1 || text != "none") {
                fail("'none' stands alone: it means that there are no filters");
            }
        }
    }
    return filters;
}

}  // namespace hyperslab::apps
