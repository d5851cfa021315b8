#include "shared/tree_walk.hpp"

#include <variant>

#include "shared/render.hpp"

namespace hyperslab::apps {

Entry TreeWalk::entry(const Group& group,
                      const std::string& path,
                      const std::pair<std::string, Link>& link) {
    Entry made{link.first, link.second, {}, {}, {}};
    if (std::holds_alternative<HardLink>(link.second)) {
        open(group, path + "/" + made.name, made);
    }
    return made;
}

bool TreeWalk::goes_into(const Entry& entry, unsigned level) const {
    return entry.object && entry.seen_at.empty() && level < depth_ &&
           entry.object.kind() == ObjectKind::group;
}

void TreeWalk::report_failures() const {
    if (failures_ != 0) {
        throw Error(ErrorCode::io, counted(failures_, "object") + " could not be read");
    }
}

void TreeWalk::open(const Group& group, const std::string& path, Entry& entry) {
    try {
        entry.object = group[entry.name];
        const auto [seen, is_new] = seen_.emplace(entry.object, path);
        entry.seen_at = is_new ? "" : seen->second;
    } catch (const Error& error) {
        entry.failure = error.what();
        ++failures_;
    }
}

}  // namespace hyperslab::apps
