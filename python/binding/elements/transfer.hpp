// Moving elements between datasets or attributes and NumPy arrays.
//
// All reading and writing of values from Python ends here, whichever API it came through.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "dtypes/memory_layout.hpp"
#include "engine/plan/request.hpp"
#include "engine/store/open_dataset.hpp"
#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/selection.hpp"
#include "hyperslab/shape.hpp"
#include "ids/object_id.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

struct AttrID;

/// The places of a transfer in the file and in memory, and its properties.
struct TransferSpaces {
    hdf5::Id memory = hdf5::kAll;
    hdf5::Id file = hdf5::kAll;
    hdf5::Id dxpl = hdf5::kDefault;
    /// hdf5::extent_changes() before the dataspaces were made. When the number has changed, nothing
    /// is moved, and engine::ExtentChanged is thrown.
    std::optional<std::uint64_t> extent_changes{};
};

/// The dataspaces that "all" stands for, and how many elements take part.
struct Resolved {
    hdf5::Handle dataset_space;
    hdf5::Id memory = hdf5::kAll;
    hdf5::Id file = hdf5::kAll;
    std::uint64_t count = 0;
};

Resolved resolve(hdf5::Id dataset, const TransferSpaces& spaces);

/// A transfer between one dataset and the memory of one C-contiguous array.
template <class Memory>
struct PartOf {
    hdf5::Id dataset;
    const MemoryLayout* layout;
    TransferSpaces spaces;
    Memory* array_data;
    const TextDecoding* text = nullptr;  ///< only for reading
};
using PartToRead = PartOf<void>;
using PartToWrite = PartOf<const void>;

/// Reads into a C-contiguous array. Nothing is checked: the spaces must fit the array.
void read_elements(hdf5::Id dataset,
                   const MemoryLayout& layout,
                   const TransferSpaces& spaces,
                   void* array_data,
                   const TextDecoding* text = nullptr);

/// Reads to several places in the array, as one step. `spaces.memory` is not used.
void read_elements_to(std::span<const hdf5::Id> memory_spaces, const PartToRead& part);

/// Has a request keep its array alive, where elements are moved to or from the array itself. It may
/// then end before threads have let go of them.
void keep_if_direct(engine::Request& request, const MemoryLayout& layout, nb::handle array);

/// An array made for a read, which nobody else has yet. When the read is interrupted, threads may
/// write to it a while longer.
struct NewArray {
    nb::object array{};
    bool is_zeroed = false;
};

/// Reads a Selection. The array holds exactly its elements, in order.
/// \param new_array  the array, when it is new
void read_selection(engine::OpenDataset& dataset,
                    const MemoryLayout& layout,
                    const Selection& selection,
                    hdf5::Id dxpl,
                    void* array_data,
                    const TextDecoding* text = nullptr,
                    const NewArray* new_array = nullptr);
/// Strings into a new array of NumPy's StringDType.
nb::object read_texts(engine::OpenDataset& dataset,
                      const Selection& selection,
                      hdf5::Id dxpl,
                      const Shape& shape,
                      nb::handle dtype);
/// Writes from a C-contiguous array.
void write_elements(hdf5::Id dataset,
                    const MemoryLayout& layout,
                    const TransferSpaces& spaces,
                    const void* array_data);

/// Writes to several places in the dataset, as one step. `spaces.file` is not used.
void write_elements_to(std::span<const hdf5::Id> file_spaces, const PartToWrite& part);

/// Reads several datasets in one call of libhdf5. `dxpl` is for all of them; the lists of the parts
/// are not used.
void read_multi(std::span<const PartToRead> parts, hdf5::Id dxpl);
void write_multi(std::span<const PartToWrite> parts, hdf5::Id dxpl);

/// \throws TypeError or ValueError unless the object is an array that libhdf5 can read from
/// (write into: also writable), and the memory space's selection lies inside it
void require_readable(nb::handle array, hdf5::Id memory_space, std::size_t element_size);
void require_writable(nb::handle array, hdf5::Id memory_space, std::size_t element_size);

/// Attributes are read and written whole; `mtype` is a TypeID or None.
void read_attribute(const AttrID& attribute, nb::handle array, nb::handle mtype);
void write_attribute(const AttrID& attribute, nb::handle array, nb::handle mtype);

/// The layout for an array of `dtype` and data of the given type, or, when the caller chose an HDF5
/// memory type for plain elements, with that.
MemoryLayout layout_for(nb::handle dtype, hdf5::Id file_type, const ObjectID* memory_type);

/// An attribute's elements into a packed array, and back.
void read_attribute_into(hdf5::Id attribute,
                         const MemoryLayout& layout,
                         std::uint64_t count,
                         void* array_data,
                         const TextDecoding* text = nullptr);
void write_attribute_from(hdf5::Id attribute,
                          const MemoryLayout& layout,
                          std::uint64_t count,
                          const void* array_data);

/// Strict UTF-8.
const TextDecoding& utf8_text();

}  // namespace hyperslab::python
