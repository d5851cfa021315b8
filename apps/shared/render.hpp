// Elements, types and filters as text for people and as JSON for programs.
//
// JSON: numbers are numbers, but NaN and infinities are the strings "NaN", "Infinity", "-Infinity";
// a complex number is [real, imaginary], a compound an object, an opaque value its bytes in
// hexadecimal, a reference the path of its object or null.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <nlohmann/json.hpp>
#include <string>

namespace hyperslab::apps {

/// Keeps the order in which keys were given.
using Json = nlohmann::ordered_json;

/// JSON on one line. Bytes that are not UTF-8 are replaced.
std::string line_of(const Json& json);
/// JSON on many lines, but arrays of plain values on one.
std::string lines_of(const Json& json, const std::string& indent = "");

/// Whether a type stands for complex numbers: HDF5's own, or h5py's compound {r, i}.
bool is_complex(const Datatype& type);

/// \param owner  an object of the file, for references
/// \param full   do not shorten long sequences
std::string element_text(const Element& element, const Object& owner, bool full);
Json element_json(const Element& element, const Object& owner);

/// All elements, nested as the shape says; long ones shortened.
std::string array_text(const ElementArray& array, const Object& owner);
Json array_json(const ElementArray& array, const Object& owner);

/// "deflate (level 4)", "lzf", "filter 32015 (5)"
std::string filter_text(const Filter& filter);
Json filter_json(const Filter& filter);

/// "(10, unlimited)"
std::string shape_text(const Shape& shape);
/// Unlimited is null.
Json shape_json(const Shape& shape);

/// "1.5 MiB"
std::string bytes_text(std::uint64_t bytes);

/// "group", "dataset", "committed datatype"
std::string kind_text(ObjectKind kind);

/// "3 attributes", "1 attribute"
std::string counted(std::uint64_t count, const std::string& what);

}  // namespace hyperslab::apps
