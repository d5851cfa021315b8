#include "hdf5/types/conversion_check.hpp"

#include <algorithm>
#include <exception>
#include <utility>
#include <vector>

#include "datatype/number_conversion.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"

namespace hyperslab::hdf5 {
namespace {

bool compare(const Datatype& from, const Datatype& to) {
    const auto ours = datatype::NumberConversion::between(from, to);
    if (!ours) {
        return false;
    }
    const std::vector<std::byte> numbers = datatype::probe_values(from);
    const std::size_t count = numbers.size() / from.size();
    std::vector<std::byte> converted(count * to.size());
    (*ours)(numbers.data(), converted.data(), count);
    std::vector<std::byte> by_library = numbers;
    by_library.resize(count * std::max(from.size(), to.size()));
    try {
        h5t::convert(make_type(from).id(), make_type(to).id(), count, by_library.data());
    } catch (const std::exception&) {  // libhdf5 lacks the conversion or the type
        return false;
    }
    by_library.resize(converted.size());
    return by_library == converted;
}

struct Answer {
    Datatype from;
    Datatype to;
    bool alike;
};

// The answers so far. They are never destroyed, because threads may still be at work at exit.
auto& answers HYPERSLAB_GUARDED_BY(library_lock()) = *new std::vector<Answer>;

}  // namespace

bool converts_numbers_alike(const Datatype& from, const Datatype& to) {
    const LockGuard guard;
    const auto known = std::ranges::find_if(
        answers, [&](const Answer& answer) { return answer.from == from && answer.to == to; });
    if (known != answers.end()) {
        return known->alike;
    }
    return answers.emplace_back(from, to, compare(from, to)).alike;
}

}  // namespace hyperslab::hdf5
