// Reads elements of a dataset into Arrow arrays.
//
// The first axis of what is read is Arrow's; each row is an element, or a list of what the other
// axes have. Numbers are read where they stay. Other elements are read a window at a time, which
// stays in the processor's cache while columns are made of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "arrow/abi.hpp"
#include "arrow/field.hpp"
#include "engine/store/open_dataset.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/selection.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::arrow {

/// Which part of the elements is wanted, and in which form.
struct Wanted {
    /// The members of a compound; empty optional for all of the element.
    std::optional<std::vector<std::string>> columns{};
    /// Whether the only column is wanted by itself, not as a struct of one.
    bool alone = false;
    /// Whether the result is a struct in any case: elements that are none become its only column.
    bool table = false;
};

/// What rows of a dataset are in Arrow.
struct RowType {
    Field element;
    Datatype memory;
    bool table = false;  ///< whether rows that are no struct become the only column of one
    std::string name;    ///< of the rows
};

/// \throws Error (type_mismatch, not_found, invalid_argument) as make_field_of() does, naming the
///     dataset; (type_mismatch) for a dataset without a dataspace
RowType row_type(engine::OpenDataset& dataset, const Wanted& wanted);

/// The schema of rows with the extents that a result has.
ArrowSchema schema_of(const RowType& type, const Shape& result_shape);

/// Reads a selection. Its first axis is the array's; the one element of a scalar selection is an
/// array of one.
/// \throws engine::ExtentChanged, Error
ArrowArray read(engine::OpenDataset& dataset,
                const RowType& type,
                const Selection& selection,
                hdf5::Id dxpl);

/// Where a stream of rows begins and ends, and how many rows an array has.
struct Rows {
    std::uint64_t start = 0;
    std::optional<std::uint64_t> stop{};   ///< empty optional for the end of the dataset
    std::optional<std::uint64_t> batch{};  ///< rows; empty optional for whole chunks of some MB
};

/// A stream of the rows of a dataset, which stays open for it.
/// \throws Error (type_mismatch) for a scalar; (invalid_argument) for a batch of no rows
ArrowArrayStream stream(engine::OpenDataset& dataset, const Wanted& wanted, const Rows& rows);

}  // namespace hyperslab::arrow
