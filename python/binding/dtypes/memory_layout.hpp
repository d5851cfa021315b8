// How elements of a NumPy dtype travel to and from libhdf5.
//
// Plain elements (numbers, fixed strings, records of those) lie in the array as libhdf5 writes
// them: it gets the array's own memory. Elements that hold Python objects do not: libhdf5 never
// sees a Python object. It reads into a buffer of C elements (char pointers, sequences, raw
// references), and a list of steps turns each C element into a NumPy element, or back for writing.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hdf5/api/h5r_standard.hpp"
#include "hdf5/call/handle.hpp"
#include "hyperslab/datatype.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

struct ElementLayout;

/// What is done with one part of an element.
struct Step {
    enum class Kind {
        copy,
        string,        ///< a Python object
        fixed_string,  ///< bytes in place, cut or padded with zeros
        sequence,
        object_reference,
        region_reference,
        standard_reference,
        repeat,
    };

    Kind kind = Kind::copy;
    std::size_t c_offset = 0;
    std::size_t numpy_offset = 0;
    std::size_t size = 0;                            ///< copy, fixed_string: bytes
    std::size_t count = 0;                           ///< repeat: elements
    CharacterSet set = CharacterSet::ascii;          ///< string
    std::shared_ptr<const ElementLayout> element{};  ///< sequence, repeat
};

struct ElementLayout {
    Datatype c_type;             ///< the type of the C element
    std::size_t numpy_size = 0;  ///< of the NumPy element, in bytes
    nb::object dtype;            ///< the NumPy dtype
    bool direct = true;          ///< whether both have the same bytes
    std::vector<Step> steps{};   ///< when `direct` is false
};

/// How strings become Python objects when they are read: bytes, or text in an encoding.
struct TextDecoding {
    std::string encoding;
    std::string errors;
};

/// The memory that C elements made from Python objects point to. It must outlive their use.
struct KeepAlive {
    std::vector<nb::object> objects{};
    std::deque<std::vector<std::byte>> buffers{};
    std::vector<hdf5::h5r::StandardReference> references{};
};

class MemoryLayout {
public:
    /// The layout of elements of `dtype` in memory and `file_type` in the file.
    /// \throws TypeError when objects of the dtype cannot hold such data
    MemoryLayout(nb::handle dtype, const Datatype& file_type);

    /// The layout of plain elements with an HDF5 memory type that the caller chose.
    MemoryLayout(nb::handle dtype, hdf5::Handle memory_type);

    /// The layout of one field of a compound: elements of the field's dtype alone.
    static MemoryLayout of_field(const std::string& name,
                                 nb::handle dtype,
                                 const Datatype& file_type);

    /// The layout of strings of any kind that are read as text into an array of objects.
    static MemoryLayout of_text();

    bool direct() const { return element_.direct; }

    /// The HDF5 type of the C elements.
    hdf5::Id type() const { return type_.id(); }
    std::size_t c_size() const { return element_.c_type.size(); }
    std::size_t numpy_size() const { return element_.numpy_size; }

    /// has_standard_references: what libhdf5 keeps for those that were read has to be given back
    /// (h5d::reclaim).
    bool holds_references() const { return holds_references_; }

    /// One C element to one NumPy element, whose objects are replaced.
    void to_numpy(const std::byte* c, std::byte* numpy, const TextDecoding* text = nullptr) const;

    /// Converts `count` elements that lie side by side.
    void to_numpy(const std::byte* c,
                  std::uint64_t count,
                  std::byte* numpy,
                  const TextDecoding* text) const;

    /// One NumPy element to one C element.
    /// \throws TypeError or ValueError for an object that cannot be stored
    void from_numpy(const std::byte* numpy, std::byte* c, KeepAlive& keep) const;

private:
    explicit MemoryLayout(ElementLayout element);

    ElementLayout element_;
    hdf5::Handle type_;
    bool holds_references_ = false;
};

/// The layout of one element; MemoryLayout's constructor.
ElementLayout make_element_layout(nb::handle dtype, const Datatype& file_type);

/// Whether a part of the element is a standard reference, for which libhdf5 keeps something.
bool has_standard_references(const ElementLayout& layout);

}  // namespace hyperslab::python
