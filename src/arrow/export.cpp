#include "arrow/export.hpp"

#include <memory>
#include <string>
#include <utility>

namespace hyperslab::arrow {
namespace {

// What an array keeps until it is released. Children that a consumer has moved away say so by a
// null `release`.
struct ArrayOwner {
    explicit ArrayOwner(ArrayParts given) : parts(std::move(given)) {
        if (!parts.has_validity) {
            buffers.push_back(nullptr);
        }
        for (Buffer& buffer : parts.buffers) {
            if (buffer.data() == nullptr) {
                buffer.grow(0);  // an empty buffer has an address, which some readers ask for
            }
            buffers.push_back(buffer.data());
        }
        for (ArrowArray& child : parts.children) {
            children.push_back(&child);
        }
    }
    ~ArrayOwner() {
        for (ArrowArray& child : parts.children) {
            release(child);
        }
        for (ArrowArray& values : parts.dictionary) {
            release(values);
        }
    }
    ArrayOwner(const ArrayOwner&) = delete;
    ArrayOwner& operator=(const ArrayOwner&) = delete;

    ArrayParts parts;
    std::vector<const void*> buffers{};
    std::vector<ArrowArray*> children{};
};

extern "C" void hyperslab_release_array(ArrowArray* array) {
    delete static_cast<ArrayOwner*>(array->private_data);
    array->private_data = nullptr;
    array->release = nullptr;
}

struct SchemaOwner {
    std::string format;
    std::string name;
    std::vector<ArrowSchema> children{};
    std::vector<ArrowSchema*> pointers{};
    std::vector<ArrowSchema> dictionary{};

    SchemaOwner(const std::string& of_format, const std::string& of_name)
        : format(of_format), name(of_name) {}
    ~SchemaOwner() {
        for (ArrowSchema& child : children) {
            release(child);
        }
        for (ArrowSchema& values : dictionary) {
            release(values);
        }
    }
    SchemaOwner(const SchemaOwner&) = delete;
    SchemaOwner& operator=(const SchemaOwner&) = delete;
};

extern "C" void hyperslab_release_schema(ArrowSchema* schema) {
    delete static_cast<SchemaOwner*>(schema->private_data);
    schema->private_data = nullptr;
    schema->release = nullptr;
}

}  // namespace

ArrowArray make_array(ArrayParts parts) {
    auto owner = std::make_unique<ArrayOwner>(std::move(parts));
    ArrowArray array{};
    array.length = owner->parts.length;
    array.null_count = owner->parts.null_count;
    // A struct and a fixed list have a validity bitmap as their only buffer.
    array.n_buffers = static_cast<std::int64_t>(owner->buffers.size());
    array.n_children = static_cast<std::int64_t>(owner->children.size());
    array.buffers = owner->buffers.data();
    array.children = owner->children.data();
    array.dictionary = owner->parts.dictionary.empty() ? nullptr : owner->parts.dictionary.data();
    array.release = &hyperslab_release_array;
    array.private_data = owner.release();
    return array;
}

ArrowSchema make_schema(const Field& field) {
    auto owner = std::make_unique<SchemaOwner>(field.format, field.name);
    for (const Field& child : field.children) {
        owner->children.push_back(make_schema(child));
    }
    for (ArrowSchema& child : owner->children) {
        owner->pointers.push_back(&child);
    }
    if (field.kind == Field::Kind::enumeration) {
        owner->dictionary.push_back(make_schema({.format = "u"}));
    }
    ArrowSchema schema{};
    schema.format = owner->format.c_str();
    schema.name = owner->name.c_str();
    schema.flags = ARROW_FLAG_NULLABLE;
    schema.n_children = static_cast<std::int64_t>(owner->children.size());
    schema.children = owner->pointers.data();
    schema.dictionary = owner->dictionary.empty() ? nullptr : owner->dictionary.data();
    schema.release = &hyperslab_release_schema;
    schema.private_data = owner.release();
    return schema;
}

}  // namespace hyperslab::arrow
