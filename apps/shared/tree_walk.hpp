// What a walk through a file meets, and what it remembers.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>

namespace hyperslab::apps {

/// What is printed of one name in a group, as text and as JSON.
struct Entry {
    std::string name;
    Link link;
    Object object;        ///< the object of a hard link, when it can be opened
    std::string failure;  ///< why it cannot
    std::string seen_at;  ///< the path under which it was printed already
};

class TreeWalk {
public:
    /// \param depth  levels below the root; never more than a thousand, whatever a file holds
    explicit TreeWalk(unsigned depth) : depth_(std::min(depth, 1000U)) {}

    /// The entry for a link of a group. It must be called in the order of printing, because an
    /// object is printed under the path where it is met first.
    Entry entry(const Group& group,
                const std::string& path,
                const std::pair<std::string, Link>& link);

    bool goes_into(const Entry& entry, unsigned level) const;

    /// The result of `describe` for an object or, when that fails, the result of `otherwise` for
    /// the reason.
    template <class Describe, class Otherwise>
    auto described(Describe&& describe, Otherwise&& otherwise) {
        try {
            return describe();
        } catch (const Error& error) {
            ++failures_;
            return otherwise(error.what());
        }
    }

    void remember(const Object& object, const std::string& path) { seen_.emplace(object, path); }

    /// \throws Error when there was an object that could not be read
    void report_failures() const;

private:
    void open(const Group& group, const std::string& path, Entry& entry);

    unsigned depth_;
    std::unordered_map<Object, std::string> seen_;
    std::size_t failures_ = 0;
};

}  // namespace hyperslab::apps
