// Links: the names in a group, and what each leads to.
#pragma once

#include <string>
#include <variant>

namespace hyperslab {

/// A name of an object. The object exists as long as it has one.
struct HardLink {
    friend bool operator==(const HardLink&, const HardLink&) = default;
};

/// A path in the file of the link, relative to its group; it need not exist.
struct SoftLink {
    std::string path;

    friend bool operator==(const SoftLink&, const SoftLink&) = default;
};

/// A path in another file; neither need exist.
struct ExternalLink {
    std::string file;
    std::string path;

    friend bool operator==(const ExternalLink&, const ExternalLink&) = default;
};

/// A link of a kind that some program has registered with HDF5; type is 65 or more.
struct UserDefinedLink {
    int type = 0;

    friend bool operator==(const UserDefinedLink&, const UserDefinedLink&) = default;
};

using Link = std::variant<HardLink, SoftLink, ExternalLink, UserDefinedLink>;

}  // namespace hyperslab
