#include "datatype/string_conversion.hpp"

#include <algorithm>
#include <cstring>

#include "core/dialect.hpp"

namespace hyperslab::datatype {
namespace {

bool is_fixed_string(const Datatype& type) {
    return type.type_class() == TypeClass::string && !type.is_variable_string();
}

}  // namespace

std::optional<StringConversion> StringConversion::between(const Datatype& from,
                                                          const Datatype& to) {
    if (!is_fixed_string(from) || !is_fixed_string(to) ||
        from.character_set() != to.character_set()) {
        return std::nullopt;
    }
    return StringConversion(from, to);
}

StringConversion::StringConversion(const Datatype& from, const Datatype& to)
    : from_size_(from.size()),
      to_size_(to.size()),
      from_padding_(from.string_padding()),
      to_padding_(to.string_padding()),
      keeps_nul_(core::dialect() == core::Dialect::cpp) {}

// The length of what is copied, in bytes. A string padded by spaces ends before them and may hold a
// NUL. A string padded by NULs may hold one too in C++; in Python it ends there, as in libhdf5.
std::size_t StringConversion::length(const std::byte* string) const {
    const std::size_t most = std::min(from_size_, to_size_);
    if (from_padding_ == StringPadding::null_padded && keeps_nul_) {
        return std::min(length_without(string, std::byte{0}), most);
    }
    if (from_padding_ != StringPadding::space_padded) {
        const void* const end = std::memchr(string, 0, most);
        return end == nullptr
                   ? most
                   : static_cast<std::size_t>(static_cast<const std::byte*>(end) - string);
    }
    return std::min(length_without(string, std::byte{' '}), most);
}

std::size_t StringConversion::length_without(const std::byte* string, std::byte padding) const {
    std::size_t length = from_size_;
    while (length > 0 && string[length - 1] == padding) {
        --length;
    }
    return length;
}

void StringConversion::operator()(const std::byte* from, std::byte* to, std::size_t count) const {
    const int filler = to_padding_ == StringPadding::space_padded ? ' ' : 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t size = length(from);
        std::memcpy(to, from, size);
        std::memset(to + size, filler, to_size_ - size);
        if (to_padding_ == StringPadding::null_terminated) {
            to[to_size_ - 1] = std::byte{0};
        }
        from += from_size_;
        to += to_size_;
    }
}

}  // namespace hyperslab::datatype
