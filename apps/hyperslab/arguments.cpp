#include "arguments.hpp"

#include <charconv>
#include <optional>
#include <string_view>

#include "shared/render.hpp"

namespace hyperslab::apps {
namespace {

class Parser {
public:
    Parser(std::string_view text, Place& place) : text_(text), place_(place) {}

    /// One or more pairs of brackets, up to the end of the text.
    void parse() {
        do {
            expect('[');
            do {
                item();
            } while (take(','));
            expect(']');
        } while (skip_spaces() < text_.size());
    }

private:
    [[noreturn]] void fail() const {
        throw Error(ErrorCode::invalid_argument,
                    "Cannot understand '" + std::string(text_) + "' at '" +
                        std::string(text_.substr(at_)) +
                        "': write it as in Python, [0:10, 3], [..., [0, 3]] or ['FLUX', 'IVAR']");
    }

    std::size_t skip_spaces() {
        while (at_ < text_.size() && text_[at_] == ' ') {
            ++at_;
        }
        return at_;
    }

    bool take(std::string_view word) {
        skip_spaces();
        if (!text_.substr(at_).starts_with(word)) {
            return false;
        }
        at_ += word.size();
        return true;
    }
    bool take(char c) { return take(std::string_view(&c, 1)); }
    void expect(char c) {
        if (!take(c)) {
            fail();
        }
    }

    std::optional<std::int64_t> number() {
        skip_spaces();
        std::int64_t value = 0;
        const char* const begin = text_.data() + at_;
        const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
        if (error == std::errc::result_out_of_range) {
            fail();
        }
        if (error != std::errc()) {
            return std::nullopt;
        }
        at_ += static_cast<std::size_t>(end - begin);
        return value;
    }

    void name(char quote) {
        const std::size_t end = text_.find(quote, at_);
        if (end == std::string_view::npos) {
            fail();
        }
        place_.fields.emplace_back(text_.substr(at_, end - at_));
        at_ = end + 1;
    }

    void list() {
        IndexList positions;
        if (!take(']')) {
            do {
                const auto position = number();
                if (!position) {
                    fail();
                }
                positions.positions.push_back(*position);
            } while (take(','));
            expect(']');
        }
        place_.indices.emplace_back(std::move(positions));
    }

    void position_or_slice() {
        const auto start = number();
        if (!take(':')) {
            if (!start) {
                fail();
            }
            place_.indices.emplace_back(At{*start});
            return;
        }
        const auto stop = number();
        const auto step = take(':') ? number() : std::nullopt;
        place_.indices.emplace_back(Slice{start, stop, step.value_or(1)});
    }

    void item() {
        if (take('\'')) {
            name('\'');
        } else if (take('"')) {
            name('"');
        } else if (take("...")) {
            place_.indices.emplace_back(Ellipsis{});
        } else if (take('[')) {
            list();
        } else {
            position_or_slice();
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Place& place_;
};

}  // namespace

Place parse_place(const std::string& text) {
    Place place;
    const std::size_t bracket = text.ends_with(']') ? text.find('[') : std::string::npos;
    place.path = text.substr(0, bracket);
    if (bracket != std::string::npos) {
        Parser(std::string_view(text).substr(bracket), place).parse();
    }
    return place;
}

Place place_in(const File& file, const std::string& text) {
    const bool is_name = text.ends_with(']') && file.contains(text);
    return is_name ? Place{text, {}, {}} : parse_place(text);
}

Dataset dataset_at(const File& file, const std::string& path, const std::string& for_what) {
    const Object object = file[path];
    if (object.kind() != ObjectKind::dataset) {
        throw Error(ErrorCode::type_mismatch,
                    "'" + path + "' in file '" + file.filename() + "' is a " +
                        kind_text(object.kind()) + ", and only datasets have elements " + for_what);
    }
    return object;
}

}  // namespace hyperslab::apps
