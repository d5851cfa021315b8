#include "engine/facts/library_conversion.hpp"

#include <algorithm>

#include "hdf5/types/conversion_check.hpp"

namespace hyperslab::engine {

std::optional<datatype::Conversion> conversion_as_in_libhdf5(const Datatype& from,
                                                             const Datatype& to) {
    std::optional<datatype::Conversion> conversion = datatype::Conversion::between(from, to);
    const auto is_alike = [](const auto& pair) {
        return hdf5::converts_numbers_alike(pair.first, pair.second);
    };
    if (conversion && !std::ranges::all_of(conversion->numbers(), is_alike)) {
        return std::nullopt;
    }
    return conversion;
}

std::optional<datatype::Conversion> conversion_apart(const Datatype& from, const Datatype& to) {
    if (from.has_variable_length() || from.has_reference()) {
        return std::nullopt;
    }
    std::optional<datatype::Conversion> conversion = conversion_as_in_libhdf5(from, to);
    const bool is_apart = conversion && !conversion->is_copy() && conversion->fills_elements();
    return is_apart ? conversion : std::nullopt;
}

}  // namespace hyperslab::engine
