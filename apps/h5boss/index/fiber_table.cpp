#include "h5boss/index/fiber_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "shared/sql/dataset_table.hpp"
#include "shared/sql/statement_text.hpp"

namespace hyperslab::apps::h5boss {
namespace {

using sql::Block;
using sql::Cell;
using sql::Column;
using sql::Condition;
using sql::LoadedColumn;
using Places = std::shared_ptr<const std::vector<std::int64_t>>;

/// The catalogues in the order in which columns of one name are looked for.
std::vector<std::string> in_order(const Index& index, const std::string& driver) {
    std::vector<std::string> names;
    const auto add = [&](const std::string& name) {
        const auto at = index.catalogues().find(name);
        const bool fits = at != index.catalogues().end() && (name == driver || !at->second.repeats);
        if (fits && std::find(names.begin(), names.end(), name) == names.end()) {
            names.push_back(name);
        }
    };
    add(driver);
    for (const char* const name : {"zbest", "plugmap", "spall"}) {
        add(name);
    }
    for (const auto& [name, kind] : index.catalogues()) {
        add(name);
    }
    return names;
}

Datatype own_columns() {
    const Datatype number = Datatype::integer(4, true);
    return Datatype::compound(12,
                              {{"PLATE", 0, number}, {"MJD", 4, number}, {"FIBERID", 8, number}});
}

struct Range {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
};

/// What all plates of a table have in common.
struct Layout {
    const Index& index;
    std::string driver;                   // the catalogue whose rows are the table's; or ""
    std::vector<std::string> catalogues;  // by Column::source - 1
    std::vector<Column> columns{};

    /// Whether the index itself has a column of that plate.
    bool in_index(const IndexedPlate& plate, const Column& column) const {
        if (column.source == 0) {
            return true;
        }
        return plate.matched && column.members.size() == 1 && !column.item &&
               catalogues[column.source - 1] == "zbest" && plate.fibers.has(column.members[0]);
    }
};

class PlatePart final : public sql::Part {
public:
    PlatePart(const Layout& layout, const IndexedPlate& plate) : layout_(layout), plate_(plate) {
        rows_ = plate.fibers.size();
        if (!layout.driver.empty()) {
            const auto driver =
                std::find(layout.catalogues.begin(), layout.catalogues.end(), layout.driver);
            driver_ = static_cast<std::size_t>(driver - layout.catalogues.begin()) + 1;
            const Dataset* const dataset = catalogue(driver_);
            if (dataset != nullptr) {
                driver_fibers_ = dataset->field("FIBERID").read<int>().to_vector();
                leave_out_others();
            }
            rows_ = driver_fibers_.size();
        }
    }

    std::uint64_t rows() const override { return rows_; }
    std::uint64_t block_rows() const override { return std::max<std::uint64_t>(1, rows_); }

    void load(std::span<const std::size_t> columns,
              std::uint64_t first,
              std::uint64_t count,
              Block& block) override {
        std::map<std::size_t, std::vector<std::size_t>> by_source;
        for (const std::size_t column : columns) {
            const Column& one = layout_.columns[column];
            by_source[layout_.in_index(plate_, one) ? 0 : one.source].push_back(column);
        }
        for (const auto& [source, own] : by_source) {
            if (source == 0) {
                load_of_index(own, block);
            } else {
                load_of_catalogue(source, own, first, count, block);
            }
        }
        for (const std::size_t column : columns) {
            if (block[column] && block[column]->cell) {
                block[column]->cell->trim_blanks();
            }
        }
    }

private:
    /// Of fibres that another file has, too, rows count in the file whose fibre is taken.
    void leave_out_others() {
        std::set<std::int64_t> others;
        for (const IndexedPlate& plate : layout_.index.plates_of(plate_.id)) {
            if (&plate != &plate_) {
                const std::vector<int> fibers = plate.fibers.integers("FIBERID");
                others.insert(fibers.begin(), fibers.end());
            }
        }
        std::vector<std::int64_t> rows;
        std::vector<int> fibers;
        for (std::size_t row = 0; row < driver_fibers_.size() && !others.empty(); ++row) {
            if (!others.contains(driver_fibers_[row])) {
                rows.push_back(static_cast<std::int64_t>(row));
                fibers.push_back(driver_fibers_[row]);
            }
        }
        if (!others.empty() && rows.size() < driver_fibers_.size()) {
            driver_fibers_ = std::move(fibers);
            driver_rows_ = std::make_shared<const std::vector<std::int64_t>>(std::move(rows));
        }
    }

    void load_of_index(const std::vector<std::size_t>& columns, Block& block) {
        for (const std::size_t column : columns) {
            LoadedColumn& loaded = block[column].emplace();
            loaded.cell = Cell::find(plate_.fibers.type(), layout_.columns[column]);
            loaded.data = plate_.fibers.bytes().data();
            loaded.stride = plate_.fibers.row_size();
            if (driver_ != 0) {
                loaded.places = places_of(0, plate_.fibers.integers("FIBERID"));
            }
        }
    }

    void load_of_catalogue(std::size_t source,
                           const std::vector<std::size_t>& columns,
                           std::uint64_t first,
                           std::uint64_t count,
                           Block& block) {
        const Dataset* const dataset = catalogue(source);
        if (dataset == nullptr) {
            for (const std::size_t column : columns) {
                block[column].emplace();
            }
            return;
        }
        if (source == driver_ && driver_rows_) {
            sql::load_columns(*dataset, layout_.columns, columns, 0, dataset->size(), block);
            for (const std::size_t column : columns) {
                block[column]->places = driver_rows_;
            }
            return;
        }
        if (source == driver_) {
            sql::load_columns(*dataset, layout_.columns, columns, first, count, block);
            return;
        }
        sql::load_columns(*dataset, layout_.columns, columns, 0, dataset->size(), block);
        const Places places = places_of(source, dataset->field("FIBERID").read<int>().to_vector());
        for (const std::size_t column : columns) {
            block[column]->places = places;
        }
    }

    /// Where the rows of a source are for the rows of this part, which are all in one block. Null
    /// when they are in order.
    Places places_of(std::size_t source, const std::vector<int>& held) {
        if (const auto at = places_.find(source); at != places_.end()) {
            return at->second;
        }
        const std::vector<int> wanted =
            driver_ == 0 ? plate_.fibers.integers("FIBERID") : driver_fibers_;
        Places places;
        if (held != wanted) {
            std::unordered_map<int, std::int64_t> row_of;
            for (std::size_t i = held.size(); i-- > 0;) {
                row_of[held[i]] = static_cast<std::int64_t>(i);
            }
            std::vector<std::int64_t> found;
            found.reserve(wanted.size());
            for (const int fiber : wanted) {
                const auto at = row_of.find(fiber);
                found.push_back(at == row_of.end() ? -1 : at->second);
            }
            places = std::make_shared<const std::vector<std::int64_t>>(std::move(found));
        }
        return places_.emplace(source, places).first->second;
    }

    /// The dataset of a catalogue; null when the plate lacks it.
    const Dataset* catalogue(std::size_t source) {
        const auto [at, fresh] = datasets_.try_emplace(source);
        if (fresh) {
            if (!file_.valid()) {
                file_ = File(layout_.index.files()[plate_.file].path);
            }
            const std::string path = to_string(plate_.id) + "/" + layout_.catalogues[source - 1];
            const Object object = file_.contains(path) ? file_.find(path) : Object();
            if (object.valid() && object.kind() == ObjectKind::dataset) {
                at->second = Dataset(object);
            }
        }
        return at->second ? &*at->second : nullptr;
    }

    const Layout& layout_;
    const IndexedPlate& plate_;
    std::uint64_t rows_ = 0;
    std::size_t driver_ = 0;
    std::vector<int> driver_fibers_;
    Places driver_rows_;  // which of the rows are taken, when not all are
    File file_;
    std::map<std::size_t, std::optional<Dataset>> datasets_;
    std::map<std::size_t, Places> places_;
};

class FiberTable final : public sql::Table {
public:
    FiberTable(const Index& index, const std::string& driver)
        : layout_{index, driver, in_order(index, driver)} {
        sql::add_columns(own_columns(), "", 0, layout_.columns);
        std::set<std::string> names;
        for (const Column& column : layout_.columns) {
            names.insert(sql::lower_case(column.name));
        }
        std::vector<Column> qualified;
        for (std::size_t i = 0; i < layout_.catalogues.size(); ++i) {
            const std::string& catalogue = layout_.catalogues[i];
            std::vector<Column> own;
            sql::add_columns(index.catalogues().at(catalogue).type, "", i + 1, own);
            for (Column& column : own) {
                Column with_catalogue = column;
                with_catalogue.name = short_name(catalogue) + "." + column.name;
                with_catalogue.hidden = true;
                qualified.push_back(std::move(with_catalogue));
                column.hidden = column.hidden || (!driver.empty() && catalogue != driver);
                if (names.insert(sql::lower_case(column.name)).second) {
                    layout_.columns.push_back(std::move(column));
                }
            }
        }
        layout_.columns.insert(layout_.columns.end(), qualified.begin(), qualified.end());
        sql::fit_columns(layout_.columns);
        estimate_ = std::max<std::size_t>(1, index.fibers()) * (driver == "zline" ? 32 : 1);
    }

    const std::vector<Column>& columns() const override { return layout_.columns; }
    std::uint64_t estimated_rows() const override { return estimate_; }
    std::size_t parts() const override { return layout_.index.plates().size(); }
    std::shared_ptr<sql::Part> open(std::size_t part) const override {
        return std::make_shared<PlatePart>(layout_, layout_.index.plates()[part]);
    }

    bool may_match(std::size_t part, const Condition& condition) const override {
        const IndexedPlate& plate = layout_.index.plates()[part];
        const Column& column = layout_.columns[condition.column];
        if (!layout_.in_index(plate, column) || column.members.size() != 1) {
            return true;
        }
        const CompoundMember* const member = plate.fibers.type().find_member(column.members[0]);
        if (member == nullptr || (member->type.type_class() != TypeClass::integer &&
                                  member->type.type_class() != TypeClass::floating)) {
            return true;
        }
        const Range range = range_of(part, column.members[0]);
        return std::any_of(condition.values.begin(), condition.values.end(), [&](const auto& one) {
            return may_be(range, condition.op, one);
        });
    }

private:
    static bool may_be(const Range& range, Condition::Op op, const sql::Value& value) {
        double number = 0;
        if (const auto* const integer = std::get_if<std::int64_t>(&value)) {
            number = static_cast<double>(*integer);
        } else if (const auto* const real = std::get_if<double>(&value)) {
            number = *real;
        } else {
            return true;
        }
        // A little more, so that no rounding of a constant matters.
        const double slack = std::abs(number) * 1e-6;
        switch (op) {
            case Condition::Op::eq:
            case Condition::Op::in:
                return range.low <= number + slack && range.high >= number - slack;
            case Condition::Op::lt:
            case Condition::Op::le:
                return range.low <= number + slack;
            case Condition::Op::gt:
            case Condition::Op::ge:
                return range.high >= number - slack;
            default:
                return true;
        }
    }

    const Range& range_of(std::size_t part, const std::string& name) const {
        const auto [at, fresh] = ranges_.try_emplace({part, name});
        if (fresh) {
            const h5boss::Table& fibers = layout_.index.plates()[part].fibers;
            const bool constant = name == "PLATE" || name == "MJD";
            for (std::size_t i = 0;
                 i < (constant ? std::min<std::size_t>(1, fibers.size()) : fibers.size());
                 ++i) {
                const double value = fibers.real(i, name);
                if (value == value) {
                    at->second.low = std::min(at->second.low, value);
                    at->second.high = std::max(at->second.high, value);
                }
            }
        }
        return at->second;
    }

    Layout layout_;
    std::uint64_t estimate_ = 1;
    mutable std::map<std::pair<std::size_t, std::string>, Range> ranges_;
};

}  // namespace

std::string short_name(const std::string& catalogue) {
    return catalogue.substr(catalogue.rfind('/') + 1);
}

std::shared_ptr<const sql::Table> fiber_table(const Index& index, const std::string& name) {
    const std::string wanted = sql::lower_case(name.starts_with('/') ? name.substr(1) : name);
    if (wanted == "fibers") {
        return std::make_shared<FiberTable>(index, "");
    }
    for (const auto& [catalogue, kind] : index.catalogues()) {
        if (sql::lower_case(catalogue) == wanted ||
            sql::lower_case(short_name(catalogue)) == wanted) {
            return std::make_shared<FiberTable>(index, catalogue);
        }
    }
    return nullptr;
}

}  // namespace hyperslab::apps::h5boss
