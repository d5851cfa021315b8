#include "facts.hpp"

#include <algorithm>

#include "shared/output.hpp"

namespace hyperslab::apps {

void Facts::add(const std::string& key, Json json, std::string text) {
    add_json(key, std::move(json));
    add_text(key, std::move(text));
}

void Facts::add(const std::string& key, const std::string& text) {
    add(key, text, printable(text));
}

void Facts::add(const std::string& key, std::uint64_t number) {
    add(key, number, std::to_string(number));
}

void Facts::add_json(std::string key, Json json) {
    std::ranges::replace(key, ' ', '_');
    json_[key] = std::move(json);
}

void Facts::add_text(const std::string& key, std::string text) {
    lines_.emplace_back(key, std::move(text));
}

std::string Facts::text(const std::string& indent) const {
    std::size_t width = 0;
    for (const auto& [key, value] : lines_) {
        width = std::max(width, key.size());
    }
    std::string text;
    for (const auto& [key, value] : lines_) {
        text += indent;
        text += paint(Role::key, key);
        text.append(width - key.size() + 2, ' ');
        text += value;
        text += '\n';
    }
    return text;
}

}  // namespace hyperslab::apps
