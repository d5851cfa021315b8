// Facts about a file or an object, for people and for programs.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "shared/render.hpp"

namespace hyperslab::apps {

/// Facts as JSON and as text, in the order in which they are printed.
class Facts {
public:
    /// \param key  for people; programs read it with underscores for spaces
    void add(const std::string& key, Json json, std::string text);
    void add(const std::string& key, const std::string& text);
    void add(const std::string& key, std::uint64_t number);
    /// Adds a fact for programs only.
    void add_json(std::string key, Json json);
    /// Adds a fact for people only.
    void add_text(const std::string& key, std::string text);

    const Json& json() const { return json_; }
    /// One line each, keys and values aligned.
    std::string text(const std::string& indent = "") const;

private:
    Json json_ = Json::object();
    std::vector<std::pair<std::string, std::string>> lines_;
};

}  // namespace hyperslab::apps
