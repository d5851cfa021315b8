#include "shared/sql/unsigned64.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <limits>

namespace hyperslab::apps::sql {
namespace {

constexpr std::string_view kLargestInteger = "9223372036854775807";

std::string_view trimmed(std::string_view text) {
    const auto is_space = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace

std::optional<long double> number_of(std::string_view text) {
    const std::string number(trimmed(text));
    // Neither hexadecimal numbers nor "inf" and "nan", which strtold takes.
    if (number.empty() || number.find_first_not_of("+-.0123456789eE") != std::string::npos) {
        return std::nullopt;
    }
    char* end = nullptr;
    const long double value = std::strtold(number.c_str(), &end);
    if (end != number.c_str() + number.size()) {
        return std::nullopt;
    }
    return value;
}

int compare_numbers(std::string_view left, std::string_view right) {
    const auto a = number_of(left);
    const auto b = number_of(right);
    if (a && b) {
        return *a < *b ? -1 : *a > *b ? 1 : 0;
    }
    if (a || b) {
        return a ? -1 : 1;
    }
    return left.compare(right);
}

bool is_beyond_integers(std::string_view digits) {
    if (digits.empty() ||
        !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) {
        return false;
    }
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits.size() > kLargestInteger.size() ||
           (digits.size() == kLargestInteger.size() && digits > kLargestInteger);
}

}  // namespace hyperslab::apps::sql
