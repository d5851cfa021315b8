// Datasets: arrays in a file, read and written by slices.
//
//     hs::Dataset flux = file.dataset("4857/55711/flux");
//     hs::Array<double> head = flux.read<double>({hs::slice(0, 10), hs::all});
//     flux.write(row, {hs::at(3), hs::all});
//     hs::Array<float> ivar = table.field("IVAR").read<float>();
//
// read, read_into, get, write and set are described in detail/array_access.hpp.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hyperslab/chunk_range.hpp"
#include "hyperslab/dataset_options.hpp"
#include "hyperslab/datatype.hpp"
#include "hyperslab/detail/array_access.hpp"
#include "hyperslab/element.hpp"
#include "hyperslab/filter.hpp"
#include "hyperslab/index.hpp"
#include "hyperslab/native_type.hpp"
#include "hyperslab/object.hpp"
#include "hyperslab/read_explanation.hpp"
#include "hyperslab/reference.hpp"
#include "hyperslab/selection.hpp"
#include "hyperslab/shape.hpp"
#include "hyperslab/virtual_layout.hpp"
#include "hyperslab/write_explanation.hpp"

namespace hyperslab {

class Dimensions;
class Field;

/// The layout of the elements in the file (H5D_layout_t).
enum class Layout { compact, contiguous, chunked, virtual_ };

class Dataset : public Object, public detail::ArrayAccess<Dataset> {
public:
    Dataset() = default;

    /// The object as a dataset.
    /// \throws Error (type_mismatch) when it is no dataset
    Dataset(const Object& object) : Object(object, ObjectKind::dataset) {}

    /// \name Properties
    ///@{
    /// The present shape, which another handle or process may change. It is empty for a scalar and
    /// for a null dataspace.
    Shape shape() const;
    /// The shape that the dataset can be resized to, with kUnlimited for no limit.
    Shape max_shape() const;
    std::size_t rank() const { return shape().size(); }
    /// The number of elements; 0 for a null dataspace.
    std::uint64_t size() const;
    /// The bytes that the elements take without compression.
    std::uint64_t bytes() const;
    /// The bytes that are allocated in the file for the elements. Source: H5Dget_storage_size.
    std::uint64_t storage_bytes() const;
    bool is_scalar() const;
    /// Whether it has no elements and never will (H5S_NULL).
    bool is_null() const;

    Datatype datatype() const;
    Layout layout() const;
    /// The shape of a chunk; empty when the layout is not chunked.
    Shape chunks() const;
    /// The filters, in the order of writing.
    std::vector<Filter> filters() const;
    /// The value that elements read as that were never written, in the dataset's type. A text of
    /// variable length is returned as one of fixed length. It is an empty optional when undefined,
    /// and for other types of variable length.
    std::optional<FillValue> fill_value() const;
    std::vector<ExternalFile> external() const;
    bool is_virtual() const { return layout() == Layout::virtual_; }
    /// The mappings of a virtual dataset; empty for others.
    std::vector<VirtualMapping> virtual_sources() const;
    /// The options that would create such a dataset.
    DatasetOptions options() const;
    ///@}

    /// \name Parts
    ///@{
    /// The selection of an expression in the present extent.
    Selection select(const IndexExpression& expression = {}) const {
        return detail::select(*this, expression);
    }
    /// The selection that a region reference points to. The reference must be one into this
    /// dataset.
    template <std::same_as<RegionReference> Region>
    Selection select(const Region& region) const {
        return select_region(region);
    }
    RegionReference region_reference(const IndexExpression& expression = {}) const {
        return reference_to(expression);
    }
    template <detail::AnySelection S>
    RegionReference region_reference(const S& selection) const {
        return reference_to(selection);
    }

    /// A member of a compound type, to be read and written as if it were the dataset.
    /// \throws Error (not_found)
    Field field(const std::string& name) const;
    ///@}

    /// Reads elements of whatever type the dataset has. Where members are named, only these are
    /// read of compounds.
    ElementArray read_elements(const IndexExpression& expression = {},
                               const std::vector<std::string>& fields = {}) const;

    /// Explains what reading elements as they are (read_elements) would do, and why; explain<T>
    /// explains read<T>. No element is read. Reading a dataset with a null dataspace does nothing.
    ReadExplanation explain(const IndexExpression& expression = {},
                            const std::vector<std::string>& fields = {}) const;
    using detail::ArrayAccess<Dataset>::explain;

    /// Explains what writing elements as they are, or members of them, would do, and why;
    /// explain_write<T> explains write() of elements of C++ type T. Nothing is written, and the
    /// file may be open for reading only. Writing to a dataset with a null dataspace does nothing.
    /// \throws Error (out_of_range) for a position outside the extent; (not_found) for a member
    ///@{
    WriteExplanation explain_write(const IndexExpression& expression = {},
                                   const std::vector<std::string>& fields = {}) const;
    /// With elements of that type in memory, which are converted.
    WriteExplanation explain_write(const IndexExpression& expression, const Datatype& type) const;
    template <Storable T>
    WriteExplanation explain_write(const IndexExpression& expression = {}) const {
        return explain_write(expression, NativeType<T>::datatype());
    }
    ///@}

    /// \name Changing the extent; the dataset must be chunked
    /// New elements read as the fill value.
    /// \throws Error (type_mismatch) for another layout; (invalid_argument) beyond max_shape
    /// Source: H5Dset_extent.
    ///@{
    void resize(const Shape& shape) const;
    void resize(std::size_t axis, std::uint64_t length) const;
    ///@}

    /// Makes the dataset longer along an axis and writes there: one element or more to a dataset of
    /// one dimension, else a row without the axis, or a block with it. It has its old shape when
    /// that fails for what was given.
    ///
    ///     series.append(3.5);
    ///     table.append(row);           // (4,) to (n, 4)
    ///     images.append(image, 2);     // (ny, nx) to (ny, nx, n)
    ///
    /// \throws Error (type_mismatch) when the layout is not chunked, or there is no conversion;
    ///         (invalid_argument) for another shape, an axis that is not there, beyond max_shape
    template <class T>
    void append(const T& value, std::size_t axis = 0) const {
        if constexpr (detail::require_element<detail::SourceElement<T>, detail::kIsSource<T>>()) {
            detail::with_source(
                value, [&](const detail::ConstArrayRef& source) { append_from(source, axis); });
        }
    }
    template <Storable T>
    void append(std::initializer_list<T> values, std::size_t axis = 0) const {
        detail::with_list(values,
                          [&](const detail::ConstArrayRef& source) { append_from(source, axis); });
    }
    template <Storable T>
    void append(std::initializer_list<std::initializer_list<T>> rows, std::size_t axis = 0) const {
        detail::with_list(rows,
                          [&](const detail::ConstArrayRef& source) { append_from(source, axis); });
    }

    /// Writes what is pending. Source: H5Dflush.
    void flush() const;
    /// Forgets what is cached, so that changes of another process are seen. Source: H5Drefresh.
    void refresh() const;

    /// \name Chunks
    /// \throws Error (type_mismatch) when the layout is not chunked
    ///@{
    /// The parts of a selection that lie in one chunk each, in row-major order; for reading a large
    /// dataset piece by piece. The expression may hold positions and slices of step 1.
    ChunkRange chunk_range(const IndexExpression& expression = {}) const;

    /// The chunks that are stored, in the order of the index. Source: H5Dchunk_iter.
    std::vector<StoredChunk> stored_chunks() const;

    /// A chunk as it lies in the file. `offset` is its first element. Source: H5Dread_chunk.
    /// \throws Error (invalid_argument) when `offset` is no chunk's, or it is not stored
    RawChunk read_raw_chunk(const Shape& offset) const;
    /// Stores a chunk that has been through the filter pipeline, but for the filters whose bits are
    /// set in the mask. Source: H5Dwrite_chunk.
    void write_raw_chunk(const Shape& offset,
                         std::span<const std::byte> bytes,
                         unsigned filter_mask = 0) const;
    ///@}

    /// \name Dimension scales
    ///@{
    Dimensions dims() const;
    bool is_scale() const;
    /// The name of the dimension scale; empty when it has none.
    std::string scale_name() const;
    void make_scale(const std::string& name = {}) const;
    ///@}

private:
    friend class object::Access;
    friend class detail::ArrayAccess<Dataset>;
    using Object::Object;

    detail::ArrayPlace place() const { return {*this, {}}; }
    void append_from(const detail::ConstArrayRef& source, std::size_t axis) const;
    Selection select_region(const RegionReference& region) const;
    RegionReference reference_to(const IndexExpression& expression) const;
    RegionReference reference_to(const Selection& selection) const;
};

/// A member of the compound elements of a dataset; members of members by field() again.
class Field : public detail::ArrayAccess<Field> {
public:
    const Dataset& dataset() const { return dataset_; }
    /// The names of the members, from outside to inside.
    const std::vector<std::string>& path() const { return path_; }
    Datatype datatype() const;
    Field field(const std::string& name) const;

private:
    friend class Dataset;
    friend class detail::ArrayAccess<Field>;

    /// \throws Error (not_found) when there is no member of that name
    Field(Dataset dataset, std::vector<std::string> path);

    detail::ArrayPlace place() const { return {dataset_, path_}; }

    Dataset dataset_;
    std::vector<std::string> path_;
};

/// A fill value from a value; of texts the bytes.
template <Storable T>
    requires(NativeType<T>::kPlain)
FillValue fill_value(const T& value) {
    const auto* const bytes = reinterpret_cast<const std::byte*>(&value);
    return {NativeType<T>::datatype(), std::vector<std::byte>(bytes, bytes + sizeof(T))};
}
FillValue fill_value(const std::string& text);

/// The value as an element in memory.
ElementArray element_of(const FillValue& value);

}  // namespace hyperslab

template <>
struct std::hash<hyperslab::Dataset> : std::hash<hyperslab::Object> {};
