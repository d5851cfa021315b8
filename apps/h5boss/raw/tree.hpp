// A file of HDF5 that is written without HDF5: groups and datasets with descriptions that are taken
// from others, and the bytes of datasets wherever they are.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "h5boss/raw/object_header.hpp"

namespace hyperslab::apps::h5boss::raw {

/// Bytes of a source.
struct Piece {
    std::shared_ptr<const SourceFile> file;
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
};

/// Values of an attribute that lie in the global heap: each has a reference in the message.
struct HeapValue {
    std::size_t at = 0;  ///< where in the message's body the reference is: address and index
    Bytes value{};
};

struct Attribute {
    Message message;
    std::vector<HeapValue> values{};
};

/// The attributes of an object with what they have in the heap.
/// \throws Refusal for types with references to objects
std::vector<Attribute> load_attributes(const SourceFile& file, const ObjectHeader& object);

/// A group or a dataset.
struct Node {
    std::vector<Attribute> attributes{};
    std::map<std::string, std::unique_ptr<Node>> members{};  ///< of a group
    /// \name Of a dataset, which is a table of one dimension
    ///@{
    Bytes type{};  ///< the message that describes an element; empty for a group
    std::uint8_t type_flags = 0;
    Bytes fill_value{};
    std::uint64_t length = 0;
    std::vector<Piece> pieces{};  ///< all of its bytes, one after the other
    Bytes memory{};               ///< or these
    ///@}

    bool is_group() const { return type.empty(); }
    std::uint64_t bytes() const;
    /// The group of that name, which is made when there is none.
    Node& group(const std::string& name);
};

/// Bytes that are copied.
struct Copy {
    const SourceFile* file = nullptr;
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::uint64_t bytes = 0;
};

/// How the file will lie.
struct FileImage {
    /// What is written at the beginning: all descriptions, and the data that are in memory.
    Bytes beginning;
    /// The rest, by file and place there.
    std::vector<Copy> copies;
    std::uint64_t size = 0;
};

FileImage image_of(const Node& root);

}  // namespace hyperslab::apps::h5boss::raw
