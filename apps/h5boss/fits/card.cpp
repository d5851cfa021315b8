#include "h5boss/fits/card.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace hyperslab::apps::h5boss {
namespace {

constexpr std::size_t kKeySize = 8;
constexpr std::size_t kValueAt = 10;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.back() == ' ') {
        text.remove_suffix(1);
    }
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    return text;
}

/// The text between quotes, of which a doubled one is a quote; `end` is behind the last one.
std::string quoted_text(std::string_view field, std::size_t& end) {
    std::string text;
    std::size_t at = 1;
    while (at < field.size()) {
        if (field[at] == '\'') {
            if (at + 1 < field.size() && field[at + 1] == '\'') {
                ++at;
            } else {
                break;
            }
        }
        text += field[at++];
    }
    end = std::min(at + 1, field.size());
    while (!text.empty() && text.back() == ' ') {
        text.pop_back();
    }
    return text;
}

std::optional<double> number(std::string text) {
    std::replace(text.begin(), text.end(), 'D', 'E');
    double value = 0;
    const char* begin = text.data();
    const char* const end = begin + text.size();
    if (begin != end && *begin == '+') {
        ++begin;
    }
    const auto [stop, error] = std::from_chars(begin, end, value);
    return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

std::string value_text(const CardValue& value) {
    char text[64] = "";
    if (const auto* flag = std::get_if<bool>(&value)) {
        std::snprintf(text, sizeof text, "%20s", *flag ? "T" : "F");
    } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        std::snprintf(text, sizeof text, "%20lld", static_cast<long long>(*integer));
    } else if (const auto* real = std::get_if<double>(&value)) {
        char shortest[40];
        const auto end = std::to_chars(shortest, shortest + sizeof shortest, *real).ptr;
        std::string digits(shortest, end);
        std::replace(digits.begin(), digits.end(), 'e', 'E');
        if (std::isfinite(*real) && digits.find_first_of(".E") == std::string::npos) {
            digits += ".0";
        }
        std::snprintf(text, sizeof text, "%20s", digits.c_str());
    } else if (const auto* words = std::get_if<std::string>(&value)) {
        std::string quoted = "'";
        for (const char c : *words) {
            quoted += c == '\'' ? std::string("''") : std::string(1, c);
        }
        quoted.resize(std::max<std::size_t>(quoted.size(), 9), ' ');
        quoted += '\'';
        quoted.resize(std::max<std::size_t>(quoted.size(), 20), ' ');
        return quoted;
    }
    return text;
}

}  // namespace

std::string_view card_key(std::string_view card) { return trimmed(card.substr(0, kKeySize)); }

CardValue card_value(std::string_view card) {
    if (card.size() <= kValueAt || card.substr(kKeySize, 2) != "= ") {
        return {};
    }
    std::string_view field = card.substr(kValueAt);
    field.remove_prefix(std::min(field.find_first_not_of(' '), field.size()));
    std::size_t end = 0;
    if (field.starts_with('\'')) {
        return quoted_text(field, end);
    }
    std::string text(trimmed(field.substr(0, field.find('/'))));
    if (text == "T" || text == "F") {
        return text == "T";
    }
    std::int64_t integer = 0;
    const char* const begin = text.data() + (text.starts_with('+') ? 1 : 0);
    const auto [stop, error] = std::from_chars(begin, text.data() + text.size(), integer);
    if (!text.empty() && error == std::errc() && stop == text.data() + text.size()) {
        return integer;
    }
    if (const auto real = number(text)) {
        return *real;
    }
    return text;
}

std::string make_card(std::string_view key, const CardValue& value, std::string_view comment) {
    std::string card(key.substr(0, kKeySize));
    card.resize(kKeySize, ' ');
    if (std::holds_alternative<std::monostate>(value)) {
        card += comment;
    } else {
        card += "= " + value_text(value);
        if (!comment.empty()) {
            card += " / " + std::string(comment);
        }
    }
    card.resize(kCardSize, ' ');
    return card;
}

std::optional<std::string> Header::find(std::string_view key) const {
    for (const std::string& card : cards_) {
        if (card_key(card) == key) {
            return card;
        }
    }
    return std::nullopt;
}

std::optional<std::int64_t> Header::integer(std::string_view key) const {
    const auto card = find(key);
    const CardValue value = card ? card_value(*card) : CardValue{};
    const auto* const integer = std::get_if<std::int64_t>(&value);
    return integer != nullptr ? std::optional(*integer) : std::nullopt;
}

std::optional<double> Header::real(std::string_view key) const {
    const auto card = find(key);
    const CardValue value = card ? card_value(*card) : CardValue{};
    if (const auto* const real = std::get_if<double>(&value)) {
        return *real;
    }
    const auto whole = integer(key);
    return whole ? std::optional(static_cast<double>(*whole)) : std::nullopt;
}

std::optional<std::string> Header::text(std::string_view key) const {
    const auto card = find(key);
    const CardValue value = card ? card_value(*card) : CardValue{};
    const auto* const text = std::get_if<std::string>(&value);
    return text != nullptr ? std::optional(*text) : std::nullopt;
}

void Header::add(std::string_view key, const CardValue& value, std::string_view comment) {
    cards_.push_back(make_card(key, value, comment));
}

void Header::set(std::string_view key, std::int64_t value) {
    for (std::string& card : cards_) {
        if (card_key(card) != key) {
            continue;
        }
        if (card_value(card) != CardValue(value)) {
            const std::size_t slash = card.find('/', kValueAt);
            const std::string tail = slash == std::string::npos ? "" : card.substr(slash);
            std::string changed = make_card(key, value);
            changed.resize(changed.find_last_not_of(' ') + 1);
            card = changed + (tail.empty() ? "" : " " + tail);
            card.resize(kCardSize, ' ');
        }
        return;
    }
    add(key, value);
}

}  // namespace hyperslab::apps::h5boss
