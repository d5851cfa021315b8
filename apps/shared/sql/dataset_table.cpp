#include "shared/sql/dataset_table.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

namespace hyperslab::apps::sql {
namespace {

constexpr std::uint64_t kBlockBytes = 8 << 20;
constexpr std::uint64_t kMaxBlockRows = 1 << 17;
constexpr std::uint64_t kMaxChunkBytes = 64 << 20;  // beyond which a chunk is read in pieces
constexpr std::uint64_t kMaxWideColumns = 1000;     // of a dataset with two axes

Slice rows_slice(std::uint64_t first, std::uint64_t count) {
    return {static_cast<std::int64_t>(first), static_cast<std::int64_t>(first + count)};
}

LoadedColumn column_in(const std::shared_ptr<const ElementArray>& elements,
                       std::optional<Cell> cell,
                       std::size_t stride,
                       std::size_t offset = 0) {
    LoadedColumn loaded;
    loaded.cell = std::move(cell);
    loaded.owner = elements;
    loaded.data = elements->bytes().data() + offset;
    loaded.stride = stride;
    return loaded;
}

/// Every row of a dataset with two axes, or some columns of it.
void load_matrix(const Dataset& dataset,
                 const std::vector<Column>& columns,
                 std::span<const std::size_t> wanted,
                 std::uint64_t first,
                 std::uint64_t count,
                 Block& block) {
    std::set<std::uint64_t> items;
    for (const std::size_t column : wanted) {
        items.insert(*columns[column].item);
    }
    const bool all_of_them = items.size() * 4 > dataset.shape()[1];
    IndexExpression expression{rows_slice(first, count)};
    std::vector<std::uint64_t> order(items.begin(), items.end());
    std::uint64_t width = order.size();
    if (all_of_them) {
        width = dataset.shape()[1];
    } else {
        expression.push_back(indices(order));
    }
    const auto elements = std::make_shared<const ElementArray>(dataset.read_elements(expression));
    const std::size_t size = elements->datatype().size();
    for (const std::size_t column : wanted) {
        const std::uint64_t item = *columns[column].item;
        const auto place =
            all_of_them
                ? item
                : static_cast<std::uint64_t>(std::ranges::lower_bound(order, item) - order.begin());
        block[column] = column_in(elements,
                                  Cell::find(elements->datatype(), Column{}),
                                  static_cast<std::size_t>(width) * size,
                                  static_cast<std::size_t>(place) * size);
    }
}

/// Rows of a dataset of several axes as JSON texts.
void load_rows(const Dataset& dataset,
               std::span<const std::size_t> wanted,
               std::uint64_t first,
               std::uint64_t count,
               Block& block) {
    const auto elements =
        std::make_shared<const ElementArray>(dataset.read_elements({rows_slice(first, count)}));
    Shape row = dataset.shape();
    row.erase(row.begin());
    const Datatype type = Datatype::array(elements->datatype(), std::move(row));
    for (const std::size_t column : wanted) {
        block[column] = column_in(elements, Cell::find(type, Column{}), type.size());
    }
}

/// The way in which a dataset is a table.
enum class Form { elements, matrix, rows };

class DatasetPart final : public Part {
public:
    DatasetPart(std::vector<Dataset> datasets, const std::vector<Column>& columns, Form form)
        : datasets_(std::move(datasets)), columns_(columns), form_(form) {
        const Shape shape = datasets_.front().shape();
        rows_ = shape.empty() ? 1 : shape[0];
        block_rows_ = std::numeric_limits<std::uint64_t>::max();
        for (const Dataset& dataset : datasets_) {
            block_rows_ = std::min(block_rows_, block_rows_of(dataset));
        }
    }

    std::uint64_t rows() const override { return rows_; }
    std::uint64_t block_rows() const override { return block_rows_; }

    void load(std::span<const std::size_t> columns,
              std::uint64_t first,
              std::uint64_t count,
              Block& block) override {
        switch (form_) {
            case Form::matrix:
                return load_matrix(datasets_.front(), columns_, columns, first, count, block);
            case Form::rows:
                return load_rows(datasets_.front(), columns, first, count, block);
            case Form::elements:
                break;
        }
        for (std::size_t source = 0; source < datasets_.size(); ++source) {
            std::vector<std::size_t> own;
            std::ranges::copy_if(columns, std::back_inserter(own), [&](std::size_t column) {
                return columns_[column].source == source;
            });
            if (!own.empty()) {
                load_columns(datasets_[source], columns_, own, first, count, block);
            }
        }
    }

private:
    std::vector<Dataset> datasets_;
    const std::vector<Column>& columns_;
    Form form_;
    std::uint64_t rows_ = 0;
    std::uint64_t block_rows_ = 1;
};

class FileTable final : public Table {
public:
    FileTable(std::vector<Dataset> datasets, std::vector<Column> columns, Form form)
        : datasets_(std::move(datasets)), columns_(std::move(columns)), form_(form) {
        fit_columns(columns_);
    }

    const std::vector<Column>& columns() const override { return columns_; }
    std::uint64_t estimated_rows() const override { return open(0)->rows(); }
    std::shared_ptr<Part> open(std::size_t /*part*/) const override {
        return std::make_shared<DatasetPart>(datasets_, columns_, form_);
    }

private:
    std::vector<Dataset> datasets_;
    std::vector<Column> columns_;
    Form form_;
};

[[noreturn]] void refuse(const Object& object, const std::string& reason) {
    throw Error(ErrorCode::type_mismatch,
                object.name() + " in " + object.file().filename() + " is no table: " + reason);
}

std::shared_ptr<const Table> table_of(const Dataset& dataset) {
    if (dataset.is_null()) {
        refuse(dataset, "it has a null dataspace");
    }
    const Datatype type = dataset.datatype();
    const Shape shape = dataset.shape();
    std::vector<Column> columns;
    if (shape.size() <= 1) {
        const bool compound = type.type_class() == TypeClass::compound;
        add_columns(type, compound ? "" : "value", 0, columns);
        return std::make_shared<FileTable>(
            std::vector{dataset}, std::move(columns), Form::elements);
    }
    if (shape.size() == 2 && shape[1] <= kMaxWideColumns &&
        type.type_class() != TypeClass::compound) {
        for (std::uint64_t i = 0; i < shape[1]; ++i) {
            columns.push_back(
                {"value_" + std::to_string(i), declaration_of(type), false, 0, {}, i});
        }
        if (!columns.empty()) {
            return std::make_shared<FileTable>(
                std::vector{dataset}, std::move(columns), Form::matrix);
        }
    }
    columns.push_back({"value", "JSON TEXT", false, 0, {}, std::nullopt});
    return std::make_shared<FileTable>(std::vector{dataset}, std::move(columns), Form::rows);
}

std::shared_ptr<const Table> table_of(const Group& group) {
    std::vector<Dataset> datasets;
    std::vector<Column> columns;
    std::string first;
    for (const auto& [name, object] : group) {
        if (!object || object.kind() != ObjectKind::dataset) {
            continue;
        }
        const Dataset dataset(object);
        const Shape shape = dataset.shape();
        if (dataset.is_null() || shape.size() != 1) {
            continue;
        }
        if (datasets.empty()) {
            first = name;
        } else if (shape != datasets.front().shape()) {
            refuse(group,
                   first + " has " + std::to_string(datasets.front().shape()[0]) +
                       " elements and " + name + " has " + std::to_string(shape[0]));
        }
        add_columns(dataset.datatype(), name, datasets.size(), columns);
        datasets.push_back(dataset);
    }
    if (datasets.empty()) {
        refuse(group, "the group has no dataset of one dimension");
    }
    return std::make_shared<FileTable>(std::move(datasets), std::move(columns), Form::elements);
}

}  // namespace

std::uint64_t block_rows_of(const Dataset& dataset) {
    const Shape shape = dataset.shape();
    const std::uint64_t rows = shape.empty() ? 1 : shape[0];
    const std::uint64_t elements =
        rows == 0 ? 1 : std::max<std::uint64_t>(1, dataset.size() / rows);
    // A value of variable length is a pointer here, and takes more.
    const std::uint64_t size =
        dataset.datatype().size() * elements * (dataset.datatype().has_variable_length() ? 4 : 1);
    const std::uint64_t fitting = std::clamp<std::uint64_t>(kBlockBytes / size, 1, kMaxBlockRows);
    if (dataset.layout() != Layout::chunked || dataset.chunks().empty()) {
        return fitting;
    }
    const std::uint64_t chunk = dataset.chunks()[0];
    if (chunk > fitting) {
        return chunk <= kMaxChunkBytes / size ? chunk : fitting;
    }
    return fitting / chunk * chunk;
}

void load_columns(const Dataset& dataset,
                  const std::vector<Column>& columns,
                  std::span<const std::size_t> wanted,
                  std::uint64_t first,
                  std::uint64_t count,
                  Block& block) {
    const Datatype stored = dataset.datatype();
    std::vector<std::string> fields;
    if (stored.type_class() == TypeClass::compound) {
        for (const std::size_t column : wanted) {
            const auto& members = columns[column].members;
            if (!members.empty() && stored.find_member(members.front()) != nullptr &&
                std::ranges::find(fields, members.front()) == fields.end()) {
                fields.push_back(members.front());
            }
        }
        if (fields.empty()) {  // it has none of the columns
            for (const std::size_t column : wanted) {
                block[column] = LoadedColumn{};
            }
            return;
        }
    }
    const bool scalar = dataset.shape().empty();
    const auto elements = std::make_shared<const ElementArray>(
        scalar ? dataset.read_elements({}, fields)
               : dataset.read_elements({rows_slice(first, count)}, fields));
    for (const std::size_t column : wanted) {
        block[column] = column_in(elements,
                                  Cell::find(elements->datatype(), columns[column]),
                                  elements->datatype().size());
    }
}

std::shared_ptr<const Table> table_at(const File& file, const std::string& path) {
    const Object object = file.find(path);
    if (!object) {
        return nullptr;
    }
    switch (object.kind()) {
        case ObjectKind::dataset:
            return table_of(Dataset(object));
        case ObjectKind::group:
            return table_of(Group(object));
        case ObjectKind::committed_datatype:
            break;
    }
    refuse(object, "it is a committed datatype");
}

}  // namespace hyperslab::apps::sql
