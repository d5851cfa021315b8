#include "arrow/read.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include "arrow/export.hpp"
#include "arrow/make_column.hpp"
#include "arrow/windows.hpp"
#include "core/checked.hpp"
#include "engine/engine.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5r.hpp"
#include "hdf5/api/h5r_standard.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hdf5/types/vlen_arena.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::arrow {
namespace {

using Kind = Field::Kind;

/// Runs what may find elements that Arrow cannot hold, and names the dataset in its errors.
template <class Function>
auto naming(engine::OpenDataset& dataset, Function&& function) {
    try {
        return function();
    } catch (const Error& error) {
        if (error.code() == ErrorCode::io || error.code() == ErrorCode::closed ||
            error.code() == ErrorCode::internal) {
            throw;  // libhdf5's errors name it
        }
        throw Error(error.code(),
                    std::string(error.what()) + " ('" + hdf5::h5i::name(dataset.id()) +
                        "' in file '" + hdf5::h5f::name(dataset.id()) + "')",
                    error.system_errno());
    }
}

class PathsInFile final : public PathFinder {
public:
    explicit PathsInFile(hdf5::Id dataset) : dataset_(dataset) {}

    bool find(Kind kind, const std::byte* element, std::string& path) override {
        if (kind == Kind::standard_reference) {
            const auto reference = hdf5::h5r::StandardReference::copy_of(element);
            if (!reference.null()) {
                path = reference.object_name();
            }
            return !reference.null();
        }
        hdf5::h5r::Reference reference;
        reference.type =
            kind == Kind::object_reference ? hdf5::h5r::Type::object : hdf5::h5r::Type::region;
        std::memcpy(reference.bytes.data(), element, hdf5::h5r::size_of(reference.type));
        if (reference.null()) {
            return false;
        }
        path = hdf5::h5r::name(reference, dataset_);
        return true;
    }

private:
    hdf5::Id dataset_;
};

class ColumnSink final : public engine::ElementSink {
public:
    ColumnSink(Column& column, std::size_t size) : column_(column), size_(size) {}

    void take(std::uint64_t first, const std::byte* elements, std::uint64_t count) override {
        if (first == 0) {
            column_.clear();
        }
        column_.append(elements, size_, count);
    }

private:
    Column& column_;
    std::size_t size_;
};

/// One read: what is wanted, and the column that it fills.
class Reader {
public:
    Reader(engine::OpenDataset& dataset, const RowType& type, hdf5::Id dxpl)
        : dataset_(dataset),
          type_(type),
          dxpl_(dxpl),
          memory_(hdf5::make_type(type.memory)),
          paths_(dataset.id()),
          column_(make_column(type.element, paths_)) {}

    ArrowArray read(const Selection& selection) {
        if (selection.element_count() != 0) {
            read_elements(selection);
        }
        return column_->finish();
    }

private:
    void read_elements(const Selection& selection) {
        if (has_standard_reference(type_.element)) {
            read_references(selection);
        } else if (type_.memory.has_variable_length()) {
            ColumnSink sink(*column_, type_.element.size);
            engine::read({dataset_, selection, memory_.id(), dxpl_}, sink);
        } else if (std::byte* const to = column_->append_plain(selection.element_count())) {
            read_to(selection, to);
        } else {
            column_->reserve(selection.element_count());
            Windows windows(dataset_, selection, type_.element.size);
            while (const std::optional<Selection> part = windows.next()) {
                read_window(*part);
            }
        }
    }

    void read_to(const Selection& selection, std::byte* to) {
        if (dataset_.may_leave_memory_untouched()) {
            std::memset(to, 0, bytes_of(selection));
        }
        engine::read({dataset_, selection, memory_.id(), dxpl_}, to);
    }

    void read_window(const Selection& selection) {
        window_.clear();
        std::byte* const elements = window_.grow(bytes_of(selection));
        read_to(selection, elements);
        column_->append(elements, type_.element.size, selection.element_count());
    }

    // They stay in one block until what libhdf5 keeps for them is given back.
    void read_references(const Selection& selection) {
        hdf5::VlenArena arena(dxpl_);
        Buffer block;
        std::byte* const elements = block.grow(bytes_of(selection));
        std::memset(elements, 0, bytes_of(selection));
        engine::read({dataset_, selection, memory_.id(), arena.dxpl()}, elements);
        const hdf5::Handle space = hdf5::h5s::create_simple({selection.element_count()});
        try {
            column_->append(elements, type_.element.size, selection.element_count());
        } catch (...) {
            hdf5::h5d::reclaim(memory_.id(), space.id(), elements, arena.dxpl());
            throw;
        }
        hdf5::h5d::reclaim(memory_.id(), space.id(), elements, arena.dxpl());
    }

    std::size_t bytes_of(const Selection& selection) const {
        return core::checked_size(
            core::checked_multiply(selection.element_count(), type_.element.size));
    }

    engine::OpenDataset& dataset_;
    const RowType& type_;
    hdf5::Id dxpl_;
    hdf5::Handle memory_;
    PathsInFile paths_;
    std::unique_ptr<Column> column_;
    Buffer window_;
};

ArrowArray with_children(std::uint64_t length, ArrowArray child) {
    Owned<ArrowArray> owned(child);
    ArrayParts parts{.length = static_cast<std::int64_t>(length)};
    parts.children.reserve(1);
    parts.children.push_back(owned.take());
    return make_array(std::move(parts));
}

// Elements become rows: lists for every axis but the first.
ArrowArray in_rows_of(ArrowArray elements, const Shape& shape) {
    for (std::size_t axis = shape.size(); axis-- > 1;) {
        std::uint64_t length = 1;
        for (std::size_t d = 0; d < axis; ++d) {
            length *= shape[d];
        }
        elements = with_children(length, elements);
    }
    return elements;
}

Shape row_dims(const Shape& shape) {
    return shape.empty() ? Shape() : Shape(shape.begin() + 1, shape.end());
}

Field row_field(const RowType& type, const Shape& shape) {
    Field row = in_rows(type.element, row_dims(shape));
    row.name = type.name;
    if (type.table && !has_columns(row)) {
        Field table{.kind = Kind::record, .format = "+s", .size = row.size};
        table.children.push_back(std::move(row));
        return table;
    }
    return row;
}

std::string last_name(hdf5::Id dataset) {
    const std::string path = hdf5::h5i::name(dataset);
    const std::string name = path.substr(path.rfind('/') + 1);
    return name.empty() ? "value" : name;
}

}  // namespace

RowType row_type(engine::OpenDataset& dataset, const Wanted& wanted) {
    return naming(dataset, [&]() -> RowType {
        if (dataset.extent()->is_null()) {
            throw Error(ErrorCode::type_mismatch, "an empty dataset has no elements for Arrow");
        }
        const std::string name = last_name(dataset.id());
        if (!wanted.columns) {
            TypedField made = make_field(name, dataset.type());
            return {std::move(made.field), std::move(made.memory), wanted.table, name};
        }
        TypedField made = make_field_of(name, dataset.type(), *wanted.columns);
        if (wanted.alone && made.field.children.size() == 1) {
            const std::string column = made.field.children.front().name;
            Field only = std::move(made.field.children.front());
            return {std::move(only), std::move(made.memory), wanted.table, column};
        }
        return {std::move(made.field), std::move(made.memory), wanted.table, name};
    });
}

ArrowSchema schema_of(const RowType& type, const Shape& result_shape) {
    return make_schema(row_field(type, result_shape));
}

ArrowArray read(engine::OpenDataset& dataset,
                const RowType& type,
                const Selection& selection,
                hdf5::Id dxpl) {
    return naming(dataset, [&] {
        const Shape shape = selection.result_shape();
        const ArrowArray rows = in_rows_of(Reader(dataset, type, dxpl).read(selection), shape);
        const bool is_record = shape.size() <= 1 && has_columns(type.element);
        return type.table && !is_record ? with_children(shape.empty() ? 1 : shape.front(), rows)
                                        : rows;
    });
}

}  // namespace hyperslab::arrow
