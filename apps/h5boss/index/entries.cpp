#include "h5boss/index/entries.hpp"

namespace hyperslab::apps::h5boss {

void note_catalogue(std::map<std::string, CatalogueKind>& catalogues,
                    const std::string& name,
                    const CatalogueKind& found) {
    const auto [at, fresh] = catalogues.emplace(name, found);
    if (fresh) {
        return;
    }
    at->second.repeats = at->second.repeats || found.repeats;
    if (at->second.type != found.type) {
        try {
            at->second.type = joined_type(at->second.type, found.type);
        } catch (const Error&) {  // NOLINT(bugprone-empty-catch)
            // A column with other dimensions is read as the first plate has it.
        }
    }
}

}  // namespace hyperslab::apps::h5boss
