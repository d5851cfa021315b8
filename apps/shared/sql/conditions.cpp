#include "shared/sql/conditions.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "shared/sql/unsigned64.hpp"

namespace hyperslab::apps::sql {
namespace {

using Op = Condition::Op;
using Code = Cell::Code;

/// The values that a column of numbers is compared with, or an empty optional when one of them is
/// no number. NULL, which nothing equals, is left out.
std::optional<std::vector<long double>> numbers_of(const Condition& condition, bool texts_too) {
    std::vector<long double> numbers;
    for (const Value& value : condition.values) {
        if (const auto* const integer = std::get_if<std::int64_t>(&value)) {
            numbers.push_back(static_cast<long double>(*integer));
        } else if (const auto* const number = std::get_if<double>(&value)) {
            numbers.push_back(*number);
        } else if (const auto* const text = std::get_if<std::string>(&value)) {
            const auto parsed = texts_too ? number_of(*text) : std::nullopt;
            if (!parsed) {
                return std::nullopt;
            }
            numbers.push_back(*parsed);
        } else if (!std::holds_alternative<std::monostate>(value)) {
            return std::nullopt;
        }
    }
    std::ranges::sort(numbers);
    return numbers;
}

std::optional<std::vector<std::string_view>> texts_of(const Condition& condition) {
    std::vector<std::string_view> texts;
    for (const Value& value : condition.values) {
        if (const auto* const text = std::get_if<std::string>(&value)) {
            texts.emplace_back(*text);
        } else if (!std::holds_alternative<std::monostate>(value)) {
            return std::nullopt;
        }
    }
    std::ranges::sort(texts);
    return texts;
}

template <class T>
bool meets(const T& value, Op op, const std::vector<T>& operands) {
    if (op == Op::in) {
        return std::ranges::binary_search(operands, value);
    }
    const T& operand = operands.front();
    switch (op) {
        case Op::eq:
            return value == operand;
        case Op::ne:
            return value != operand;
        case Op::lt:
            return value < operand;
        case Op::le:
            return value <= operand;
        case Op::gt:
            return value > operand;
        case Op::ge:
            return value >= operand;
        case Op::in:
            break;
    }
    return true;
}

/// Keeps the rows whose values satisfy a test. A row without an element has NULL, which no
/// comparison finds true.
template <class Test>
void keep_if(const LoadedColumn& column, std::vector<std::uint32_t>& rows, Test&& test) {
    std::size_t kept = 0;
    for (const std::uint32_t row : rows) {
        const std::byte* const element = column.element(row);
        rows[kept] = row;
        kept += element != nullptr && test(element) ? 1 : 0;
    }
    rows.resize(kept);
}

template <class Wide, class T, class Compare>
void keep_compared(const LoadedColumn& column,
                   const std::vector<Wide>& operands,
                   std::vector<std::uint32_t>& rows,
                   Compare compare) {
    const std::size_t offset = column.cell->offset();
    const Wide operand = operands.front();
    keep_if(column, rows, [&](const std::byte* element) {
        T value;
        std::memcpy(&value, element + offset, sizeof value);
        return compare(static_cast<Wide>(value), operand);
    });
}

/// Compares values of type T in a type that holds them and the operands.
template <class Wide, class T>
void keep_numbers(const LoadedColumn& column,
                  Op op,
                  const std::vector<Wide>& operands,
                  std::vector<std::uint32_t>& rows) {
    switch (op) {
        case Op::eq:
            return keep_compared<Wide, T>(column, operands, rows, std::equal_to<>());
        case Op::ne:
            return keep_compared<Wide, T>(column, operands, rows, std::not_equal_to<>());
        case Op::lt:
            return keep_compared<Wide, T>(column, operands, rows, std::less<>());
        case Op::le:
            return keep_compared<Wide, T>(column, operands, rows, std::less_equal<>());
        case Op::gt:
            return keep_compared<Wide, T>(column, operands, rows, std::greater<>());
        case Op::ge:
            return keep_compared<Wide, T>(column, operands, rows, std::greater_equal<>());
        case Op::in:
            break;
    }
    const std::size_t offset = column.cell->offset();
    keep_if(column, rows, [&](const std::byte* element) {
        T value;
        std::memcpy(&value, element + offset, sizeof value);
        return std::ranges::binary_search(operands, static_cast<Wide>(value));
    });
}

template <class T>
void keep_type(const LoadedColumn& column,
               Op op,
               const std::vector<long double>& numbers,
               std::vector<std::uint32_t>& rows) {
    // A double holds what is compared unless one side is a large integer.
    constexpr bool small = sizeof(T) < 8 || std::is_floating_point_v<T>;
    std::vector<double> doubles(numbers.begin(), numbers.end());
    if (small && std::ranges::equal(doubles, numbers)) {
        keep_numbers<double, T>(column, op, doubles, rows);
    } else {
        keep_numbers<long double, T>(column, op, numbers, rows);
    }
}

void keep_numeric(const LoadedColumn& column,
                  Op op,
                  const std::vector<long double>& numbers,
                  std::vector<std::uint32_t>& rows) {
    switch (column.cell->code()) {
        case Code::int8:
            return keep_type<std::int8_t>(column, op, numbers, rows);
        case Code::int16:
            return keep_type<std::int16_t>(column, op, numbers, rows);
        case Code::int32:
            return keep_type<std::int32_t>(column, op, numbers, rows);
        case Code::int64:
            return keep_type<std::int64_t>(column, op, numbers, rows);
        case Code::uint8:
            return keep_type<std::uint8_t>(column, op, numbers, rows);
        case Code::uint16:
            return keep_type<std::uint16_t>(column, op, numbers, rows);
        case Code::uint32:
            return keep_type<std::uint32_t>(column, op, numbers, rows);
        case Code::uint64:
            return keep_type<std::uint64_t>(column, op, numbers, rows);
        case Code::float32:
            return keep_type<float>(column, op, numbers, rows);
        case Code::float64:
            return keep_type<double>(column, op, numbers, rows);
        default:
            return;
    }
}

}  // namespace

void keep_matching(const LoadedColumn& column,
                   const Condition& condition,
                   std::vector<std::uint32_t>& rows) {
    if (!column.cell) {
        if (std::holds_alternative<std::monostate>(column.constant) ||
            !may_meet(column.constant, condition)) {
            rows.clear();
        }
        return;
    }
    if (column.cell->code() == Code::text) {
        if (const auto texts = texts_of(condition)) {
            if (texts->empty()) {
                rows.clear();
                return;
            }
            keep_if(column, rows, [&](const std::byte* element) {
                return meets(column.cell->text(element), condition.op, *texts);
            });
        }
        return;
    }
    const bool is_unsigned = column.cell->code() == Code::uint64;
    if (const auto numbers = numbers_of(condition, is_unsigned)) {
        if (numbers->empty()) {
            rows.clear();  // NULL alone is nothing's equal
            return;
        }
        keep_numeric(column, condition.op, *numbers, rows);
    }
}

bool may_meet(const Value& value, const Condition& condition) {
    if (const auto* const text = std::get_if<std::string>(&value)) {
        const auto texts = texts_of(condition);
        return !texts || (!texts->empty() && meets(std::string_view(*text), condition.op, *texts));
    }
    long double number = 0;
    if (const auto* const integer = std::get_if<std::int64_t>(&value)) {
        number = static_cast<long double>(*integer);
    } else if (const auto* const real = std::get_if<double>(&value)) {
        number = *real;
    } else {
        return true;
    }
    const auto numbers = numbers_of(condition, false);
    return !numbers || (!numbers->empty() && meets(number, condition.op, *numbers));
}

}  // namespace hyperslab::apps::sql
